from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
import pytest

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.suggestions import nearest
from reasonbook.format.editor_schemas import KINDS, Kind, schema
from reasonbook.format.shape import check_shape
from reasonbook.text.yaml_reader import parse_yaml


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of a schema that stands for a value, with its path."""
    if isinstance(schema, Mapping):
        if "type" in schema or "enum" in schema:
            yield path, schema
        for key, value in schema.items():
            yield from parts(value, f"{path}/{key}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_themselves_valid(kind: Kind) -> None:
    jsonschema_rs.meta.validate(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_no_mapping_of_the_format_takes_unknown_keys(kind: Kind) -> None:
    free = [
        path
        for path, part in parts(schema(kind))
        if "object" in part.get("type", ()) and "additionalProperties" not in part
    ]
    # A JSON Schema in YAML, which has a check of its own.
    assert free == (["/$defs/reason/properties/details"] if kind == "domain" else [])


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is_for(kind: Kind) -> None:
    """Hints repeat it where the key is missing or wrong, and editors show it."""
    unexplained = [
        f"{path}/{name}"
        for path, part in parts(schema(kind))
        for name, member in part.get("properties", {}).items()
        if not member.get("description", "").endswith(".")
    ]
    assert unexplained == []


def test_where_a_file_fails_is_returned() -> None:
    text = "domain: d\ntitle: 5\nsummary: s\nreasons: [{reason: X}]\n"
    problems = Problems()
    root = parse_yaml(text, "file", problems)
    assert root is not None
    failed = check_shape("domain", root, problems)
    assert set(failed) == {("title",), ("reasons", 0)}


def test_a_place_is_named_as_people_say_it() -> None:
    text = "http:\n  404: {meaning: m}\nnotes: [{kind: tip}]\n"
    problems = Problems()
    root = parse_yaml(text, "file", problems)
    assert root is not None
    check_shape("api", root, problems)
    messages = {problem.message for problem in problems}
    assert {"http.404 has no title.", "notes[0] has no text.", "The file has no api."} <= messages


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("caus", "cause"),
        ("CAUSE", "cause"),
        ("Raised By", "raised_by"),
        ("raisedby", "raised_by"),
        ("colour", None),
        ("", None),
    ],
)
def test_nearest(word: str, near: str | None) -> None:
    assert nearest(word, ["cause", "fix", "raised_by"]) == near
