"""The fields that a JSON Schema describes, as rows for a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .json_source import escape_token

MAX_DEPTH = 12
_LIMITS = {
    "pattern": "matches {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
}


@dataclass(frozen=True)
class Field:
    """One member of a body; ``limits`` are phrases whose second part is a value to show as code."""

    pointer: str  # JSON Pointer; the items of a list are written as *
    types: tuple[str, ...]
    required: bool
    description: str
    limits: tuple[tuple[str, str], ...]


def schema_fields(schema: Any) -> tuple[Field, ...]:
    """List the fields of *schema* in its order, each before those inside it."""
    return tuple(_fields(schema, schema, "", 0))


def _fields(schema: Any, root: Any, pointer: str, depth: int) -> Iterator[Field]:
    schema = _resolve(schema, root)
    if not isinstance(schema, Mapping) or depth > MAX_DEPTH:
        return
    required = schema.get("required", ())
    for name, member in schema.get("properties", {}).items():
        here = f"{pointer}/{escape_token(name)}"
        yield _field(_resolve(member, root), here, name in required)
        yield from _fields(member, root, here, depth + 1)
    for item in schema.get("prefixItems", ()):
        yield from _fields(item, root, f"{pointer}/*", depth + 1)
    if isinstance(schema.get("items"), Mapping):
        yield from _fields(schema["items"], root, f"{pointer}/*", depth + 1)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _fields(part, root, pointer, depth + 1)


def _field(schema: Any, pointer: str, required: bool) -> Field:
    if not isinstance(schema, Mapping):
        return Field(pointer, (), required, "", ())
    types = schema.get("type", ())
    limits: list[tuple[str, str]] = []
    if "const" in schema:
        limits.append(("always {}", json.dumps(schema["const"], ensure_ascii=False)))
    if "enum" in schema:
        limits += [
            ("one of {}" if index == 0 else "{}", json.dumps(value, ensure_ascii=False))
            for index, value in enumerate(schema["enum"])
        ]
    if "format" in schema:
        limits.append(("format {}", str(schema["format"])))
    limits += [
        (phrase, str(schema[keyword])) for keyword, phrase in _LIMITS.items() if keyword in schema
    ]
    return Field(
        pointer,
        (types,) if isinstance(types, str) else tuple(types),
        required,
        str(schema.get("description", "")),
        tuple(limits),
    )


def _resolve(schema: Any, root: Any) -> Any:
    """Follow local references, each at most once."""
    for _ in range(MAX_DEPTH):
        reference = schema.get("$ref") if isinstance(schema, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            return schema
        target = root
        for token in reference[1:].split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            target = target.get(token) if isinstance(target, Mapping) else None
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **beside} if isinstance(target, Mapping) else beside
    return schema
