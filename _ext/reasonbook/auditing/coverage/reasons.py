"""Coverage by reason: what is documented beside what was seen, for each reason and operation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from reasonbook.auditing.sightings import Sightings, Tally
from reasonbook.format.model import Api, Reason
from reasonbook.format.reasons import OperationClass

NOTHING = Tally()


@dataclass(frozen=True)
class ReasonCoverage:
    """A documented reason: which operations were seen to send it, and which others may."""

    reason: str
    by: dict[str, Tally]  # by operation; its name is empty where it is not known
    others: tuple[str, ...]  # operations that are said to send it, and were not seen to
    class_: str | None  # the class that these are of, where they are not named one by one
    is_excepted: bool

    @cached_property
    def all(self) -> Tally:
        """How often it was seen, whatever the operation."""
        days = (each.last for each in self.by.values() if each.last)
        return Tally(sum(each.count for each in self.by.values()), max(days, default=None))

    def rows(self) -> Iterator[tuple[str, Tally]]:
        """Yield each operation with what was seen of it; those of a class as one."""
        yield from ((name or "operation not known", tally) for name, tally in self.by.items())
        if self.class_ and self.others:
            yield f"{len(self.others)} more of the class {self.class_}", NOTHING
        else:
            yield from ((name, NOTHING) for name in self.others)


@dataclass(frozen=True)
class Coverage:
    """The documented reasons of an API, and how many of them were seen."""

    api: Api
    reasons: tuple[ReasonCoverage, ...]

    @cached_property
    def counted(self) -> tuple[ReasonCoverage, ...]:
        """The reasons that are to be seen: all but the exceptions."""
        return tuple(each for each in self.reasons if not each.is_excepted)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Those of them that were not seen."""
        return tuple(each.reason for each in self.counted if not each.all.count)

    @property
    def seen(self) -> int:
        """How many of them were seen."""
        return len(self.counted) - len(self.missing)

    @property
    def percent(self) -> float:
        """How many of 100 were seen, to one decimal and never rounded up; 100 where none is to be.

        So 100 is only said where nothing is missing.
        """
        whole = len(self.counted)
        return self.seen * 1000 // whole / 10 if whole else 100.0

    @property
    def summary(self) -> str:
        """Say it in one line."""
        excepted = len(self.reasons) - len(self.counted)
        beside = f", beside {excepted} excepted" if excepted else ""
        return (
            f"{self.api.name}: {self.seen} of {len(self.counted)} documented reasons seen "
            f"({self.percent:g}%){beside}"
        )


def coverage(api: Api, seen: Sightings, excepted: Collection[str] = ()) -> Coverage:
    """Return what was seen of an API beside what it documents."""
    by_reason: dict[str, dict[str, Tally]] = {}
    for sighting, tally in seen.of(api.name).items():
        by_reason.setdefault(sighting.reason, {})[sighting.operation] = tally
    found = (
        _of_reason(api, reason, by_reason.get(reason.name, {}), reason.name in excepted)
        for reason in documented(api)
    )
    return Coverage(api, tuple(found))


def documented(api: Api) -> Iterator[Reason]:
    """Yield the reasons that a client may receive in a response today."""
    for reason in api.reasons.values():
        if reason.lifecycle in ("active", "deprecated") and reason.is_response:
            yield reason


def _of_reason(api: Api, reason: Reason, by: dict[str, Tally], is_excepted: bool) -> ReasonCoverage:
    others = dict.fromkeys(map(api.listed_name, api.senders(reason)))
    of_class = reason.raised_by.class_ if isinstance(reason.raised_by, OperationClass) else None
    return ReasonCoverage(
        reason.name, by, tuple(name for name in others if name not in by), of_class, is_excepted
    )
