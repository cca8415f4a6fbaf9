"""The default decision for HTTP statuses that an API does not list.

By what HTTP says of a class of statuses. An API says nothing of them, so this must never read as
said by it: how long to wait is our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reasonbook.format.model import Actor, Retry

#: The registry of HTTP statuses, which names the standard of each.
SOURCE = "https://www.iana.org/assignments/http-status-codes"
_HEADER, _FIRST, _FACTOR = "Retry-After", 1, 2


@dataclass(frozen=True)
class Fallback:
    """What to do about some statuses; a delay is for requests that are safe to repeat."""

    http: tuple[int, ...] | str  # statuses, or a class such as 5xx
    actor: Actor
    retry: Retry

    @property
    def is_delayed(self) -> bool:
        """Whether the same request may pass later."""
        return self.retry == "after-delay"

    @property
    def decision(self) -> str:
        """In the words of a remedy, without who can mend it."""
        if not self.is_delayed:
            return self.retry
        wait = f"`{_HEADER}` header, else {_FIRST} s × {_FACTOR} each time"
        return f"{self.retry}, if safe to repeat; wait {wait}"


#: The first that fits counts.
FALLBACKS = (
    Fallback((408, 425, 429), "caller", "after-delay"),
    Fallback("5xx", "platform", "after-delay"),
    Fallback("4xx", "caller", "after-fix"),
)


def fallback_json() -> dict[str, Any]:
    """Return the decisions as data."""
    wait = [{"header": _HEADER}, {"backoff": {"first": _FIRST, "factor": _FACTOR}}]
    return {
        "derived_from": SOURCE,
        "decisions": [
            {
                "http": list(each.http) if isinstance(each.http, tuple) else each.http,
                "actor": each.actor,
                "retry": each.retry,
                "wait": wait if each.is_delayed else [],
                "only_if_safe_to_repeat": each.is_delayed,
            }
            for each in FALLBACKS
        ],
    }


def fallback_lines() -> str:
    """Return the decisions as a list in Markdown; those alike but for the actor on one line."""
    grouped: dict[str, list[Fallback]] = {}
    for each in FALLBACKS:
        grouped.setdefault(each.decision, []).append(each)
    lines = []
    for decision, group in grouped.items():
        statuses = ", ".join(_statuses(each) for each in group)
        actors = " or ".join(each.actor for each in group)
        lines.append(f"- {statuses}: {decision}; actor {actors}")
    return "\n".join(lines)


def _statuses(fallback: Fallback) -> str:
    """Return the statuses; a class of which some were named before is that of the others."""
    if isinstance(fallback.http, tuple):
        return ", ".join(map(str, fallback.http))
    before = FALLBACKS[: FALLBACKS.index(fallback)]
    named = {str(code)[0] for each in before if isinstance(each.http, tuple) for code in each.http}
    return f"other {fallback.http}" if fallback.http[0] in named else fallback.http
