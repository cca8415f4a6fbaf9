"""Rules for what was observed: the catalogue does not deny what a recording shows."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Reason
from reasonbook.format.observations import Observed
from reasonbook.format.operations import form_of
from reasonbook.rules.operations import report_unknown


def check_observed(api: Api, problems: Problems) -> None:
    """Report what was observed, and the catalogue does not have, or says otherwise."""
    for name, several in api.observations.by_reason.items() if api.observations else ():
        reason, first = api.reasons.get(name), several[0]
        if reason is None:
            if not api.may_have(name):
                problems.add(
                    Rule.OBSERVED_OTHERWISE,
                    first.at("reason"),
                    f"{name} was observed{_on(Observed.of(several))}, but this catalogue does not "
                    "have it.",
                    did_you_mean(nearest(name, [*api.reasons]))
                    or "Document it. One that is not sent any more stays, as retired.",
                )
            continue
        for at, message, hint in _denied(reason, Observed.of(several)):
            problems.add(Rule.OBSERVED_OTHERWISE, at, message, hint)
        listed = api.listed_operations
        for each in several:
            if each.operation and listed and not listed.knows(each.operation):
                report_unknown(each.operation, listed, each.at("operation"), problems)
            elif each.operation and not _may_send(api, reason, each.operation):
                problems.add(
                    Rule.OBSERVED_OPERATION,
                    reason.at("raised_by"),
                    f"{each.operation} was observed to send {name}, but is not in its raised_by.",
                )


def _denied(reason: Reason, seen: Observed) -> Iterator[tuple[Location, str, str]]:
    """Yield what says that a reason is not sent in a response."""
    when, gone = _on(seen), reason.deprecated
    if reason.lifecycle == "planned" and reason.is_sound("lifecycle"):
        yield (
            reason.at("lifecycle"),
            f"{reason.name} is planned, but was observed{when}.",
            "Set lifecycle to active.",
        )
    if not reason.is_response and reason.is_sound("arrives_in"):
        yield (
            reason.at("arrives_in"),
            f"{reason.name} is said to arrive in no response, but was observed in one{when}.",
            "Add response to arrives_in.",
        )
    if gone is None or not gone.is_sound("never_sent", "retired"):
        return
    if gone.never_sent:
        yield (
            gone.at("never_sent"),
            f"{reason.name} is said to be never sent, but was observed{when}.",
            "Remove never_sent.",
        )
    elif gone.retired and seen.last and gone.retired < seen.last:
        yield (
            gone.at("retired"),
            f"{reason.name} is said to be retired on {gone.retired}, but was observed{when}.",
            "Give the day on which the API stopped sending it; until then it is deprecated.",
        )


def _on(seen: Observed) -> str:
    return f" on {seen.last}" if seen.last else ""


def _may_send(api: Api, reason: Reason, operation: str) -> bool:
    """Tell whether an operation is one of those that send a reason, as far as they are known."""
    if not reason.is_sound("raised_by") or isinstance(reason.raised_by, str):
        return True
    if not isinstance(reason.raised_by, tuple) and api.listed_operations is None:
        return True
    return form_of(operation) in map(form_of, api.senders(reason))
