"""Where an error body holds what: reads a body by the pointers of its API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reasonbook.format.model import Envelope
from reasonbook.text import json_pointer as pointer


class Found(NamedTuple):
    """A value in a body, and its JSON Pointer."""

    pointer: str
    value: Any


def find_reason(envelope: Envelope, body: Any) -> Found | None:
    """Return where *body* holds its reason and the value there, prefix included."""
    if isinstance(envelope.reason, str):
        value = pointer.resolve(body, envelope.reason)
        return None if value is pointer.MISSING else Found(envelope.reason, value)
    search = envelope.reason
    items = pointer.resolve(body, search.in_)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping) and all(
            item.get(name) == wanted for name, wanted in search.where.items()
        ):
            value = pointer.resolve(item, search.at_)
            if value is not pointer.MISSING:
                return Found(pointer.join(search.in_, index) + search.at_, value)
    return None


def find_reason_name(envelope: Envelope, body: Any) -> str | None:
    """Return the reason that *body* names, without the API's prefix; None where it has none."""
    found = find_reason(envelope, body)
    if found is None or isinstance(found.value, bool) or not isinstance(found.value, str | int):
        return None
    name = str(found.value)
    return name[len(envelope.reason_prefix) :] if name.startswith(envelope.reason_prefix) else None
