"""Rules for the fix as data: retry, waits, and requests that help."""

from __future__ import annotations

import re
from math import inf
from typing import get_args

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, BackoffWait, HeaderWait, Remedy, RequestStep, SecondsWait
from reasonbook.format.remedies import Unit

#: A request that changes something.
CHANGES = re.compile(r"(?!GET |HEAD |OPTIONS )[A-Z]+ /")
# What says how to repeat a request.
_OF_A_REPEAT = ("max_attempts", "retry_if", "idempotency_key")


def check_remedies(api: Api, problems: Problems) -> None:
    """Check the remedy of every reason, HTTP status and answer outside the envelope."""
    for reason in api.every_reason():
        if reason.remedy:
            _check_remedy(reason.name, reason.remedy, api, problems)
    for status in api.http.values():
        if status.remedy:
            _check_remedy(f"HTTP {status.code}", status.remedy, api, problems)
    for answer in api.outside:
        if answer.remedy:
            _check_remedy(answer.name, answer.remedy, api, problems)


def _check_remedy(name: str, remedy: Remedy, api: Api, problems: Problems) -> None:
    """Compare the keys of a remedy with each other."""
    _check_steps(remedy, api, problems)
    if not remedy.is_sound("retry", "wait"):
        return
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
    for key in _OF_A_REPEAT if remedy.retry == "never" else ():
        value = getattr(remedy, key)
        if value not in (None, "unknown") and remedy.is_sound(key):
            problems.add(
                Rule.WRONG_VALUE,
                remedy.at(key),
                f"{name} has {key}: {value}, but its retry is never.",
                "Remove it, or choose another retry.",
            )
    for wait in remedy.waits:
        is_plain = not isinstance(wait, HeaderWait) or wait.header.lower() == "retry-after"
        if isinstance(wait, HeaderWait) and not is_plain and not wait.unit and api.format > 1:
            problems.add(
                Rule.REMEDY_WAIT,
                wait.at("header"),
                f"{wait.header} says how long to wait, but not in which unit.",
                f"Add unit: {', '.join(get_args(Unit))}.",
            )
        if isinstance(wait, BackoffWait) and (wait.backoff.max or inf) < wait.backoff.first:
            problems.add(
                Rule.REMEDY_WAIT,
                wait.backoff.at("max"),
                f"The longest wait of {name} is shorter than the first.",
                "Correct one of the two.",
            )
        if isinstance(wait, SecondsWait) and wait.seconds > limits.WAIT_SECONDS:
            problems.add(
                Rule.REMEDY_WAIT,
                wait.at("seconds"),
                f"{name} is to be tried again after more than a year.",
                "Give seconds, or say never.",
            )


def _check_steps(remedy: Remedy, api: Api, problems: Problems) -> None:
    """Report requests that change something, and do not say whether to ask first."""
    for step in remedy.next:
        if not isinstance(step, RequestStep) or not step.is_sound("request") or api.format == 1:
            continue
        is_named = api.operation_kind == "named"
        if (is_named or CHANGES.match(step.request)) and step.ask_first is None:
            does = "may change" if is_named else "changes"
            problems.add(
                Rule.REMEDY_NEXT,
                step.at("request"),
                f"{step.request} {does} something, and ask_first does not say whether to ask.",
                "Add ask_first: true, or false where nothing can go wrong.",
            )
