"""Members of a body that its schema does not describe.

A published schema is mostly open, so that the API may grow; an example that uses what the schema
does not describe is a mistake. Where a schema means to be open, by ``additionalProperties: true``
or since it describes no member at all, an example may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reasonbook.schema.references import References
from reasonbook.text import json_pointer as pointer
from reasonbook.text.patterns import name_matcher

_CONTAINERS = (dict, list)
_BRANCHES = ("anyOf", "oneOf")
_REST = ("additionalProperties", "unevaluatedProperties")


class Undescribed(NamedTuple):
    """A member that no part of the schema describes, and those that it could have been."""

    pointer: str
    name: str
    described: tuple[str, ...]


class _Said(NamedTuple):
    """What a schema says of a member or an item."""

    schemas: tuple[Any, ...] = ()  # all of which describe it
    is_open: bool = False  # nothing is said of what the value holds, so that it may be anything
    is_closed: bool = False  # something is said of what the value holds


_ANYTHING = _Said(is_open=True)
_NOT_THIS_TYPE = _Said()
_OTHERS = _Said(is_closed=True)


def undescribed_members(schema: Any, body: Any, skip: str | None = None) -> Iterator[Undescribed]:
    """Yield every member of *body* that *schema* does not describe.

    What is at the pointer *skip* is left out: it has a schema of its own.
    """
    return Description(schema).undescribed(body, skip)


class Description:
    """What a schema describes; asked of many bodies, which have most of their members alike."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._references = References(schema)
        # By the identity of a schema, which is kept by the entry of what holds it, then by step.
        self._known: dict[int, dict[str | int, tuple[_Said, Any]]] = {}

    def undescribed(self, body: Any, skip: str | None = None) -> Iterator[Undescribed]:
        """Yield every member of *body* that is not described, but for what is at *skip*."""
        if skip == "" or not isinstance(body, _CONTAINERS):
            return iter(())
        return self._walk(self._schema, body, (), skip)

    def _walk(
        self, schema: Any, body: Any, above: tuple[str | int, ...], skip: str | None
    ) -> Iterator[Undescribed]:
        known = self._known.setdefault(id(schema), {})
        steps = body.items() if body.__class__ is dict else enumerate(body)
        for step, value in steps:
            said, below = known.get(step) or self._of(schema, step, known)
            if said.is_open:
                continue
            if said.schemas:
                if value.__class__ in _CONTAINERS:
                    path = (*above, step)
                    if skip is None or pointer.join("", *path) != skip:
                        yield from self._walk(below, value, path, skip)
            elif said.is_closed and isinstance(step, str):
                here = pointer.join("", *above, step)
                if here != skip:
                    parts = self._references.closure([schema])
                    described = {name for part in parts for name in part.get("properties", {})}
                    yield Undescribed(here, step, tuple(sorted(described)))

    def _of(
        self, schema: Any, step: str | int, known: dict[str | int, tuple[_Said, Any]]
    ) -> tuple[_Said, Any]:
        """Return what *schema* says of a step, with the schema of what is there."""
        said = _say(schema, step, self._references)
        known[step] = said, _combined("allOf", said.schemas) if said.schemas else None
        return known[step]


def _say(schema: Any, step: str | int, references: References) -> _Said:
    """Return what *schema* says of the member, or the item, *step* of a value."""
    if not isinstance(schema, Mapping):
        return _NOT_THIS_TYPE if schema is False else _ANYTHING
    parts = [_say_itself(schema, step)]
    parts += [_say(part, step, references) for part in references.conjoined(schema)]
    for keyword in _BRANCHES:
        if keyword in schema:
            branches = [_say(branch, step, references) for branch in schema[keyword]]
            schemas = [_combined("allOf", said.schemas) for said in branches if said.schemas]
            parts.append(
                _Said(
                    (_combined("anyOf", schemas),) if schemas else (),
                    any(said.is_open for said in branches),
                    any(said.is_closed for said in branches),
                )
            )
    if len(parts) == 1:
        return parts[0]
    return _Said(
        tuple(schema for said in parts for schema in said.schemas),
        all(said.is_open for said in parts),
        any(said.is_closed for said in parts),
    )


def _combined(keyword: str, schemas: Sequence[Any]) -> Any:
    return schemas[0] if len(schemas) == 1 else {keyword: [*schemas]}


def _say_itself(part: Mapping[str, Any], step: str | int) -> _Said:
    """Return what a schema says without those that it refers to or holds for the same value."""
    kind, container = ("object", dict) if isinstance(step, str) else ("array", list)
    types = part.get("type", kind)
    if kind not in ([types] if isinstance(types, str) else types):
        return _NOT_THIS_TYPE
    values = part.get("enum", [part["const"]] if "const" in part else None)
    if values is not None and not any(isinstance(value, container) for value in values):
        return _NOT_THIS_TYPE
    if isinstance(step, int):
        return _say_of_item(part, step)
    named, patterns = part.get("properties", {}), part.get("patternProperties", {})
    found = [named[step]] if step in named else []
    found += [part for text, part in patterns.items() if name_matcher(text).is_valid(step)]
    found = found or [part[key] for key in _REST if part.get(key, False) is not False]
    if found:
        return _Said(tuple(found), is_closed=True)
    is_silent = not named and not patterns and part.keys().isdisjoint(("required", *_REST))
    return _ANYTHING if is_silent else _OTHERS


def _say_of_item(part: Mapping[str, Any], index: int) -> _Said:
    prefix = part.get("prefixItems", ())
    if index < len(prefix):
        return _Said((prefix[index],), is_closed=True)
    for keyword in ("items", "unevaluatedItems"):
        if keyword in part:
            return _Said((part[keyword],), is_closed=True)
    return _ANYTHING
