"""The fields that a JSON Schema describes, as rows for a table."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reasonbook import limits
from reasonbook.schema.references import References
from reasonbook.text.json_pointer import escape_token

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
    return tuple(_Fields(schema).below(schema, "", frozenset({"#"})))


def has_too_many_fields(schema: Any) -> bool:
    """Tell whether :func:`schema_fields` would leave some out, since no table could hold them."""
    fields = _Fields(schema)
    deque(fields.below(schema, "", frozenset({"#"})), maxlen=0)
    return fields.steps > limits.SCHEMA_FIELDS


class _Fields:
    """Walks through a schema; schemas that refer to each other have no end of paths."""

    def __init__(self, root: Any) -> None:
        self._references = References(root)
        self.steps = 0

    def below(self, schema: Any, pointer: str, opened: frozenset[str]) -> Iterator[Field]:
        """Yield the fields inside of the value at *pointer*; *opened* are references to it."""
        self.steps += 1
        if self.steps > limits.SCHEMA_FIELDS:
            return
        schema, followed = self._references.merged(schema)
        if not isinstance(schema, Mapping) or followed & opened:
            return
        opened |= followed
        required = {name for name in _list(schema, "required") if isinstance(name, str)}
        properties = schema.get("properties")
        for name, member in properties.items() if isinstance(properties, Mapping) else ():
            here = f"{pointer}/{escape_token(name)}"
            yield _field(self._references.merged(member)[0], here, name in required)
            yield from self.below(member, here, opened)
        for item in (*_list(schema, "prefixItems"), schema.get("items")):
            yield from self.below(item, f"{pointer}/*", opened)
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in _list(schema, keyword):
                yield from self.below(part, pointer, opened)


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
