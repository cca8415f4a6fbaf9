from __future__ import annotations

from typing import Any

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.format import hints
from reasonbook.format.editor_schemas import KINDS, schema
from reasonbook.text.yaml_nodes import ScalarNode


def parts(node: Any) -> list[dict[str, Any]]:
    """Every object of a schema that has keys of its own."""
    inside = [part for value in node.values() for part in parts(value)] if is_map(node) else []
    return [node, *inside] if is_map(node) and is_map(node.get("properties")) else inside


def is_map(node: Any) -> bool:
    return isinstance(node, dict)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_missing_the_hint_says_what_to_add(kind: Any) -> None:
    for part in parts(schema(kind)):
        for key in part.get("required", ()):
            said = hints.to_add(key, part["properties"][key])
            assert said.startswith(f"Add {key}")
            assert said.endswith(".")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ([{"seconds": 30}], "[{seconds: 30}]"),
        ("404", "'404'"),
        ("GET /orders", "GET /orders"),
        ({"b": "\u00e9", "a": 1}, "{b: \u00e9, a: 1}"),
    ],
)
def test_a_value_is_written_in_yaml_on_one_line(value: Any, written: str) -> None:
    assert hints.flow(value) == written


def test_what_would_not_fit_on_a_line_is_not_shown() -> None:
    part = {"type": "array", "items": {"type": "string"}}
    node = ScalarNode("x" * hints.MAX_SHOWN, Location("file"))
    assert hints.to_write(node, part) == ""
