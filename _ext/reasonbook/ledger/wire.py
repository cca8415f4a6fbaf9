"""Where a reason is in what a client receives: the places of an envelope, and the prefix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from reasonbook.format.envelopes import Envelope, HeaderPlace, Place, Places, Prefixes, SearchPlace
from reasonbook.format.record import Record


class Wire(Record):
    """Where an envelope holds the reason."""

    reason: Places = Field(description="Where the reason was: its places.")
    reason_prefix: Prefixes = Field((), description="What came before it; of several, any.")
    sub_reason: Place | None = Field(None, description="Where the second-level code was.")


def wire_of(envelope: Envelope) -> Wire:
    """Return what the ledger holds of an envelope."""
    return Wire(
        reason=envelope.reason,
        reason_prefix=envelope.reason_prefix,
        sub_reason=envelope.sub_reason,
    )


def lost(old: Wire, new: Wire, second_level: bool = True) -> Iterator[tuple[str, str]]:
    """Yield what clients of *old* look for and do not find in *new*: its key, and what it is.

    Without *second_level* it is about a reason that has none.
    """
    for place in old.reason:
        if not any(_covers(each, place) for each in new.reason):
            yield "reason", _shown(place)
    for prefix in old.reason_prefix or ("",):
        if prefix not in (new.reason_prefix or ("",)):
            yield "reason_prefix", f"the prefix {prefix}" if prefix else "no prefix"
    if not second_level or old.sub_reason is None:
        return
    if not (new.sub_reason and _covers(new.sub_reason, old.sub_reason)):
        yield "sub_reason", f"a second level at {_shown(old.sub_reason)}"


def _shown(place: Any) -> str:
    """Return a place in words."""
    if isinstance(place, HeaderPlace):
        return f"the header {place.header}"
    if isinstance(place, SearchPlace):
        place = json.dumps(place.model_dump(mode="json", by_alias=True), ensure_ascii=False)
    return f"the place {place or 'of the whole body'}"


def _covers(new: Any, old: Any) -> bool:
    """Tell whether a client that looks at the place *old* finds what *new* describes.

    The name of a header has no case; a step ``*`` covers the number of an item.
    """
    if isinstance(old, HeaderPlace):
        return isinstance(new, HeaderPlace) and new.header.lower() == old.header.lower()
    if isinstance(old, SearchPlace):
        return (
            isinstance(new, SearchPlace)
            and (new.in_, new.at_) == (old.in_, old.at_)
            and new.where.keys() == old.where.keys()
            and all({*new.where[key]} >= {*values} for key, values in old.where.items())
        )
    if not isinstance(new, str):
        return False
    steps, wanted = new.split("/"), old.split("/")
    return len(steps) == len(wanted) and all(
        step == other or (step == "*" and other.isdigit())
        for step, other in zip(steps, wanted, strict=True)
    )
