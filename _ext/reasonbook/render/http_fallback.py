"""The default decision for HTTP statuses that an API does not list, as data."""

from __future__ import annotations

from typing import Any

_WAIT = [{"header": "Retry-After"}, {"backoff": {"first": 1, "factor": 2}}]
#: By what HTTP says of a class of statuses; the first that fits counts. An API says nothing of
#: them, so this must never read as said by it: how long to wait is our choice.
HTTP_FALLBACK: dict[str, Any] = {
    "derived_from": "https://www.rfc-editor.org/rfc/rfc9110#section-15",
    "decisions": [
        {
            "http": [408, 425, 429],
            "actor": "caller",
            "retry": "after-delay",
            "wait": _WAIT,
            "only_if_safe_to_repeat": True,
        },
        {
            "http": "5xx",
            "actor": "platform",
            "retry": "after-delay",
            "wait": _WAIT,
            "only_if_safe_to_repeat": True,
        },
        {
            "http": "4xx",
            "actor": "caller",
            "retry": "after-fix",
            "wait": [],
            "only_if_safe_to_repeat": False,
        },
    ],
}
