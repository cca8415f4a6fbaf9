"""The default decision for HTTP statuses that an API does not list.

By what HTTP says of a class of statuses. An API says nothing of them, so this must never read as
said by it: how long to wait is our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reasonbook.format.model import Actor, Backoff, BackoffWait, HeaderWait, Retry

#: The registry of HTTP statuses, which names the standard of each.
SOURCE = "https://www.iana.org/assignments/http-status-codes"
HEADER = "Retry-After"
BACKOFF = Backoff(first=1, factor=2)


@dataclass(frozen=True)
class Fallback:
    """What to do about some statuses; a delay is for requests that are safe to repeat."""

    http: tuple[int, ...] | str  # statuses, or a class such as 5xx
    actor: Actor
    retry: Retry
    others: bool = False  # of the class, some have been named before

    @property
    def is_delayed(self) -> bool:
        """Whether the same request may pass later."""
        return self.retry == "after-delay"


#: The first that fits counts.
FALLBACKS = (
    Fallback((408, 425, 429), "client", "after-delay"),
    Fallback("5xx", "platform", "after-delay"),
    Fallback("4xx", "client", "after-fix", others=True),
)


def fallback_json() -> dict[str, Any]:
    """Return the decisions as data."""
    waits = HeaderWait(header=HEADER), BackoffWait(backoff=BACKOFF)
    wait = [each.model_dump(mode="json") for each in waits]
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
