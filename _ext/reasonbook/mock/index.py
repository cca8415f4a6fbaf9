"""The index of the server: what it has, and how to ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from reasonbook.mock.replies import Replies

_CHOOSE = {
    "header": 'Prefer: reason=NAME; with example="TITLE", http=STATUS or delay=SECONDS',
    "trigger": "mock:NAME as a value in the path, the query, a form or a JSON body",
    "no_envelope": "Prefer: outside=gateway-page, outside=empty or outside=no-answer",
    "scenario": 'PUT /-/scenarios/NAME with {"api": ..., "steps": [...]}, then use its base_url',
}


def index(replies: Mapping[str, Replies], base: str) -> dict[str, Any]:
    """Return all APIs."""
    return {"choose": _CHOOSE, "apis": [api_index(each, base) for each in replies.values()]}


def api_index(replies: Replies, base: str) -> dict[str, Any]:
    """Return an API: its base address here, and each reason with its answers."""
    api = replies.api
    address = f"{base.rstrip('/')}/{api.name}"
    return {
        "api": api.name,
        "title": api.title,
        "base_url": address,
        "reasons": [
            {
                "reason": name,
                "url": f"{address}/reasons/{quote(name)}",
                "examples": [
                    {"title": answer.example.title, "http": answer.http} for answer in documented
                ],
                "operations": [*api.senders(api.reasons[name])],
            }
            for name, documented in replies.documented.items()
        ],
        "outside": [*replies.outside_names],
    }
