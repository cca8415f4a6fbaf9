from __future__ import annotations

from typing import Any

import pytest

from reasonbook import limits
from reasonbook.format import hints
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.format.record import Record
from reasonbook.format.schemas import Schema, schema_of
from reasonbook.text.yaml_nodes import ScalarNode


@pytest.mark.parametrize("model", [Api, ErrorDomain], ids=lambda model: model.__name__)
def test_whatever_is_missing_the_hint_says_what_to_add(model: type[Record]) -> None:
    schema = Schema(model)
    whole = schema_of(model)
    for part in (whole, *whole["$defs"].values()):
        for key in part.get("required", ()):
            said = hints.to_add(key, part["properties"][key], schema)
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
    node = ScalarNode("x" * limits.SHOWN_CHARACTERS, "file", 1, 1)
    assert hints.to_write(node, part, Schema(Api)) == ""
