"""Which values a schema of a description allows at a place, where it lists all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reasonbook import limits
from reasonbook.importing.openapi.files import Bundle
from reasonbook.text import json_pointer as pointer

Allowed = frozenset[str] | None


def allowed(bundle: Bundle, schema: str, place: str) -> Allowed:
    """Return every text or number that a schema allows at a place; None where it lists none.

    Where it says more than once what is allowed, all of it counts: rather too much than too little.
    """
    return _Reader(bundle).read(schema, pointer.tokens(place), limits.OPENAPI_LEVELS)


class _Reader:
    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._read: dict[tuple[str, int], Allowed] = {}

    def read(self, schema: str, steps: Sequence[str], levels: int) -> Allowed:
        """Read each schema once: one may refer to itself, and to others again and again."""
        where, part = self._bundle.follow(schema)
        key = where, len(steps)
        if key not in self._read:
            self._read[key] = None  # as long as it is read
            if isinstance(part, dict) and levels:
                self._read[key] = self._parts(where, part, steps, levels - 1)
        return self._read[key]

    def _parts(
        self, where: str, part: Mapping[str, object], steps: Sequence[str], levels: int
    ) -> Allowed:
        found = [*_here(part)] if not steps else []
        if steps:
            inside = ("items",) if steps[0] == "*" else ("properties", steps[0])
            found.append(self.read(pointer.join(where, *inside), steps[1:], levels))
        for keyword in ("allOf", "anyOf", "oneOf"):
            listed = part.get(keyword)
            branches = [
                self.read(pointer.join(where, keyword, index), steps, levels)
                for index in range(len(listed) if isinstance(listed, list) else 0)
            ]
            found += branches if keyword == "allOf" else [union(branches)]
        return union([each for each in found if each is not None])


def _here(part: Mapping[str, object]) -> Iterator[Allowed]:
    listed = part.get("enum")
    if isinstance(listed, list):
        yield frozenset(str(value) for value in listed if isinstance(value, str | int))
    if isinstance(value := part.get("const"), str | int):
        yield frozenset({str(value)})


def union(lists: Sequence[Allowed]) -> Allowed:
    """Return what any of some lists has; None where there is none, or one of them is not known."""
    sets = [each for each in lists if each is not None]
    return frozenset().union(*sets) if sets and len(sets) == len(lists) else None
