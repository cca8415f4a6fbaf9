"""The pointers of an API, each of which leads to something in the examples that it is about."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import chain
from typing import Any

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Envelope, PointerStep, PointerWait, Remedy
from reasonbook.format.record import Record
from reasonbook.schema.undescribed import undescribed_members
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json


def check_full_example(envelope: Envelope, value: Any, problems: Problems) -> None:
    """Report pointers of the envelope that lead to nothing in its full example."""
    for key in ("message", "status", "http", "request_id"):
        where = getattr(envelope, key)
        if where is not None and pointer.resolve(value, where) is pointer.MISSING:
            problems.add(
                Rule.ENVELOPE_POINTER,
                envelope.at(key),
                f"{key} is {where}, but the full example has nothing there.",
            )


def check_pointers(api: Api, problems: Problems) -> None:
    """Report pointers, but those of :func:`check_full_example`, that lead to nothing."""
    bodies = {name: [e.body for e in reason.examples] for name, reason in api.reasons.items()}
    all_bodies = [api.envelope.example, *chain.from_iterable(bodies.values())]

    def sent_with(codes: Container[int]) -> list[str]:
        """Return the bodies sent with some HTTP statuses; all where there are none."""
        sent = (
            bodies[name]
            for name, reason in api.reasons.items()
            if any(code in codes for code in reason.http_codes)
        )
        return [*chain.from_iterable(sent)] or all_bodies

    def check(holder: Record, key: str, texts: Sequence[str], whose: str = "") -> None:
        where = getattr(holder, key)
        if where is not None and texts and not _leads(where, texts):
            message = f"{where} leads to nothing in the examples{whose}."
            problems.add(Rule.ENVELOPE_POINTER, holder.at(key), message)

    for name, reason in api.reasons.items():
        for item in _pointer_items(reason.remedy):
            check(item, "pointer", bodies[name], f" of {name}")
        if reason.details is not None and api.envelope.details is None:
            problems.add(
                Rule.ENVELOPE_POINTER,
                reason.at("details"),
                f"{name} has a details schema, but the envelope has no details.",
                "Give their pointer as details under envelope in api.yaml, or remove the schema.",
            )
    for status in api.http.values():
        for item in _pointer_items(status.remedy):
            check(item, "pointer", sent_with({status.code}), f" with HTTP {status.code}")
    for promise in api.response_headers:
        sent = all_bodies if promise.http == "any" else sent_with(promise.http)
        check(promise, "equals", sent)
    details = api.envelope.details
    if details is not None and (
        any(reason.details is not None for reason in api.reasons.values())
        or not _describes(api.envelope.body_schema, details)
    ):
        check(api.envelope, "details", all_bodies)


def _leads(where: str, texts: Iterable[str]) -> bool:
    """Tell whether a pointer leads to a value in any of some bodies, parsed until one has it."""
    values = (parse_json(text).value for text in texts)
    return any(pointer.resolve(value, where) is not pointer.MISSING for value in values)


def _describes(schema: Any, where: str) -> bool:
    """Tell whether a body that holds nothing but a value at *where* has described members only."""
    body: Any = None
    for token in reversed(pointer.tokens(where)):
        body = [body] if token == "0" else {token: body}
    return not any(undescribed_members(schema, body))


def _pointer_items(remedy: Remedy | None) -> list[PointerWait | PointerStep]:
    items = (*remedy.waits, *remedy.next) if remedy else ()
    return [item for item in items if isinstance(item, PointerWait | PointerStep)]
