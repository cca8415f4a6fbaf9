"""Rules for what stands round the body of an example: its headers, and the request before it."""

from __future__ import annotations

import json

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.examples.requests import fits
from reasonbook.examples.schema_errors import show
from reasonbook.format.model import HeaderPromise
from reasonbook.format.operations import REQUEST_LINE
from reasonbook.format.placeholders import is_unfilled
from reasonbook.rules.checks import header_pattern
from reasonbook.rules.operations import report_unknown
from reasonbook.rules.remedies import check_sent_request
from reasonbook.text import json_pointer as pointer


def check_headers(case: Case, problems: Problems) -> None:
    """Hold the headers against what the API promises, and against the body."""
    if case.headers is None or case.reason is None:
        return
    for name, value in case.headers.items():
        if name.lower() == "content-type":
            _check_media_type(case, name, value, problems)
    for promise in case.api.response_headers:
        if promise.http is not None and case.reason.http not in promise.http:
            continue
        named = [name for name in case.headers if name.lower() == promise.name.lower()]
        for name in named:
            _check_header(case, promise, name, problems)
        if not named:
            problems.add(
                Rule.EXAMPLE_HEADER,
                case.record_at("headers"),
                f"The header {promise.name} is missing.",
            )


def _check_media_type(case: Case, name: str, value: str, problems: Problems) -> None:
    """Hold a Content-Type against the API's; its parameters, such as charset, are its own."""
    wanted = case.api.envelope.media_type
    said, meant = (text.partition(";")[0].strip().lower() for text in (value, wanted))
    if said != meant and not is_unfilled(value):
        problems.add(
            Rule.EXAMPLE_HEADER,
            case.record_at("headers", name),
            f"{name} is {show(value)}, but the errors of this API are {wanted}.",
            "Show the type that the API sends; media_type under envelope in api.yaml says which.",
        )


def _check_header(case: Case, promise: HeaderPromise, name: str, problems: Problems) -> None:
    assert case.headers is not None
    value, at = case.headers[name], case.record_at("headers", name)
    if (
        promise.pattern
        and not is_unfilled(value)
        and not header_pattern(promise, problems).fullmatch(value)
    ):
        problems.add(
            Rule.EXAMPLE_HEADER,
            at,
            f"{name} is {show(value)}, which does not match {promise.pattern}.",
        )
    if promise.equals is not None:
        wanted = pointer.resolve(case.value, promise.equals)
        said = wanted if isinstance(wanted, str | pointer.Missing) else json.dumps(wanted)
        if said not in (value, pointer.MISSING):
            problems.add(
                Rule.EXAMPLE_HEADER,
                at,
                f"{name} is {show(value)}, but {promise.equals} is {show(wanted)}.",
            )


def check_request(case: Case, problems: Problems) -> None:
    """Hold the request line against the operations that send the reason."""
    if case.request is None:
        return
    at = case.record_at("request")
    check_sent_request(case.request, at, problems)
    operations = case.reason.raised_by if case.reason else "unknown"
    known = case.api.listed_operations
    if case.reason is not None and not isinstance(operations, str):
        if not fits(case.request, operations):
            problems.add(
                Rule.EXAMPLE_REQUEST,
                at,
                f"{case.request} is none of the operations that send {case.reason.name}: "
                f"{', '.join(operations)}.",
            )
    elif (
        known is not None
        and REQUEST_LINE.fullmatch(case.request)
        and not fits(case.request, (*known.statuses, *known.extra))
    ):
        report_unknown(case.request.partition("?")[0], known, at, problems)
