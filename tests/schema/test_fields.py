from __future__ import annotations

from typing import Any

import pytest

from reasonbook.schema.fields import Field, schema_fields


def pointers(schema: Any) -> list[str]:
    return [field.pointer for field in schema_fields(schema)]


def only(member: dict[str, Any], **schema: Any) -> Field:
    (field,) = schema_fields({"properties": {"a": member}, **schema})
    return field


def test_fields_come_in_the_order_of_the_schema_each_before_those_inside_it() -> None:
    schema = {
        "properties": {
            "b": {"properties": {"d": {}, "c": {}}},
            "a": {"items": {"properties": {"e": {}}}},
            "f": {"prefixItems": [{"properties": {"g": {}}}, {"properties": {"h": {}}}]},
            "i/j~k": {},
        }
    }
    assert pointers(schema) == [
        "/b",
        "/b/d",
        "/b/c",
        "/a",
        "/a/*/e",
        "/f",
        "/f/*/g",
        "/f/*/h",
        "/i~1j~0k",
    ]


def test_a_field_says_what_it_is() -> None:
    member = {"type": ["string", "null"], "description": "The id."}
    assert only(member, required=["a"]) == Field("/a", ("string", "null"), True, "The id.", ())


def test_a_field_of_which_nothing_is_known() -> None:
    assert only({}) == Field("/a", (), False, "", ())


@pytest.mark.parametrize(
    ("member", "limits"),
    [
        ({"const": "é"}, (("always {}", '"é"'),)),
        ({"enum": ["x", 1, None]}, (("one of {}", '"x"'), ("{}", "1"), ("{}", "null"))),
        ({"format": "date-time"}, (("format {}", "date-time"),)),
        ({"pattern": "^req_"}, (("matches {}", "^req_"),)),
        (
            {"minLength": 1, "maxLength": 5},
            (("at least {} character", "1"), ("at most {} characters", "5")),
        ),
        ({"minimum": 0, "exclusiveMaximum": 1}, (("at least {}", "0"), ("less than {}", "1"))),
        ({"minItems": 1, "maxItems": 2}, (("at least {} item", "1"), ("at most {} items", "2"))),
    ],
)
def test_limits(member: dict[str, Any], limits: tuple[tuple[str, str], ...]) -> None:
    assert only(member).limits == limits


def test_a_reference_is_followed_and_what_stands_beside_it_counts_more() -> None:
    definitions = {"id": {"type": "string", "description": "An id."}}
    field = only({"$ref": "#/$defs/id", "description": "The order."}, **{"$defs": definitions})
    assert (field.types, field.description) == (("string",), "The order.")


def test_fields_of_branches_are_listed() -> None:
    schema = {
        "allOf": [{"properties": {"a": {}}}],
        "anyOf": [{"properties": {"b": {}}}, {"properties": {"c": {}}}],
        "oneOf": [{"properties": {"d": {}}}],
    }
    assert pointers(schema) == ["/a", "/b", "/c", "/d"]


def test_a_schema_that_refers_to_itself_is_opened_once() -> None:
    node = {"properties": {"left": {"$ref": "#/$defs/n"}, "right": {"$ref": "#/$defs/n"}}}
    schema = {"properties": {"tree": {"$ref": "#/$defs/n"}}, "$defs": {"n": node}}
    assert pointers(schema) == ["/tree", "/tree/left", "/tree/right"]
    assert pointers({"properties": {"child": {"$ref": "#"}}}) == ["/child"]


def test_the_same_definition_is_opened_in_each_place() -> None:
    definition = {"properties": {"id": {}}}
    properties = {"a": {"$ref": "#/$defs/x"}, "b": {"$ref": "#/$defs/x"}}
    schema = {"properties": properties, "$defs": {"x": definition}}
    assert pointers(schema) == ["/a", "/a/id", "/b", "/b/id"]


@pytest.mark.parametrize(
    "member",
    [
        True,
        {"$ref": "#/nowhere"},
        {"$ref": "#/properties/a"},
        {"$ref": "https://x.example"},
        {"$ref": 5},
        {"type": 5, "enum": 5, "required": 5, "properties": 5, "items": 5, "allOf": 5},
    ],
    ids=["true", "nowhere", "itself", "elsewhere", "number", "numbers"],
)
def test_what_is_not_valid_is_passed_over(member: Any) -> None:
    assert pointers({"properties": {"a": member, "b": {}}}) == ["/a", "/b"]


@pytest.mark.parametrize("schema", [True, None, {}, {"properties": []}])
def test_a_schema_without_fields(schema: Any) -> None:
    assert schema_fields(schema) == ()
