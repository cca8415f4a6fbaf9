"""What a base holds: each API as it was published, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reasonbook.ledger.record import Entry, Ledger


class BaselineError(Exception):
    """A baseline cannot be read: there is nothing to compare with, so nothing was checked."""


@dataclass(frozen=True)
class ApiState:
    """An API at some time: what counts as published, and what was said of each reason.

    ``on_record`` is its ledger as the file has it; ``ledger`` is that with all that was on the site
    and not yet on record.
    """

    ledger: Ledger
    on_record: Ledger | None
    schema_version: int
    reasons: Mapping[str, Mapping[str, Any]]


@dataclass
class Base:
    """A baseline that was read: ``source`` says which, ``notes`` what of it does not count.

    Where ``unread`` says that something may have been published which nobody can read, a comparison
    with it is not a pass.
    """

    source: str
    apis: dict[str, ApiState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say what was read, and how much of each API was published there."""
        counts = [f"{len(state.ledger.entries)} of {name}" for name, state in self.apis.items()]
        return f"{self.source}, with these published reasons: {', '.join(counts) or 'none'}"


def facts_on_record(entry: Entry) -> dict[str, Any]:
    """Return what every kind of baseline tells of a reason."""
    return {
        "domain": entry.domain,
        "http": entry.http,
        "status": entry.status,
        "lifecycle": entry.lifecycle,
        "deprecated": entry.deprecated,
        "remove_after": entry.remove_after,
        "retired": entry.retired,
        "correction": entry.correction,
        "replaced_by": entry.replaced_by,
    }
