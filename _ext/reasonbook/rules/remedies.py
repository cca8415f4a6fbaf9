"""Rules for the fix as data: retry, waits, and requests that help."""

from __future__ import annotations

import re

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Reason, Remedy, RequestStep
from reasonbook.format.operations import OPERATION, REQUEST_LINE
from reasonbook.text.characters import check_letters

_KINDS_OF_WAIT = {"header", "pointer", "backoff", "seconds"}


def check_remedy(name: str, http: int, remedy: Remedy, problems: Problems) -> None:
    """Hold a remedy against the HTTP status that it is for, and its parts against each other."""
    if http == 429 and remedy.retry == "never":
        problems.add(
            Rule.REMEDY_RETRY,
            remedy.at("retry"),
            f"{name} is never to be tried again, but status 429 only asks to wait.",
        )
    if remedy.retry == "after-delay" and not remedy.wait:
        problems.add(
            Rule.REMEDY_WAIT,
            remedy.at("retry"),
            f"{name} is to be tried again after a delay, but no wait says how long.",
        )
    if remedy.wait and remedy.retry != "after-delay":
        problems.add(
            Rule.REMEDY_WAIT,
            remedy.at("wait"),
            f"{name} has a wait, but its retry is {remedy.retry}.",
            "Set retry to after-delay, or remove the wait.",
        )
    for index, wait in enumerate(remedy.wait):
        if len(_KINDS_OF_WAIT & wait.source.entries.keys()) != 1:
            problems.add(
                Rule.REMEDY_WAIT,
                remedy.at("wait", index),
                "A wait is exactly one of header, pointer, backoff or seconds.",
                "Name one; where there are several ways to wait, list them, the best first.",
            )
    for step in remedy.next:
        if isinstance(step, RequestStep):
            check_request_line(step.request, step.at("request"), problems)


def check_requests(reason: Reason, problems: Problems) -> None:
    """Report operations and requests of examples that are none."""
    if not isinstance(reason.raised_by, str):
        for index, operation in enumerate(reason.raised_by):
            at = reason.at("raised_by", index)
            if REQUEST_LINE.fullmatch(operation) and not OPERATION.fullmatch(operation):
                problems.add(
                    Rule.BAD_REQUEST_LINE,
                    at,
                    f"{operation} has a query, but an operation is a method and a path.",
                    f"Write {operation.partition('?')[0]}.",
                )
            else:
                check_request_line(operation, at, problems)
    for example in reason.examples:
        if example.request:
            check_sent_request(example.request, example.at("request"), problems)


def check_sent_request(line: str, at: Location, problems: Problems) -> None:
    """Report what is no request as it is sent: one with values in place of all names in braces."""
    check_request_line(line, at, problems)
    named = re.search(r"\{[^{}/]*\}|[{}]", line.partition("?")[0])
    if named:
        problems.add(
            Rule.BAD_REQUEST_LINE,
            at,
            f"{line} is a template, not a request that was sent.",
            f"Write a value in place of {named[0]}.",
        )


def check_request_line(line: str, at: Location, problems: Problems) -> None:
    """Report what is no method and path."""
    if not check_letters(line, at, problems) or REQUEST_LINE.fullmatch(line):
        return
    method, _, path = line.partition(" ")
    meant = f"{method.upper()} {path}"
    hint = f"Write {meant}: the method is in capitals." if REQUEST_LINE.fullmatch(meant) else ""
    problems.add(Rule.BAD_REQUEST_LINE, at, f"{line} is no request line.", hint)
