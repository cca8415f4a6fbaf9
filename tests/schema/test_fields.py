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


NULL = {"type": "null"}
PERSON = {"type": "object", "description": "Who it was.", "properties": {"id": {}}}


@pytest.mark.parametrize(
    ("member", "types", "description"),
    [
        ({"anyOf": [{"$ref": "#/$defs/p"}, NULL]}, ("object", "null"), "Who it was."),
        ({"allOf": [{"$ref": "#/$defs/p"}]}, ("object",), "Who it was."),
        ({"description": "Own.", "allOf": [{"$ref": "#/$defs/p"}]}, ("object",), "Own."),
        ({"anyOf": [NULL, {"type": "string"}]}, ("string", "null"), ""),
        ({"oneOf": [{"type": "string"}, {}]}, (), ""),
        ({"type": ["string", "null"], "allOf": [{"type": "string"}]}, ("string",), ""),
    ],
)
def test_what_a_field_is_follows_from_its_parts(
    member: dict[str, Any], types: tuple[str, ...], description: str
) -> None:
    field, *_ = schema_fields({"properties": {"a": member}, "$defs": {"p": PERSON}})
    assert (field.types, field.description) == (types, description)


def test_null_is_a_type_and_no_value() -> None:
    field = only({"type": ["string", "null"], "enum": ["x", None]})
    assert field.limits == (("one of {}", '"x"'),)


def test_a_format_is_told_of_text_only() -> None:
    assert only({"type": "integer", "format": "date-time"}).limits == ()


def test_a_field_of_several_branches_is_listed_once() -> None:
    branches = [
        {"required": ["kind", "x"], "properties": {"kind": {"const": "a"}, "x": {}}},
        {"required": ["kind"], "properties": {"kind": {"const": "b"}}},
        NULL,
    ]
    kind, x = schema_fields({"oneOf": branches})
    assert kind == Field("/kind", (), True, "", (("one of {}", '"a"'), ("{}", '"b"')))
    assert x == Field("/x", (), False, "", ())


def test_what_is_always_inside_of_an_optional_object_stays_so() -> None:
    inner = {"required": ["b"], "properties": {"b": {}}}
    branches = [{"properties": {"a": inner}}, {"properties": {"c": {}}}]
    required = {field.pointer: field.required for field in schema_fields({"anyOf": branches})}
    assert required == {"/a": False, "/a/b": True, "/c": False}


def test_a_field_of_several_parts_is_listed_once() -> None:
    parts = [
        {"properties": {"a": {"type": "string", "enum": ["x", "y"]}}},
        {"required": ["a"], "properties": {"a": {"description": "An a.", "const": "x"}}},
    ]
    (field,) = schema_fields({"allOf": parts})
    assert (field.types, field.required, field.description) == (("string",), True, "An a.")


@pytest.mark.parametrize("schema", [True, None, {}, {"properties": []}])
def test_a_schema_without_fields(schema: Any) -> None:
    assert schema_fields(schema) == ()
