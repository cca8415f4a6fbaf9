from __future__ import annotations

from typing import Any

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.schema.compile import CheckedSchema, compile_schema

LEVELS = 40
TREE = {
    "type": "object",
    "properties": {
        "left": {"$ref": "#"},
        "right": {"$ref": "#"},
        "more": {"type": "array", "items": {"$ref": "#"}},
    },
}


def compiled(schema: Any) -> tuple[CheckedSchema | None, list[str]]:
    problems = Problems()
    checked = compile_schema(schema, lambda _: Location(""), problems)
    return checked, [problem.rule.label for problem in problems]


def chain(link: Any, end: Any) -> dict[str, Any]:
    """Forty schemas, each of which refers to the next one in the way of *link*."""
    parts = {f"d{i}": link({"$ref": f"#/$defs/d{i + 1}"}) for i in range(LEVELS)}
    return {"$defs": parts | {f"d{LEVELS}": end}, "$ref": "#/$defs/d0"}


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(lambda to: {"allOf": [to, to]}, id="allOf"),
        pytest.param(lambda to: {"anyOf": [to, to]}, id="anyOf"),
        pytest.param(lambda to: {"oneOf": [to, to]}, id="oneOf"),
        pytest.param(lambda to: {"if": to, "then": to, "else": to}, id="if"),
        pytest.param(lambda to: {"not": to, "allOf": [to]}, id="not"),
        pytest.param(lambda to: {"dependentSchemas": {"a": to, "b": to}}, id="dependentSchemas"),
        pytest.param(lambda to: {"anyOf": [to], "unevaluatedProperties": False}, id="unevaluated"),
    ],
)
def test_what_doubles_at_each_level_is_refused(link: Any) -> None:
    assert compiled(chain(link, {})) == (None, ["too-large"])


def test_what_does_not_double_is_fine() -> None:
    checked, said = compiled(chain(lambda to: {"allOf": [to]}, {"type": "object"}))
    assert said == []
    assert checked is not None
    assert checked.is_valid({})


def test_two_anchors_that_double_are_counted() -> None:
    parts = {
        f"d{i}": {"$anchor": f"a{i}", "allOf": [{"$dynamicRef": f"#a{i + 1}"}] * 2}
        for i in range(LEVELS)
    }
    schema = {"$defs": parts | {"end": {"$anchor": f"a{LEVELS}"}}, "$ref": "#a0"}
    assert compiled(schema) == (None, ["too-large"])


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef"])
def test_a_schema_that_is_itself_is_refused(keyword: str) -> None:
    assert compiled({keyword: "#"}) == (None, ["schema-reference"])


def nested(value: Any, *, levels: int = 60) -> Any:
    for _ in range(levels):
        value = {"left": value}
    return value


def test_a_tree_is_fine_however_deep() -> None:
    checked, _ = compiled(TREE)
    assert checked is not None
    assert checked.can_check(nested({"more": [{"left": {}, "right": {}}] * 100}))


def test_a_tree_that_doubles_is_refused_where_the_body_goes_deep() -> None:
    checked, _ = compiled({"properties": {"left": {"allOf": [{"$ref": "#"}] * 2}}})
    assert checked is not None
    assert [checked.can_check(nested({}, levels=levels)) for levels in (5, 60)] == [True, False]


def test_what_would_break_in_too_many_ways_is_told() -> None:
    checked, _ = compiled({"items": {"allOf": [False] * 300}})
    assert checked is not None
    assert [checked.can_list_errors([1] * length) for length in (3, 3000)] == [True, False]
