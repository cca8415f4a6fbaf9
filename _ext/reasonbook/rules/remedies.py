"""Rules for the fix as data: retry and waits."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Remedy


def check_remedies(api: Api, problems: Problems) -> None:
    """Check the remedy of every reason and of every HTTP status that has one."""
    for domain in api.domains:
        for reason in domain.reasons:
            _check_remedy(reason.name, reason.http, reason.remedy, problems)
    for status in api.http.values():
        if status.remedy:
            _check_remedy(f"HTTP {status.code}", status.code, status.remedy, problems)


def _check_remedy(name: str, http: int, remedy: Remedy, problems: Problems) -> None:
    """Compare a remedy with the HTTP status that it is for, and its keys with each other."""
    if not remedy.is_sound("retry", "wait"):
        return
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
