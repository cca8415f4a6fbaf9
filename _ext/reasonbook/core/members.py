"""Members of a body that its schema does not describe.

A published schema is mostly open, so that the API may grow; an example that uses what the schema
does not describe is a slip. Branches (``anyOf`` and the like) add to what is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from . import pointer

BRANCHES = ("allOf", "anyOf", "oneOf")
CONDITIONS = ("if", "then", "else")
MAX_REFERENCES = 16


class Undescribed(NamedTuple):
    """A member that no part of the schema describes, and those that it could have been."""

    pointer: str
    name: str
    described: tuple[str, ...]


def undescribed_members(schema: Any, body: Any, skip: str | None = None) -> Iterator[Undescribed]:
    """Yield every member of *body* that *schema* does not describe.

    What stands at the pointer *skip* is left out: it has a schema of its own.
    """
    yield from _walk(schema, schema, body, "", skip)


def _walk(schema: Any, root: Any, body: Any, where: str, skip: str | None) -> Iterator[Undescribed]:
    if where == skip:
        return
    parts = list(_parts(schema, root))
    if isinstance(body, Mapping):
        if not parts or not any(_speaks_of_objects(part) for part in parts):
            return
        for name, value in body.items():
            below = [found for part in parts for found in _describing(part, name)]
            here = pointer.join(where, name)
            if not below and here != skip:
                described = {name for part in parts for name in part.get("properties", {})}
                yield Undescribed(here, name, tuple(sorted(described)))
            for member in below:
                yield from _walk(member, root, value, here, skip)
    elif isinstance(body, list):
        for index, value in enumerate(body):
            for part in parts:
                prefix = part.get("prefixItems", [])
                item = prefix[index] if index < len(prefix) else part.get("items", True)
                yield from _walk(item, root, value, pointer.join(where, index), skip)


def _parts(schema: Any, root: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and all that applies to the same value: references and branches."""
    if not isinstance(schema, Mapping) or depth > MAX_REFERENCES:
        return
    yield schema
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        yield from _parts(pointer.resolve(root, reference[1:]), root, depth + 1)
    for keyword in BRANCHES:
        for branch in schema.get(keyword, ()):
            yield from _parts(branch, root, depth + 1)
    for keyword in CONDITIONS:
        yield from _parts(schema.get(keyword), root, depth + 1)
    for branch in schema.get("dependentSchemas", {}).values():
        yield from _parts(branch, root, depth + 1)


def _speaks_of_objects(part: Mapping[str, Any]) -> bool:
    """Tell whether a schema says anything of objects; one that does not leaves the value free."""
    types = part.get("type", ())
    return "properties" in part or "object" in ([types] if isinstance(types, str) else types)


def _describing(part: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Yield what describes the member *name*: by name, by pattern, or as one of a map."""
    if name in part.get("properties", {}):
        yield part["properties"][name]
        return
    for pattern, member in part.get("patternProperties", {}).items():
        if re.search(pattern, name):
            yield member
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(part.get(keyword), Mapping) and part[keyword]:
            yield part[keyword]
