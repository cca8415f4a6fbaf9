"""The schemas for editors; that they refuse what the loader refuses is told by test_corpus.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from .editors import CATALOGUE, MODELS, as_editors_read, kind_of, schema, validator


@pytest.mark.parametrize("kind", MODELS)
def test_it_is_itself_valid(kind: str) -> None:
    jsonschema_rs.meta.validate(schema(kind))


@pytest.mark.parametrize("kind", MODELS)
def test_no_mapping_takes_unknown_keys(kind: str) -> None:
    free = [
        path
        for path, part in parts(schema(kind))
        if part.get("type") == "object"
        and not {"additionalProperties", "patternProperties"} & {*part}
    ]
    # A JSON Schema in YAML, which has a check of its own.
    details = "/$defs/Reason/properties/details"
    assert [path for path in free if not path.startswith(details)] == []


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_says_what_it_is_for(kind: str) -> None:
    """Hints repeat it where the key is missing or wrong, and editors show it."""
    unexplained = [
        f"{path}/{name}"
        for path, part in parts(schema(kind))
        for name, member in part.get("properties", {}).items()
        if not member.get("description", "").endswith(".")
    ]
    assert unexplained == []


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema that stands for a value, with its path."""
    if isinstance(schema, dict):
        if "type" in schema:
            yield path, schema
        for key, value in schema.items():
            yield from parts(value, f"{path}/{key}")


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_the_catalogue_is_valid_in_an_editor(path: Path) -> None:
    validator(kind_of(path)).validate(as_editors_read(path))
