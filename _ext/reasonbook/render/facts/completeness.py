"""How complete a catalogue is: how many reasons have which statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from reasonbook.format.model import Api, Reason

Statement = Literal[
    "HTTP status", "cause", "fix", "remedy", "example", "observed example", "observed", "title"
]


def _has_observed_example(reason: Reason) -> bool:
    return any(one.origin == "observed" for one in reason.examples)


#: When a reason has a statement; a word for "not known" is none.
STATEMENTS: Mapping[Statement, Callable[[Reason], bool]] = {
    "HTTP status": lambda reason: reason.http != "unknown",
    "cause": lambda reason: bool(reason.causes),
    "fix": lambda reason: bool(reason.fix),
    "remedy": lambda reason: (
        reason.remedy is not None and {reason.remedy.actor, reason.remedy.retry} != {"unknown"}
    ),
    "example": lambda reason: bool(reason.examples),
    "observed example": _has_observed_example,
    "observed": lambda reason: (
        reason.resolved_observed is not None or _has_observed_example(reason)
    ),
    "title": lambda reason: reason.title is not None,
}


@dataclass(frozen=True)
class DomainCounts:
    """How many reasons of a domain there are, and how many have each statement."""

    domain: str
    reasons: int
    have: Mapping[Statement, int]


def completeness(api: Api) -> list[DomainCounts]:
    """Return the counts of each domain of an API, in the order of the site."""
    return [
        DomainCounts(
            domain.name,
            len(domain.reasons),
            {name: sum(map(has, domain.reasons)) for name, has in STATEMENTS.items()},
        )
        for domain in api.domains
    ]
