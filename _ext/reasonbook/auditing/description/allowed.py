"""Which values a schema of a description allows at a place, where it lists all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasonbook import limits
from reasonbook.importing.openapi.files import Bundle
from reasonbook.text import json_pointer as pointer

Allowed = frozenset[str] | None


def allowed(bundle: Bundle, schema: str, place: str) -> Allowed:
    """Return every text or number that a schema allows at a place; None where it lists none.

    A schema may refer to itself, so there is an end of it. Where it says more than once what is allowed, all of it counts: rather too much than too little.
    """
    return _allowed(bundle, schema, pointer.tokens(place), limits.OPENAPI_LEVELS)


def _allowed(bundle: Bundle, schema: str, steps: Sequence[str], levels: int) -> Allowed:
    where, part = bundle.follow(schema)
    if not isinstance(part, dict) or not levels:
        return None
    found = [*_here(part)] if not steps else []
    if steps:
        inside = ("items",) if steps[0] == "*" else ("properties", steps[0])
        found.append(_allowed(bundle, pointer.join(where, *inside), steps[1:], levels - 1))
    for keyword in ("allOf", "anyOf", "oneOf"):
        listed = part.get(keyword)
        branches = [
            _allowed(bundle, pointer.join(where, keyword, index), steps, levels - 1)
            for index in range(len(listed) if isinstance(listed, list) else 0)
        ]
        found += branches if keyword == "allOf" else [union(branches)]
    lists = [each for each in found if each is not None]
    return union(lists)


def _here(part: dict[str, object]) -> Iterator[Allowed]:
    listed = part.get("enum")
    if isinstance(listed, list):
        yield frozenset(str(value) for value in listed if isinstance(value, str | int))
    if isinstance(value := part.get("const"), str | int):
        yield frozenset({str(value)})


def union(lists: Sequence[Allowed]) -> Allowed:
    """Return what any of some lists has; None where there is none, or one of them is not known."""
    sets = [each for each in lists if each is not None]
    return frozenset().union(*sets) if sets and len(sets) == len(lists) else None
