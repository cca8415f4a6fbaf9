"""What schemas of OpenAPI mean, and how one is taken out of its document."""

from __future__ import annotations

from typing import Any

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.schema.compile import CheckedSchema, compile_schema
from reasonbook.schema.extract import Extract, extract_schema
from reasonbook.schema.openapi import dialect_of

AT = "/components/schemas/E"


def extracted(version: str, schemas: dict[str, Any], where: str = AT) -> Extract:
    document = {"components": {"schemas": schemas}}
    return extract_schema(document, where, "openapi.yaml", dialect_of(version))


def read(version: str, schema: dict[str, Any]) -> dict[str, Any]:
    return extracted(version, {"E": schema, "X": {"type": "object"}}).schema


def compiled(schema: dict[str, Any]) -> CheckedSchema:
    problems = Problems()
    checked = compile_schema(schema, Location, problems)
    assert list(map(str, problems)) == []
    assert checked is not None
    return checked


TEXT = {"type": "string"}
REF = {"$ref": "#/components/schemas/X"}
NOTES = {
    "example": {"$ref": "nowhere"},
    "discriminator": {"propertyName": "a", "mapping": {"b": "#/nowhere"}},
    "xml": {"name": "a"},
    "externalDocs": {"url": "https://example.com"},
    "x-order": [1],
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_discriminator_picks_one_of_several_that_fit(version: str) -> None:
    schema = {"oneOf": [TEXT, TEXT], "discriminator": {"propertyName": "a"}}
    assert read(version, schema) == {"anyOf": [TEXT, TEXT]}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("keyword", NOTES)
def test_notes_are_left_out(version: str, keyword: str) -> None:
    schema = {"properties": {"a": {keyword: NOTES[keyword]} | TEXT}}
    assert read(version, schema) == {"properties": {"a": TEXT}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_member_may_be_called_like_a_keyword(version: str) -> None:
    schema = {"properties": {"example": TEXT, "x-id": TEXT, "nullable": TEXT, "$ref": TEXT}}
    assert read(version, schema) == schema


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_data_is_not_taken_for_schemas(version: str) -> None:
    schema = {"default": {"example": 1, "x-a": 1}, "enum": [{"$ref": "#/no", "example": 1}]}
    assert read(version, schema) == schema


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("name", ["int32", "int64", "float", "byte", "binary", "password", "cuid"])
def test_formats_that_json_schema_does_not_know_are_left_out(version: str, name: str) -> None:
    assert read(version, {"format": name}) == {}
    assert read(version, {"format": "date-time"}) == {"format": "date-time"}


@pytest.mark.parametrize("limit", [2**63 - 1, -(2**63), "9223372036854775807"])
def test_the_range_of_64_bits_is_left_out(limit: object) -> None:
    assert read("3.0.3", {"maximum": limit, "minimum": 0}) == {"minimum": 0}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"nullable": True} | TEXT, {"type": ["string", "null"]}),
        ({"nullable": False} | TEXT, TEXT),
        ({"nullable": True}, {}),
        (
            {"nullable": True, "enum": ["a"]} | TEXT,
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        (
            {"nullable": True, "enum": ["a", None]} | TEXT,
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        (
            {"nullable": True, "description": "An x.", "allOf": [REF]},
            {
                "description": "An x.",
                "anyOf": [{"allOf": [{"$ref": "#/$defs/X"}]}, {"type": "null"}],
            },
        ),
        ({"nullable": True} | REF, {"anyOf": [{"$ref": "#/$defs/X"}, {"type": "null"}]}),
        (
            {"nullable": True, "oneOf": [TEXT, REF]},
            {"anyOf": [{"oneOf": [TEXT, {"$ref": "#/$defs/X"}]}, {"type": "null"}]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"exclusiveMinimum": True}, {}),
        ({"maximum": 1, "exclusiveMaximum": True}, {"exclusiveMaximum": 1}),
        ({"title": "T", "minProperties": 1} | REF, {"title": "T", "$ref": "#/$defs/X"}),
        ({"examples": {"a": 1}}, {}),
        (
            {"required": ["a", "b"], "properties": {"a": {"writeOnly": True}, "b": {}}},
            {"required": ["b"], "properties": {"a": {"writeOnly": True}, "b": {}}},
        ),
    ],
)
def test_openapi_30(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    found = read("3.0.3", {"properties": {"m": schema}})
    found.pop("$defs", None)
    assert found == {"properties": {"m": expected}}


@pytest.mark.parametrize("shape", [{"allOf": [REF]}, REF, {"oneOf": [REF]}, {"type": "object"}])
def test_what_is_nullable_accepts_null_and_nothing_else_new(shape: dict[str, Any]) -> None:
    checked = compiled(read("3.0.3", {"properties": {"m": shape | {"nullable": True}}}))
    assert [checked.is_valid({"m": value}) for value in (None, {}, 5)] == [True, True, False]


def test_openapi_31_is_json_schema() -> None:
    schema = {
        "type": ["string", "null"],
        "exclusiveMinimum": 1,
        "const": "a",
        "$schema": "https://spec.openapis.org/oas/3.1/dialect/base",
        "$ref": "#/components/schemas/X",
    }
    found = read("3.1.0", {"properties": {"m": schema}})
    expected = {key: value for key, value in schema.items() if key != "$schema"}
    assert found["properties"]["m"] == expected | {"$ref": "#/$defs/X"}


@pytest.mark.parametrize(
    ("version", "known"), [("3.0.0", True), ("3.1.1", True), ("2.0", False), ("4.0.0", False)]
)
def test_versions(version: str, known: bool) -> None:
    assert (dialect_of(version) is not None) is known


def test_only_what_is_referred_to_is_copied() -> None:
    found = extracted("3.0.3", {"E": {"items": REF}, "X": TEXT, "Y": REF})
    assert found.schema == {"items": {"$ref": "#/$defs/X"}, "$defs": {"X": TEXT}}


def test_schemas_may_refer_to_themselves_and_to_each_other() -> None:
    schemas = {
        "E": {"properties": {"cause": {"$ref": f"#{AT}"}, "x": REF}},
        "X": {"items": {"$ref": f"#{AT}"}, "additionalProperties": REF},
    }
    found = extracted("3.0.3", schemas).schema
    assert found == {
        "properties": {"cause": {"$ref": "#"}, "x": {"$ref": "#/$defs/X"}},
        "$defs": {"X": {"items": {"$ref": "#"}, "additionalProperties": {"$ref": "#/$defs/X"}}},
    }
    compiled(found)


@pytest.mark.parametrize(
    "reference",
    [
        "#/components/schemas/a~1b~0%20%3C%C3%A9%3E",
        "openapi.yaml#/components/schemas/a~1b~0 <é>",
        "./openapi.yaml#/components/schemas/a~1b~0%20<é>",
    ],
)
def test_names_with_odd_characters(reference: str) -> None:
    schemas = {"E": {"items": {"$ref": reference}}, "a/b~ <é>": {"type": "integer"}}
    found = extracted("3.0.3", schemas).schema
    assert found["$defs"] == {"a_b": {"type": "integer"}}
    assert [compiled(found).is_valid([value]) for value in (1, "a")] == [True, False]


def test_copies_of_equal_names_are_kept_apart() -> None:
    inside = {"$ref": "#/components/schemas/Y/properties/X"}
    schemas = {
        "E": {"prefixItems": [REF, inside]},
        "X": TEXT,
        "Y": {"properties": {"X": {"type": "null"}}},
    }
    found = extracted("3.1.0", schemas).schema
    assert found["prefixItems"] == [{"$ref": "#/$defs/X"}, {"$ref": "#/$defs/X_2"}]
    assert found["$defs"] == {"X": TEXT, "X_2": {"type": "null"}}


def test_definitions_and_anchors_of_a_plain_schema_are_followed() -> None:
    document = {
        "definitions": {"E": {"prefixItems": [{"$ref": "#a"}, {"$ref": "#/$defs/B"}]}},
        "$defs": {"A": {"$anchor": "a", "type": "string"}, "B": {"$defs": {"C": {}}}},
    }
    found = extract_schema(document, "/definitions/E", "schema.json", None).schema
    assert found["$defs"] == {"A": TEXT, "B": {}}
    compiled(found)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("#/components/schemas/Z", "#/components/schemas/Z leads nowhere in openapi.yaml."),
        ("#anchor", "#anchor leads nowhere in openapi.yaml."),
        ("X", "X leads out of openapi.yaml, and no other file is read."),
        ("b.yaml#/X", "b.yaml#/X leads out of openapi.yaml, and no other file is read."),
        (
            "https://example.com/x.json",
            "https://example.com/x.json leads out of openapi.yaml, and no other file is read.",
        ),
    ],
)
def test_references_that_cannot_be_followed(reference: str, message: str) -> None:
    found = extracted("3.0.3", {"E": {"items": {"$ref": reference}}, "X": {}})
    assert [(fault.pointer, fault.message) for fault in found.faults] == [
        (f"{AT}/items/$ref", message)
    ]
    assert found.schema == {"items": {}}


@pytest.mark.parametrize(
    ("where", "origin"),
    [
        ("", AT),
        ("/properties/m/anyOf/0/minLength", f"{AT}/properties/m/minLength"),
        ("/$defs/X", "/components/schemas/X"),
        ("/$defs/X/items/type", "/components/schemas/X/items/type"),
    ],
)
def test_parts_know_where_they_come_from(where: str, origin: str) -> None:
    schemas = {
        "E": {"properties": {"m": {"nullable": True, "minLength": 1, "allOf": [REF]}}},
        "X": {"items": TEXT},
    }
    assert extracted("3.0.3", schemas).origin(where) == origin
