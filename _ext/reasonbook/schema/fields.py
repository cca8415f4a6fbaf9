"""The fields that a JSON Schema describes, as rows for a table."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from reasonbook.text.json_reader import escape_token

MAX_REFERENCES = 12
MAX_STEPS = 5000
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
    """List the fields of *schema* in its order, each before those inside it.

    A schema that refers to itself is opened once. What is not valid in a schema is passed over.
    """
    return tuple(_fields(schema, schema, "", frozenset({"#"}), count()))


def has_too_many_fields(schema: Any) -> bool:
    """Tell whether :func:`schema_fields` would leave some out, since no table could hold them."""
    steps = count()
    deque(_fields(schema, schema, "", frozenset({"#"}), steps), maxlen=0)
    return next(steps) > MAX_STEPS


def _fields(
    schema: Any, root: Any, pointer: str, opened: frozenset[str], steps: Iterator[int]
) -> Iterator[Field]:
    if next(steps) >= MAX_STEPS:  # schemas that refer to each other all round have no end of paths
        return
    schema, references = _resolve(schema, root)
    if not isinstance(schema, Mapping) or references & opened:
        return
    opened |= references
    required = {name for name in _list(schema, "required") if isinstance(name, str)}
    properties = schema.get("properties")
    for name, member in properties.items() if isinstance(properties, Mapping) else ():
        here = f"{pointer}/{escape_token(name)}"
        yield _field(_resolve(member, root)[0], here, name in required)
        yield from _fields(member, root, here, opened, steps)
    for item in (*_list(schema, "prefixItems"), schema.get("items")):
        yield from _fields(item, root, f"{pointer}/*", opened, steps)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in _list(schema, keyword):
            yield from _fields(part, root, pointer, opened, steps)


def _list(schema: Mapping[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def _field(schema: Any, pointer: str, required: bool) -> Field:
    if not isinstance(schema, Mapping):
        return Field(pointer, (), required, "", ())
    types = schema.get("type")
    limits: list[tuple[str, str]] = []
    if "const" in schema:
        limits.append(("always {}", json.dumps(schema["const"], ensure_ascii=False)))
    if "enum" in schema:
        limits += [
            ("one of {}" if index == 0 else "{}", json.dumps(value, ensure_ascii=False))
            for index, value in enumerate(_list(schema, "enum"))
        ]
    if "format" in schema:
        limits.append(("format {}", str(schema["format"])))
    limits += [
        (phrase.removesuffix("s") if schema[keyword] == 1 else phrase, str(schema[keyword]))
        for keyword, phrase in _LIMITS.items()
        if keyword in schema
    ]
    return Field(
        pointer,
        (types,) if isinstance(types, str) else tuple(map(str, _list(schema, "type"))),
        required,
        str(schema.get("description", "")),
        tuple(limits),
    )


def _resolve(schema: Any, root: Any) -> tuple[Any, frozenset[str]]:
    """Follow local references; return what they lead to, and which they were."""
    followed: list[str] = []
    while len(followed) < MAX_REFERENCES:
        reference = schema.get("$ref") if isinstance(schema, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            break
        followed.append(reference)
        target = root
        for token in reference[1:].split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            target = target.get(token) if isinstance(target, Mapping) else None
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **beside} if isinstance(target, Mapping) else beside
    return schema, frozenset(followed)
