"""The JSON Schemas of catalogue files, as they ship, and questions to parts of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any, Literal

import jsonschema_rs

Kind = Literal["api", "domain"]
KINDS: tuple[Kind, ...] = ("api", "domain")


def schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of ``api.yaml`` or of a domain file."""
    loaded: dict[str, Any] = _schemas()[kind]
    return loaded


@functools.cache
def validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    """Return what holds a whole file against its schema."""
    return _compile(schema(kind))


def accepts(part: dict[str, Any], value: Any) -> bool:
    """Tell whether a part of a schema accepts a value."""
    return bool(_compile(part).is_valid(value))


def is_name(part: dict[str, Any]) -> bool:
    """Tell whether a part is that of the name of an API or of a domain."""
    return bool(part == schema("api")["$defs"]["name"])


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part together with what it refers to; its own words go before those."""
    if "$ref" not in part:
        return part
    file, _, where = part["$ref"].partition("#/")
    found: Any = _schemas()[file.partition(".")[0]]
    for step in where.split("/"):
        found = found[step]
    return {**resolved(found), **{key: said for key, said in part.items() if key != "$ref"}}


def part_of(kind: Kind, schema_path: Sequence[str | int]) -> dict[str, Any]:
    """Return the part of the schema that holds the failed keyword.

    The validator names parts by where they are defined; a path that begins with ``$defs`` may lie
    in either file.
    """
    for name in (kind, "api"):
        part: Any = _schemas()[name]
        for step in list(schema_path)[:-1]:
            part = part.get(step) if isinstance(part, dict) else None
        if isinstance(part, dict):
            return part
    return {}


@functools.cache
def _schemas() -> dict[str, Any]:
    """Read both; references within a file name it, so that every part can stand alone."""
    folder = resources.files("reasonbook.format") / "schemas"
    texts = {kind: (folder / f"{kind}.schema.json").read_text(encoding="utf-8") for kind in KINDS}
    return {
        kind: json.loads(text.replace('"#/', f'"{kind}.schema.json#/'))
        for kind, text in texts.items()
    }


def _compile(part: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(part, registry=_registry(), validate_formats=True)


@functools.cache
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [(f"json-schema:///{name}.schema.json", loaded) for name, loaded in _schemas().items()],
        retriever=_refuse,
    )


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is not fetched")
