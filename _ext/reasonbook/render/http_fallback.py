"""The default decision for HTTP statuses that an API does not list, and where no answer comes.

By what HTTP says of a class of statuses. An API says nothing of them, so this must never read as
said by it: how long to wait is our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from reasonbook.format.model import Actor, Backoff, BackoffWait, HeaderWait, Remedy, Retry

#: The registry of HTTP statuses, which names the standard of each.
SOURCE = "https://www.iana.org/assignments/http-status-codes"
WAITS = HeaderWait(header="Retry-After"), BackoffWait(backoff=Backoff(first=1, factor=2))


@dataclass(frozen=True)
class Fallback:
    """What to do about some statuses; a delay is for requests that are safe to repeat."""

    http: tuple[int, ...] | Literal["2xx", "3xx", "4xx", "5xx", "none"]  # none: there is no answer
    actor: Actor
    retry: Retry
    fix: str = ""
    others: bool = False  # of the class, some have been named before

    @property
    def remedy(self) -> Remedy:
        """The same as it would be said of a reason."""
        if self.retry != "after-delay":
            return Remedy(actor=self.actor, retry=self.retry)
        return Remedy(actor=self.actor, retry=self.retry, wait=WAITS, retry_if="idempotent")


#: The first that fits counts.
FALLBACKS = (
    Fallback((408, 425, 429), "client", "after-delay"),
    Fallback("5xx", "platform", "after-delay"),
    Fallback("none", "unknown", "after-delay"),
    Fallback(
        "4xx",
        "unknown",
        "after-fix",
        "Change request, account or credentials.",
        others=True,
    ),
    Fallback(
        "3xx",
        "client",
        "after-fix",
        "Check base URL and path; take no credentials to another host.",
    ),
    Fallback("2xx", "unknown", "never", "Look what took effect."),
)


def fallback_of(status: int) -> Fallback | None:
    """Return what HTTP itself says of a status; nothing where that is not one of its classes."""
    for each in FALLBACKS:
        if isinstance(each.http, tuple):
            if status in each.http:
                return each
        elif each.http[0] == str(status)[0]:
            return each
    return None


def fallback_json() -> dict[str, Any]:
    """Return the decisions as data."""
    decisions = [(each, each.remedy) for each in FALLBACKS]
    return {
        "derived_from": SOURCE,
        "decisions": [
            {
                "http": list(each.http) if isinstance(each.http, tuple) else each.http,
                "actor": remedy.actor,
                "retry": remedy.retry,
                "wait": [wait.model_dump(mode="json") for wait in remedy.waits],
                "only_if_safe_to_repeat": remedy.retry_if == "idempotent",
                "fix": each.fix,
            }
            for each, remedy in decisions
        ],
    }
