"""Rules for what comes with the body of an example: its headers, and the request before it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.format.model import HeaderPromise
from reasonbook.format.operations import REQUEST_LINE
from reasonbook.format.placeholders import is_unfilled
from reasonbook.format.reasons import OperationClass
from reasonbook.rules.examples import header_pattern
from reasonbook.rules.operations import (
    check_sent_request,
    is_request_of,
    is_sent_request,
    report_unknown,
)
from reasonbook.text import json_pointer as pointer


def check_headers(case: Case, problems: Problems) -> None:
    """Compare the headers with what the API promises, and with the body."""
    if case.headers is None or case.reason is None:
        return
    lowered = [(name.lower(), name) for name in case.headers]
    for lower, name in lowered:
        check = _CHECKS.get(lower)
        if check is not None and not is_unfilled(value := case.headers[name]):
            check(case, name, value, problems)
    codes = case.http_codes
    for promise in case.api.response_headers:
        if not any(map(promise.is_on, codes)):
            continue
        wanted = promise.name.lower()
        shown = [name for lower, name in lowered if lower == wanted]
        for name in shown:
            _check_header(case, promise, name, case.headers[name], problems)
        if not shown and wanted not in case.valueless:
            problems.add(
                Rule.EXAMPLE_HEADER,
                case.record_at("headers"),
                f"The header {promise.name} is missing.",
            )


def _check_media_type(case: Case, name: str, value: str, problems: Problems) -> None:
    """Compare a Content-Type with the API's; its parameters, such as charset, may differ."""
    media_type = case.shape.media_type
    shown, wanted = (text.partition(";")[0].strip().lower() for text in (value, media_type))
    if shown != wanted:
        problems.add(
            Rule.EXAMPLE_HEADER,
            case.record_at("headers", name),
            f"{name} is {case.display.value(value)}, but the errors of this API are {media_type}.",
            "Show the type that the API sends; media_type under envelope in api.yaml says which.",
        )


def _check_length(case: Case, name: str, value: str, problems: Problems) -> None:
    """Compare a Content-Length with the body; the last line break may be that of the YAML."""
    if not case.is_example:
        return  # a terminal or a recorder may have changed the body
    if any(other.lower() == "content-encoding" for other in case.headers or ()):
        return  # then it is the length of something else
    size = len(case.text.encode())
    if value.strip() not in (str(size), str(size - case.text.endswith("\n"))):
        problems.add(
            Rule.EXAMPLE_HEADER,
            case.record_at("headers", name),
            f"{name} is {case.display.value(value)}, but the body has {size} bytes.",
            "Leave the header out, or show the body byte for byte.",
        )


def _check_status(case: Case, name: str, value: str, problems: Problems) -> None:
    """Compare a Status that begins with a number with the HTTP status."""
    number = re.match(r"\s*(\d{3})(?!\d)", value)
    if number and case.http_codes and int(number[1]) not in case.http_codes:
        problems.add(
            Rule.EXAMPLE_HEADER,
            case.record_at("headers", name),
            f"{name} is {case.display.value(value)}, but the HTTP status is "
            f"{' or '.join(map(str, case.http_codes))}.",
            "Show the status that the API sends.",
        )


_CHECKS: dict[str, Callable[[Case, str, str, Problems], None]] = {
    "content-type": _check_media_type,
    "content-length": _check_length,
    "status": _check_status,
}


def _check_header(
    case: Case, promise: HeaderPromise, name: str, value: str, problems: Problems
) -> None:
    if (
        promise.pattern
        and not is_unfilled(value)
        and not header_pattern(promise, problems).fullmatch(value)
    ):
        message = f"{name} is {case.display.value(value)}, which does not match {promise.pattern}."
        problems.add(Rule.EXAMPLE_HEADER, case.record_at("headers", name), message)
    if promise.equals is not None:
        wanted = pointer.resolve(case.value, promise.equals)
        written = wanted if isinstance(wanted, str | pointer.Missing) else json.dumps(wanted)
        if written not in (value, pointer.MISSING):
            shown = case.display.value(wanted)
            message = f"{name} is {case.display.value(value)}, but {promise.equals} is {shown}."
            problems.add(Rule.EXAMPLE_HEADER, case.record_at("headers", name), message)


def check_request(case: Case, problems: Problems) -> None:
    """Compare the request line with the operations that send the reason, else with all known."""
    if case.request is None:
        return
    is_named = case.api.operation_kind == "named"
    if not is_named and not is_sent_request(case.request):
        check_sent_request(case.request, case.record_at("request"), problems)
    operations = case.api.senders(case.reason) if case.reason else ()
    known = case.api.listed_operations
    if case.reason is not None and operations:
        sends = case.request in operations if is_named else is_request_of(case.request, operations)
        if not sends:
            raised_by = case.reason.raised_by
            these = (
                f"the class {raised_by.class_}"
                if isinstance(raised_by, OperationClass)
                else ", ".join(operations)
            )
            problems.add(
                Rule.EXAMPLE_REQUEST,
                case.record_at("request"),
                f"{case.request} is not one of the operations that send {case.reason.name}: "
                f"{these}.",
            )
    elif (
        known is not None
        and REQUEST_LINE.fullmatch(case.request)
        and not is_request_of(case.request, known.every)
    ):
        at = case.record_at("request")
        report_unknown(case.request.partition("?")[0], known, at, problems)
