from __future__ import annotations

from typing import Any

import pytest

from reasonbook.schema.undescribed import undescribed_members

NAMED = {"properties": {"a": True, "b": True}}
INSIDE = {"properties": {"in": NAMED}}


@pytest.mark.parametrize(
    ("schema", "body", "expected"),
    [
        pytest.param(NAMED, {"a": 1, "c": 1}, ["/c"], id="open"),
        pytest.param(NAMED | {"additionalProperties": True}, {"c": 1}, ["/c"], id="open in words"),
        pytest.param(NAMED | {"additionalProperties": {}}, {"c": 1}, ["/c"], id="open by a schema"),
        pytest.param(NAMED | {"unevaluatedProperties": {}}, {"c": 1}, ["/c"], id="left open"),
        pytest.param({"additionalProperties": {"type": "string"}}, {"c": 1}, [], id="a map"),
        pytest.param(
            {"additionalProperties": NAMED}, {"c": {"d": 1}}, ["/c/d"], id="inside of a map"
        ),
        pytest.param({"type": "object"}, {"c": 1}, ["/c"], id="an object without members"),
        pytest.param({"type": ["object", "null"]}, {"c": 1}, ["/c"], id="an object or null"),
        pytest.param({"required": ["c"]}, {"c": 1}, ["/c"], id="required, but not described"),
        pytest.param({}, {"c": {"d": 1}}, [], id="anything"),
        pytest.param({"description": "Free."}, {"c": 1}, [], id="anything, with a word on it"),
        pytest.param(True, {"c": 1}, [], id="true"),
        pytest.param(INSIDE, {"in": {"a": 1, "x/y~": 1}}, ["/in/x~1y~0"], id="further inside"),
        pytest.param({"items": NAMED}, [{"a": 1}, {"c": 1}], ["/1/c"], id="in a list"),
        pytest.param(
            {"prefixItems": [NAMED], "items": {"type": "object"}},
            [{"a": 1}, {"a": 1}],
            ["/1/a"],
            id="in a list with places",
        ),
        pytest.param(
            {"patternProperties": {"^x-\\p{L}": NAMED}},
            {"x-é": {"c": 1}, "y": 1},
            ["/x-é/c", "/y"],
            id="by a pattern that Python does not know",
        ),
        pytest.param(
            {"$ref": "#/$defs/d", "$defs": {"d": NAMED}}, {"a": 1, "c": 1}, ["/c"], id="by $ref"
        ),
        pytest.param(
            {"$ref": "#d", "$defs": {"d": {"$anchor": "d"} | NAMED}, "properties": {"c": True}},
            {"a": 1, "c": 1, "e": 1},
            ["/e"],
            id="by an anchor",
        ),
        pytest.param(
            {"properties": {"a": True, "more": {"$ref": "#"}}},
            {"more": {"more": {"a": 1, "c": 1}}},
            ["/more/more/c"],
            id="by a schema that refers to itself",
        ),
        pytest.param(
            {"anyOf": [NAMED, {"properties": {"c": True}}]}, {"a": 1, "c": 1}, [], id="by branches"
        ),
        pytest.param(
            {"if": NAMED, "then": {"properties": {"c": True}}, "else": {"properties": {"d": True}}},
            {"a": 1, "c": 1, "d": 1, "e": 1},
            ["/e"],
            id="by conditions",
        ),
        pytest.param(
            {"dependentSchemas": {"a": {"properties": {"c": True}}}} | NAMED,
            {"a": 1, "c": 1, "d": 1},
            ["/d"],
            id="by what depends on a member",
        ),
        pytest.param(
            {"allOf": [INSIDE, {"properties": {"in": {"properties": {"c": True}}}}]},
            {"in": {"a": 1, "c": 1, "d": 1}},
            ["/in/d"],
            id="inside, by two branches",
        ),
        pytest.param({"not": {"properties": {"c": True}}} | NAMED, {"c": 1}, ["/c"], id="by not"),
    ],
)
def test_undescribed(schema: Any, body: Any, expected: list[str]) -> None:
    assert [member.pointer for member in undescribed_members(schema, body)] == expected


def test_what_has_a_schema_of_its_own_is_left_out() -> None:
    body = {"in": {"c": 1}, "out": 1}
    found = undescribed_members(INSIDE, body, skip="/in")
    assert [member.pointer for member in found] == ["/out"]


def test_what_it_could_have_been_is_told() -> None:
    (member,) = undescribed_members({"anyOf": [NAMED], "properties": {"z": True}}, {"c": 1})
    assert member.described == ("a", "b", "z")
