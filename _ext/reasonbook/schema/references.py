"""The parts of a JSON Schema, and what its references lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from reasonbook.text import json_pointer as pointer

#: Keywords of JSON Schema 2020-12 that hold schemas, by what stands at them.
SINGLE = frozenset(
    """additionalProperties unevaluatedProperties items unevaluatedItems contains propertyNames
    not if then else contentSchema""".split()  # noqa: SIM905
)
LISTS = frozenset("allOf anyOf oneOf prefixItems".split())  # noqa: SIM905
NAMED = frozenset("properties patternProperties dependentSchemas $defs".split())  # noqa: SIM905
REFERENCES = ("$ref", "$dynamicRef")
ANCHORS = ("$anchor", "$dynamicAnchor")
# These apply what they hold to the very value that their own schema is for.
_IN_PLACE = frozenset("not if then else allOf anyOf oneOf dependentSchemas".split())  # noqa: SIM905
_NOWHERE = frozenset(("$defs", "contentSchema"))  # apply what they hold to nothing

Schema = Mapping[str, Any]
_NOTHING: Schema = {"not": {}}  # what false stands for


def subschemas(schema: Any, where: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every subschema that is an object, with its JSON Pointer; the schema itself first."""
    if not isinstance(schema, Mapping):
        return
    yield where, schema
    for keyword, value in schema.items():
        for step, item in _held(keyword, value):
            yield from subschemas(item, pointer.join(where, keyword, *step))


def _held(keyword: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield what a keyword holds in the place of schemas, with the steps that lead there."""
    if keyword in SINGLE:
        yield (), value
    elif keyword in LISTS and isinstance(value, list):
        yield from (((index,), item) for index, item in enumerate(value))
    elif keyword in NAMED and isinstance(value, Mapping):
        yield from (((name,), item) for name, item in value.items())


def _parts(keyword: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    """Yield what :func:`_held` does, as far as it is a schema that refuses anything."""
    for step, item in _held(keyword, value):
        if item is False:
            yield step, _NOTHING
        elif isinstance(item, Mapping):
            yield step, item


class References:
    """What the references of a schema lead to; anchors are looked up once."""

    def __init__(self, root: Any) -> None:
        self._root = root

    @cached_property
    def _anchors(self) -> dict[str, Schema]:
        found: dict[str, Schema] = {}
        for _, part in subschemas(self._root):
            for keyword in ANCHORS:
                if isinstance(part.get(keyword), str):
                    found.setdefault(part[keyword], part)
        return found

    def follow(self, reference: str) -> Any:
        """Return what ``#/a/pointer`` or ``#anchor`` leads to, or :data:`pointer.MISSING`."""
        fragment = unquote(reference.removeprefix("#"))
        if not fragment or fragment.startswith("/"):
            return pointer.resolve(self._root, fragment)
        return self._anchors.get(fragment, pointer.MISSING)

    def in_place(self, part: Schema) -> Iterator[Schema]:
        """Yield the schemas that *part* applies to the value that it is itself for."""
        for keyword, value in part.items():
            if keyword in REFERENCES and isinstance(value, str):
                target = self.follow(value)
                if isinstance(target, Mapping):
                    yield target
            elif keyword in _IN_PLACE:
                yield from (part for _, part in _parts(keyword, value))

    def below(self, part: Schema) -> Iterator[tuple[str, str | int | None, Schema]]:
        """Yield the schemas for what the value holds, with the keyword and the name or index."""
        for keyword, value in part.items():
            if keyword in _IN_PLACE or keyword in _NOWHERE:
                continue
            for step, other in _parts(keyword, value):
                yield keyword, next(iter(step), None), other
