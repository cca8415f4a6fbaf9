from __future__ import annotations

from typing import Any

import pytest

from reasonbook.schema.references import without_descriptions


@pytest.mark.parametrize(
    ("schema", "left"),
    [
        ({"description": "a", "type": "string"}, {"type": "string"}),
        ({"properties": {"a": {"description": "b"}}}, {"properties": {"a": {}}}),
        ({"items": {"description": "b", "title": "c"}}, {"items": {"title": "c"}}),
        (True, True),
    ],
)
def test_what_is_said_to_people_is_left_out(schema: Any, left: Any) -> None:
    assert without_descriptions(schema) == left


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"description": {"type": "string"}}},
        {"properties": {"description": "not a schema"}},
        {"const": {"description": "a value"}},
        {"description": ["not a text"]},
    ],
)
def test_what_programs_read_is_kept(schema: Any) -> None:
    assert without_descriptions(schema) == schema
