"""What it costs to validate a value by a schema.

References that are followed twice at each of forty levels never end, from a file of two
kilobytes. So the work is counted before it is done.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from reasonbook import limits
from reasonbook.schema.references import APPLIES_IN_PLACE, References, Schema, subschemas

# To know what is left over, branches are gone through again, and at each level inside them.
_REPEATING = {"unevaluatedProperties", "unevaluatedItems"}
_REPEATS = 3


class EndlessError(Exception):
    """A schema applies itself to the same value again and again."""

    def __init__(self, part: Schema) -> None:
        super().__init__()
        self.part = part


class SchemaCost:
    """Counts how often the parts of a schema apply."""

    def __init__(self, schema: Any) -> None:
        """Count what is known without a body; raises :class:`EndlessError`."""
        self._references = References(schema)
        parts = [part for _, part in subschemas(schema)]
        self._total: float
        self._start = parts[:1]  # none where the schema is true or false
        if len(parts) <= limits.SCHEMA_CHAIN and all(map(_is_plain, parts)):
            self.is_too_large, self._total = False, len(parts)
            return
        found = self._measure(parts, self._in_place)
        self.is_too_large = any(
            size > limits.SCHEMA_PARTS or chain > limits.SCHEMA_CHAIN
            for size, chain in found.values()
        )
        self._total = float("inf")  # where a schema goes into itself
        with contextlib.suppress(EndlessError):
            everything = self._measure(self._start, self._everything)
            self._total = max((size for size, _ in everything.values()), default=0)

    def can_check(self, body: Any, size: int | None = None) -> bool:
        """Tell whether *body* can be validated in a reasonable time.

        *size* is the length of its text, or of one that it is part of, where that is at hand.
        """
        return (
            self._total * (size or len(repr(body))) <= limits.QUICK_WORK
            or self._steps(body) <= limits.SCHEMA_STEPS
        )

    def can_list_errors(self, body: Any) -> bool:
        """Tell whether all errors of *body* can be listed, each with a copy of its value."""
        return self._steps(body) * len(repr(body)) <= limits.QUICK_WORK

    def _steps(self, body: Any) -> int:
        """Count how many schemas apply to the values of *body*; not far beyond the most."""
        steps = 0
        pending = [(part, body, 1) for part in self._start]
        while pending and steps <= limits.SCHEMA_STEPS:
            part, value, times = pending.pop()
            steps += times
            again = times * _weight(part)
            pending += [(other, value, again) for other in self._in_place(part)]
            pending += [(other, item, again) for other, item in self._inside(part, value)]
        return steps

    def _measure(
        self, parts: Iterable[Schema], children: Callable[[Schema], Iterator[Schema]]
    ) -> dict[int, tuple[int, int]]:
        """Return, by identity, how many schemas each part applies, and how deep they reach.

        Without recursion, since files may nest references without end.
        """
        found: dict[int, tuple[int, int]] = {}
        opened: set[int] = set()
        for start in parts:
            path = [(start, [*children(start)])] if id(start) not in found else []
            opened.update(id(part) for part, _ in path)
            waiting = [iter(below) for _, below in path]
            while path:
                part, below = path[-1]
                following = next(waiting[-1], None)
                if following is None:
                    sizes = [found[id(child)] for child in below]
                    size = 1 + _weight(part) * sum(size for size, _ in sizes)
                    chain = 1 + max((chain for _, chain in sizes), default=0)
                    found[id(part)] = min(size, limits.SCHEMA_COUNT), chain
                    opened.remove(id(part))
                    path.pop()
                    waiting.pop()
                elif id(following) in opened:
                    raise EndlessError(following)
                elif id(following) not in found:
                    opened.add(id(following))
                    path.append((following, [*children(following)]))
                    waiting.append(iter(path[-1][1]))
        return found

    def _in_place(self, part: Schema) -> Iterator[Schema]:
        return self._references.in_place(part)

    def _everything(self, part: Schema) -> Iterator[Schema]:
        yield from self._references.in_place(part)
        yield from (other for _, _, other in self._references.below(part))

    def _inside(self, part: Schema, value: Any) -> Iterator[tuple[Schema, Any]]:
        """Yield what may apply to the values inside of *value*; rather too much than too little."""
        if not isinstance(value, dict | list):
            return
        for keyword, step, other in self._references.below(part):
            if isinstance(value, list):
                if isinstance(step, int):
                    yield from ((other, item) for item in value[step : step + 1])
                elif keyword in ("items", "contains", "unevaluatedItems"):
                    yield from ((other, item) for item in value)
            elif keyword == "properties":
                if step in value:
                    yield other, value[step]
            elif keyword == "propertyNames":
                yield from ((other, name) for name in value)
            elif keyword == "patternProperties":
                yield from ((other, item) for item in value.values())
            elif keyword in ("additionalProperties", "unevaluatedProperties"):
                named = part.get("properties", {})
                yield from ((other, item) for name, item in value.items() if name not in named)


def _is_plain(part: Schema) -> bool:
    """Tell whether a part applies nothing but itself to a value, and that once."""
    return part.keys().isdisjoint(APPLIES_IN_PLACE) and _weight(part) == 1


def _weight(part: Schema) -> int:
    return 1 if _REPEATING.isdisjoint(part) else _REPEATS
