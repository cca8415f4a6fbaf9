"""Waits that an example holds: the value has the unit that the remedy says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.examples.display import show_json
from reasonbook.format.model import HeaderWait, PointerWait
from reasonbook.format.placeholders import is_unfilled
from reasonbook.format.remedies import Unit, Wait
from reasonbook.text import json_pointer as pointer

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_DURATION = re.compile(
    r"[0-9]{1,8}(\.[0-9]+)?s|P[0-9]{1,2}W|"
    r"P(?=.)([0-9]{1,3}D)?(T(?=.)([0-9]{1,4}H)?([0-9]{1,6}M)?([0-9]{1,8}(\.[0-9]+)?S)?)?"
)
_WORDS: dict[Unit | None, str] = {
    None: "a number of seconds or an HTTP date",
    "s": "a number of seconds",
    "ms": "a number of milliseconds",
    "epoch": "seconds since 1970",
    "date": "an HTTP date or a time as RFC 3339 writes it",
    "duration": "a duration such as 30s or PT30S",
}
#: The year 2000 in seconds since 1970; less is a number of seconds to wait.
_EARLIEST = 946_684_800
#: The year 2100; more are milliseconds.
_LATEST = 4_102_444_800


def check_waits(case: Case, problems: Problems) -> None:
    """Report values in headers and body that do not say how long to wait in the unit given."""
    for value, unit, where, find_place in _shown(case):
        if is_unfilled(value) or _is_wait(value, unit):
            continue
        problems.add(
            Rule.EXAMPLE_WAIT,
            find_place(),
            f"{where} is {show_json(value)}, but the remedy takes it for {_WORDS[unit]}.",
        )


def _shown(case: Case) -> Iterator[tuple[Any, Unit | None, str, Callable[[], Location]]]:
    for wait in _waits(case):
        if isinstance(wait, HeaderWait):
            for name, text in (case.headers or {}).items():
                if name.lower() == wait.header.lower():
                    yield text, wait.unit, name, partial(case.record_at, "headers", name)
        elif isinstance(wait, PointerWait) and wait.is_sound("pointer"):
            value = pointer.resolve(case.value, wait.pointer)
            if not isinstance(value, pointer.Missing) and value is not None:
                yield value, wait.unit, wait.pointer, partial(case.at, wait.pointer)


def _waits(case: Case) -> Iterator[Wait]:
    """Yield the waits of the reason, or those that its HTTP statuses have by default."""
    own = case.reason.remedy if case.reason else None
    found = (case.api.http[code].remedy for code in case.http_codes if code in case.api.http)
    for remedy in [own] if own else found:
        yield from remedy.waits if remedy else ()


def _is_wait(value: Any, unit: Unit | None) -> bool:
    match unit:
        case "s":
            return 0 <= _number(value) <= limits.WAIT_SECONDS
        case "ms":
            return 0 <= _number(value) <= limits.WAIT_SECONDS * 1000
        case "epoch":
            return _EARLIEST <= _number(value) <= _LATEST
        case "duration":
            return isinstance(value, str) and _DURATION.fullmatch(value) is not None
        case "date":
            return isinstance(value, str) and _is_time(value)
        case None:
            return _is_wait(value, "s") or (isinstance(value, str) and _is_http_date(value))


def _number(value: Any) -> float:
    """Return a number, also one written as text; -1 for what is not one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else -1


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return _is_http_date(text)


def _is_http_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except (ValueError, OverflowError):
        return False
