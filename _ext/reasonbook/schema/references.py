"""The parts of a JSON Schema, and what its references lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from reasonbook import limits
from reasonbook.text import json_pointer as pointer

#: Keywords of JSON Schema 2020-12 that hold schemas: one, a list of them, or some by name.
SINGLE = frozenset(
    """additionalProperties unevaluatedProperties items unevaluatedItems contains propertyNames
    not if then else contentSchema""".split()  # noqa: SIM905
)
LISTS = frozenset("allOf anyOf oneOf prefixItems".split())  # noqa: SIM905
NAMED = frozenset(
    "properties patternProperties dependentSchemas $defs definitions".split()  # noqa: SIM905
)
REFERENCES = ("$ref", "$dynamicRef")
ANCHORS = ("$anchor", "$dynamicAnchor")
# These apply what they hold to the same value as their own schema.
_IN_PLACE = frozenset("not if then else allOf anyOf oneOf dependentSchemas".split())  # noqa: SIM905
#: Keywords by which a schema applies others to the same value.
APPLIES_IN_PLACE = _IN_PLACE.union(REFERENCES)
#: The second is the former name of the first, which the standard keeps alive.
DEFINITIONS = frozenset(("$defs", "definitions"))
_NOWHERE = DEFINITIONS.union(("contentSchema",))  # apply what they hold to nothing

Schema = Mapping[str, Any]
_NOTHING: Schema = {"not": {}}  # what false means


def subschemas(schema: Any, where: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every subschema that is an object, with its JSON Pointer; the schema itself first."""
    if not isinstance(schema, Mapping):
        return
    yield where, schema
    for keyword, value in schema.items():
        for step, item in _held(keyword, value):
            yield from subschemas(item, pointer.join(where, keyword, *step))


def without_descriptions(schema: Any) -> Any:
    """Return a schema without what it says to people, for comparing what others say to programs."""
    if not isinstance(schema, Mapping):
        return schema
    said: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in SINGLE:
            said[keyword] = without_descriptions(value)
        elif keyword in NAMED and isinstance(value, Mapping):
            said[keyword] = {name: without_descriptions(item) for name, item in value.items()}
        elif keyword != "description" or not isinstance(value, str):
            said[keyword] = value
    return said


def _held(keyword: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield what a keyword holds in the place of schemas, with the steps that lead there."""
    if keyword in SINGLE:
        yield (), value
    elif keyword in LISTS and isinstance(value, list):
        yield from (((index,), item) for index, item in enumerate(value))
    elif keyword in NAMED and isinstance(value, Mapping):
        yield from (((name,), item) for name, item in value.items())


def _schemas(keyword: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
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

    def in_place(self, part: Schema, *, negated: bool = True) -> Iterator[Schema]:
        """Yield the schemas that *part* applies to the same value as itself."""
        for keyword, value in part.items():
            if keyword in REFERENCES and isinstance(value, str):
                target = self.follow(value)
                if isinstance(target, Mapping):
                    yield target
            elif keyword in _IN_PLACE and (negated or keyword != "not"):
                yield from (part for _, part in _schemas(keyword, value))

    def conjoined(self, part: Schema) -> list[Schema]:
        """Return what :meth:`in_place` does, but for branches of which a value needs one only."""
        own = {key: value for key, value in part.items() if key not in ("anyOf", "oneOf")}
        return [*self.in_place(own, negated=False)]

    def closure(self, schemas: Iterable[Any]) -> list[Schema]:
        """Return schemas and all that they apply to the same value, each once, without ``not``."""
        found: dict[int, Schema] = {}
        pending = [*schemas]
        while pending:
            schema = pending.pop()
            if isinstance(schema, Mapping) and id(schema) not in found:
                found[id(schema)] = schema
                pending += self.in_place(schema, negated=False)
        return [*found.values()]

    def below(self, part: Schema) -> Iterator[tuple[str, str | int | None, Schema]]:
        """Yield the schemas for what the value holds, with the keyword and the name or index."""
        for keyword, value in part.items():
            if keyword in _IN_PLACE or keyword in _NOWHERE:
                continue
            for step, other in _schemas(keyword, value):
                yield keyword, next(iter(step), None), other

    def merged(self, schema: Any) -> tuple[Any, frozenset[str]]:
        """Return a schema with what its ``$ref`` leads to beside its own keywords.

        Also returns the references that were followed. One that leads nowhere is left out.
        """
        followed: list[str] = []
        while isinstance(schema, Mapping) and len(followed) < limits.SCHEMA_CHAIN:
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                break
            target = {} if reference in followed else self.follow(reference)
            followed.append(reference)
            own = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**target, **own} if isinstance(target, Mapping) else own
        return schema, frozenset(followed)
