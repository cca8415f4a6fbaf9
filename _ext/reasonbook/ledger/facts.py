"""The facts of a reason that the ledger remembers, and the corrections that take one back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field

from reasonbook.format.kinds import Date, Line
from reasonbook.format.model import Reason, Remedy
from reasonbook.format.reasons import Correction
from reasonbook.format.record import Record

Known = Mapping[str, bool | int | str]

#: Facts of a remedy that are a word or a number, each with the value that says nothing.
_OF_REMEDY = {
    "actor": "unknown",
    "retry": "unknown",
    "max_attempts": None,
    "retry_if": "unknown",
    "idempotency_key": None,
}
#: What belongs to one way to retry, and goes with it.
_OF_RETRY = ("remedy.wait", "remedy.max_attempts")
#: The key and the value with which a correction says that no example was observed after all.
OBSERVED = ("examples", "observed")


class Corrected(Record):
    """A correction that was published with a reason."""

    date: Date = Field(description="When it was corrected.")
    key_: Line = Field(alias="key", description="The key that was wrong.")
    was: Any = Field(description="What it said.")
    why: Line = Field(description="How it is known to be wrong.")

    @property
    def what(self) -> tuple[str, str, str]:
        """What tells it from others: all but its words, which may be improved."""
        return self.date, self.key_, json.dumps(self.was, sort_keys=True)

    @property
    def sentence(self) -> str:
        """What was wrong, as a sentence."""
        said = self.was if isinstance(self.was, str) else json.dumps(self.was, ensure_ascii=False)
        return f"{self.key_} was {said.removesuffix('.')}."

    @classmethod
    def of(cls, said: Correction | Corrected) -> Corrected:
        """Return a correction as the ledger has it."""
        return cls(date=said.date, key=said.key_, was=said.was, why=said.why)


def permits(fresh: Iterable[Corrected], key: str, was: Any) -> bool:
    """Tell whether one of some corrections says that a fact was wrong, and what it was.

    One of a key holds for all below it. *was* is true where only that something was known is on
    record.
    """
    return any(
        (each.key_ == key and (was is True or _values(each.was) == _values(was)))
        or key.startswith(f"{each.key_}.")
        for each in fresh
    )


def _values(value: Any) -> set[str]:
    """Return a value, or those of a list in any order, so that they can be compared."""
    items = value if isinstance(value, list | tuple) else [value]
    return {json.dumps(item, sort_keys=True) for item in items}


def how_to_correct(key: str, was: Any) -> str:
    """Return the hint for a fact that was never right."""
    said = "..." if was is True else json.dumps(was)
    never = "observed" if (key, was) == OBSERVED else "right"
    return (
        f"If it was never {never}, say so under corrections: "
        f"{{date: ..., key: {key}, was: {said}, why: ...}}."
    )


def codes(http: int | tuple[int, ...] | str | None) -> frozenset[int]:
    """Return HTTP statuses as a set; empty where they are not known, or there is none."""
    if http is None or isinstance(http, str):
        return frozenset()
    return frozenset((http,) if isinstance(http, int) else http)


def lost_facts(old: Known | None, now: Known | None, fresh: Iterable[Corrected]) -> dict[str, Any]:
    """Return the facts that were known and are not now, and that no correction takes back."""
    old, now, fresh = old or {}, now or {}, [*fresh]
    other_retry = old.get("remedy.retry") != now.get("remedy.retry")
    return {
        key: value
        for key, value in old.items()
        if key not in now
        and not (key in _OF_RETRY and other_retry)
        and not permits(fresh, key, value)
    }


def lost_observation(
    old: int | tuple[int, ...] | str | None,
    now: int | tuple[int, ...] | str | None,
    http: frozenset[int],
    fresh: Iterable[Corrected],
) -> bool:
    """Tell whether an observation is gone: any, or one of a status that the reason still has."""
    is_gone = old is not None and (now is None or bool((codes(old) - codes(now)) & http))
    return is_gone and not permits(fresh, *OBSERVED)


def facts_of(reason: Reason) -> dict[str, bool | int | str]:
    """Return what is known of a reason, by its key: short facts themselves, else true.

    What the ledger has a field for, such as the HTTP status, is not among them; nor is what is at
    fault, of which nobody knows what was meant.
    """
    known: dict[str, Any] = {
        "since": reason.since,
        "message": bool(reason.message),
        "cause": bool(reason.causes),
        "fix": bool(reason.fix),
        **(_remedy_facts(reason.remedy) if reason.remedy else {}),
        "raised_by": reason.raised_by != "unknown",
        "details": reason.details not in (None, True, {}),
        "examples": bool(reason.examples),
    }
    faults = reason.faults
    return {
        key: value
        for key, value in known.items()
        if value and not (faults and key.partition(".")[0] in faults)
    }


def _remedy_facts(remedy: Remedy) -> dict[str, Any]:
    said = {key: getattr(remedy, key) for key in _OF_REMEDY}
    known = {key: value for key, value in said.items() if value != _OF_REMEDY[key]}
    known |= {"wait": bool(remedy.waits), "next": bool(remedy.next)}
    return {f"remedy.{key}": value for key, value in known.items() if remedy.is_sound(key)}


def observed_of(reason: Reason) -> int | tuple[int, ...] | Literal["unknown"] | None:
    """Return the HTTP statuses that observed examples show; None where nothing was observed.

    They are proven: no correction can say that the API does not answer so. A recording alone proves
    that the reason is sent, and by no status.
    """
    shown = [
        example.http
        for example in reason.examples
        if example.origin == "observed" and example.is_sound("origin", "http")
    ]
    if not reason.is_sound("examples", "http", "status"):
        return None
    if not shown:
        return "unknown" if reason.resolved_observed else None
    # An example that names no status shows the only one that there is.
    own = reason.http if isinstance(reason.http, int) else None
    found = sorted({code for http in shown if isinstance(code := http or own, int)})
    if len(found) < 2:
        return found[0] if found else "unknown"
    return tuple(found)
