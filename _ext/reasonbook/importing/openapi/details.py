"""Schemas of the details of single errors: what a response says beyond what all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reasonbook.importing.found import Found
from reasonbook.importing.openapi.files import Bundle
from reasonbook.importing.openapi.responses import Response
from reasonbook.importing.openapi.schemas import described_at, is_required
from reasonbook.text import json_pointer as pointer

_NAME = "details"


def add_details(
    bundle: Bundle,
    found: Found,
    codes: Iterable[tuple[Response, str]],
    shared: str,
    code_at: str,
) -> str | None:
    """Give codes the schema of their details; return where those are, None where nobody says.

    The place is told only if every example that has details is of a code whose schema is known.
    """
    holder = code_at.rpartition("/")[0]
    place = pointer.join(holder, _NAME)
    if "*" in holder or not [*described_at(bundle, shared, place)]:
        return None
    known: dict[str, dict[str, Any]] = {}
    unsure: set[str] = set()
    for response, code in codes:
        own = [
            where
            for schema in response.schemas
            for where in described_at(bundle, schema, place)
            if not where.startswith(f"{shared}/")
        ]
        if len(own) != 1 or (extract := bundle.schema(own[0])).faults:
            unsure.add(code)
            continue
        is_always = any(is_required(bundle, schema, place) for schema in response.schemas)
        keys = {_NAME: extract.schema} | ({} if is_always else {"details_sent": "sometimes"})
        if known.setdefault(code, keys) != keys:
            unsure.add(code)
    for code in unsure & known.keys():
        found.skip(
            found.reasons[code].at,
            f"The details of {code} differ from response to response; their schema is left out.",
        )
    sure = {code: keys for code, keys in known.items() if code not in unsure}
    if not sure or not _is_told(found, sure, place):
        return None
    for code, keys in sure.items():
        found.reasons[code].more |= keys
    return place


def _is_told(found: Found, sure: Mapping[str, Any], place: str) -> bool:
    """Tell whether no example of another code has details."""
    return not any(
        pointer.resolve(example.value, place) is not pointer.MISSING
        for code, reason in found.reasons.items()
        if code not in sure
        for example in reason.examples
    )
