"""Which reasons were seen in recordings: by which operation, how often, and when last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Sighting(NamedTuple):
    """A reason that an operation of an API sent."""

    api: str
    reason: str  # REASON or REASON/SUB, as the catalogue names it
    operation: str  # METHOD /path as the API's list names it; empty where it is not known


@dataclass
class Tally:
    """How often something was seen, and when last."""

    count: int = 0
    last: date | None = None


class Sightings:
    """What was seen, each with its tally."""

    def __init__(self) -> None:
        self._tallies: dict[Sighting, Tally] = {}

    def add(self, sighting: Sighting, day: date | None, count: int = 1) -> None:
        """Count a sighting."""
        tally = self._tallies.setdefault(sighting, Tally())
        tally.count += count
        tally.last = max((each for each in (tally.last, day) if each), default=None)

    def extend(self, other: Sightings) -> None:
        """Take over what was seen elsewhere."""
        for sighting, tally in other:
            self.add(sighting, tally.last, tally.count)

    def __iter__(self) -> Iterator[tuple[Sighting, Tally]]:
        return iter(sorted(self._tallies.items()))

    def __len__(self) -> int:
        return len(self._tallies)

    def of(self, api: str) -> dict[Sighting, Tally]:
        """Return what was seen of an API."""
        return {seen: tally for seen, tally in self if seen.api == api}
