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
        pytest.param(NAMED | {"additionalProperties": False}, {"c": 1}, ["/c"], id="closed"),
        pytest.param({"additionalProperties": {"type": "string"}}, {"c": 1}, [], id="a map"),
        pytest.param(
            {"additionalProperties": NAMED}, {"c": {"d": 1}}, ["/c/d"], id="inside of a map"
        ),
        pytest.param({"required": ["c"]}, {"c": 1}, ["/c"], id="required, but not described"),
        pytest.param({}, {"c": {"d": 1}}, [], id="anything"),
        pytest.param({"description": "Free."}, {"c": 1}, [], id="anything, with a word on it"),
        pytest.param(True, {"c": 1}, [], id="true"),
        pytest.param(INSIDE, {"in": {"a": 1, "x/y~": 1}}, ["/in/x~1y~0"], id="further inside"),
        pytest.param({"items": NAMED}, [{"a": 1}, {"c": 1}], ["/1/c"], id="in a list"),
        pytest.param(
            {"prefixItems": [NAMED], "items": INSIDE},
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


OBJECT = {"type": "object"}
OPEN = {"additionalProperties": True}
DEEP = {"c": {"d": [{"e": 1}]}}


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        pytest.param(NAMED | OPEN, DEEP, id="in words"),
        pytest.param(NAMED | {"additionalProperties": {}}, DEEP, id="by a schema"),
        pytest.param(NAMED | {"unevaluatedProperties": {}}, DEEP, id="left open"),
        pytest.param(OBJECT, DEEP, id="an object without members"),
        pytest.param({"type": ["object", "null"]}, DEEP, id="an object or null"),
        pytest.param(OBJECT | {"properties": {}}, DEEP, id="an empty list of members"),
        pytest.param(OBJECT | {"minProperties": 1}, DEEP, id="with so many members"),
        pytest.param({"properties": {"a": {}, "b": True}}, {"a": DEEP, "b": DEEP}, id="a member"),
        pytest.param({"properties": {"a": OBJECT}}, {"a": DEEP}, id="an object inside"),
        pytest.param({"items": {}}, [DEEP], id="items"),
        pytest.param({"items": OBJECT}, [DEEP], id="items that are objects"),
        pytest.param({"prefixItems": [NAMED]}, [{"a": 1}, DEEP], id="items behind the first"),
        pytest.param({"type": "array"}, [DEEP], id="items of which nothing is said"),
        pytest.param({"patternProperties": {"^c": {}}}, DEEP, id="by a pattern"),
        pytest.param({"additionalProperties": OBJECT}, {"x": DEEP}, id="a map of objects"),
        pytest.param({"allOf": [NAMED, OPEN]}, DEEP, id="a part in words"),
        pytest.param({"allOf": [OBJECT, {"description": "Free."}]}, DEEP, id="both parts"),
        pytest.param({"$ref": "#/$defs/o", "$defs": {"o": OBJECT}}, DEEP, id="by $ref"),
        pytest.param({"anyOf": [NAMED, OBJECT]}, DEEP, id="a branch"),
        pytest.param({"oneOf": [{"type": "string"}, OBJECT]}, DEEP, id="the branch for objects"),
        pytest.param({"oneOf": [NAMED, True]}, DEEP, id="a branch that is true"),
        pytest.param({"anyOf": [INSIDE, OBJECT]}, {"in": DEEP}, id="inside of a branch"),
        pytest.param({"anyOf": [INSIDE, OPEN | NAMED]}, {"in": DEEP}, id="of a branch in words"),
        pytest.param({"anyOf": [{"items": NAMED}, {"type": "array"}]}, [DEEP], id="a list"),
        pytest.param(
            {"anyOf": [INSIDE, {"properties": {"in": OBJECT}}]}, {"in": DEEP}, id="by a branch"
        ),
        pytest.param({"type": "string"}, DEEP, id="not an object, which another rule tells"),
        pytest.param({"enum": [DEEP]}, DEEP, id="a listed value"),
    ],
)
def test_what_is_open_stays_open(schema: Any, body: Any) -> None:
    assert list(undescribed_members(schema, body)) == []


@pytest.mark.parametrize(
    ("schema", "body", "expected"),
    [
        pytest.param(OBJECT | {"allOf": [NAMED]}, {"c": 1}, ["/c"], id="a type beside parts"),
        pytest.param({"allOf": [OBJECT, NAMED]}, {"c": 1}, ["/c"], id="one part says nothing"),
        pytest.param(NAMED | {"anyOf": [OBJECT, {}]}, {"c": 1}, ["/c"], id="branches say nothing"),
        pytest.param(
            NAMED | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"c": 1},
            ["/c"],
            id="branches demand",
        ),
        pytest.param(
            {"oneOf": [NAMED, {"type": "null"}]}, {"c": 1}, ["/c"], id="an object or null"
        ),
        pytest.param({"oneOf": [NAMED, {"const": 1}]}, {"c": 1}, ["/c"], id="an object or 1"),
        pytest.param({"oneOf": [NAMED, False]}, {"c": 1}, ["/c"], id="a branch that is false"),
        pytest.param(
            NAMED | OPEN | {"properties": {"in": NAMED}},
            {"in": {"c": 1}, "free": DEEP},
            ["/in/c"],
            id="what is described in an open object",
        ),
        pytest.param(
            {"allOf": [INSIDE, OPEN]}, {"in": {"c": 1}}, ["/in/c"], id="described by one part"
        ),
        pytest.param(
            {"unevaluatedProperties": False, "allOf": [NAMED]}, {"c": 1}, ["/c"], id="closed"
        ),
    ],
)
def test_what_is_described_is_not_open(schema: Any, body: Any, expected: list[str]) -> None:
    assert [member.pointer for member in undescribed_members(schema, body)] == expected


def test_what_has_a_schema_of_its_own_is_left_out() -> None:
    body = {"in": {"c": 1}, "out": 1}
    found = undescribed_members(INSIDE, body, skip="/in")
    assert [member.pointer for member in found] == ["/out"]


def test_what_it_could_have_been_is_told() -> None:
    (member,) = undescribed_members({"anyOf": [NAMED], "properties": {"z": True}}, {"c": 1})
    assert member.described == ("a", "b", "z")
