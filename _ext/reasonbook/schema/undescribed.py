"""Members of a body that its schema does not describe.

A published schema is mostly open, so that the API may grow; an example that uses what the schema
does not describe is a mistake. Branches (``anyOf`` and the like) add to what is described.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reasonbook.schema.references import References
from reasonbook.text import json_pointer as pointer
from reasonbook.text.patterns import name_matcher

_CONTAINERS = (dict, list)
# A schema that has none of these says nothing about objects, and so allows any.
_OF_OBJECTS = frozenset(
    ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "required")
)


class Undescribed(NamedTuple):
    """A member that no part of the schema describes, and those that it could have been."""

    pointer: str
    name: str
    described: tuple[str, ...]


def undescribed_members(schema: Any, body: Any, skip: str | None = None) -> Iterator[Undescribed]:
    """Yield every member of *body* that *schema* does not describe.

    What is at the pointer *skip* is left out: it has a schema of its own.
    """
    yield from _walk([schema], References(schema), body, "", skip)


def _walk(
    schemas: list[Any], references: References, body: Any, where: str, skip: str | None
) -> Iterator[Undescribed]:
    """Walk through a value to which all of *schemas* apply."""
    if where == skip or not isinstance(body, _CONTAINERS):
        return
    parts = references.closure(schemas)
    if not parts:
        return
    if isinstance(body, dict):
        if not any(_describes_objects(part) for part in parts):
            return
        for name, value in body.items():
            below = [found for part in parts for found in _describing(part, name)]
            if below and not isinstance(value, _CONTAINERS):
                continue
            here = pointer.join(where, name)
            if not below and here != skip:
                described = {name for part in parts for name in part.get("properties", {})}
                yield Undescribed(here, name, tuple(sorted(described)))
            yield from _walk(below, references, value, here, skip)
    else:
        for index, value in enumerate(body):
            if not isinstance(value, _CONTAINERS):
                continue
            items = [_item(part, index) for part in parts]
            yield from _walk(items, references, value, pointer.join(where, index), skip)


def _describes_objects(part: Mapping[str, Any]) -> bool:
    types = part.get("type", ())
    return not _OF_OBJECTS.isdisjoint(part) or "object" in (
        [types] if isinstance(types, str) else types
    )


def _describing(part: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Yield what describes the member *name*: by name, by pattern, or as one of a map."""
    found = [part["properties"][name]] if name in part.get("properties", {}) else []
    for pattern, member in part.get("patternProperties", {}).items():
        if name_matcher(pattern).is_valid(name):
            found.append(member)
    yield from found
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if not found and isinstance(part.get(keyword), Mapping) and part[keyword]:
            yield part[keyword]


def _item(part: Mapping[str, Any], index: int) -> Any:
    """Return the schema of the item at *index*."""
    prefix = part.get("prefixItems", ())
    if index < len(prefix):
        return prefix[index]
    return part.get("items", part.get("unevaluatedItems", True))
