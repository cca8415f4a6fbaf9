"""Rules for the life of a reason: its state, the dates, and its successor."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import is_date, stays_until
from reasonbook.format.model import Api, Deprecation, Reason

Finding = tuple[Location, str, str]


def check_lifecycle(api: Api, reason: Reason, problems: Problems) -> None:
    """Compare lifecycle, ``deprecated`` and the dates with each other."""
    if not reason.is_sound("lifecycle", "since", "deprecated"):
        return
    for at, message, hint in (
        *_fields(reason),
        *_successor(api, reason),
        *(_dates(api, reason, reason.deprecated) if reason.deprecated else ()),
    ):
        problems.add(Rule.LIFECYCLE_FIELDS, at, message, hint)
    _check_promise(reason, problems)


def _check_promise(reason: Reason, problems: Problems) -> None:
    """Report a reason that was retired before the day that is promised beside it."""
    gone = reason.deprecated
    if not gone or gone.never_sent or not gone.retired or not gone.remove_after:
        return
    if gone.since <= gone.retired < gone.remove_after:
        problems.add(
            Rule.RETIRED_TOO_EARLY,
            gone.at("retired"),
            f"{reason.name} is retired on {gone.retired}, but was promised to stay until "
            f"{gone.remove_after}.",
        )


def _fields(reason: Reason) -> Iterator[Finding]:
    """Yield what the state needs and lacks, or has and must not have."""
    state, gone = reason.lifecycle, reason.deprecated
    if state in ("planned", "active"):
        if gone is not None:
            yield (
                reason.at("deprecated"),
                f"{reason.name} is {state}, but has deprecated.",
                "Remove it, or set lifecycle to deprecated or retired.",
            )
        return
    if gone is None:
        key = "since" if state == "deprecated" else "retired"
        yield (
            reason.at("lifecycle"),
            f"{reason.name} is {state}, but nothing says since when.",
            f"Add deprecated with {key}.",
        )
    elif state == "deprecated" and gone.retired:
        yield (
            gone.at("retired"),
            f"{reason.name} is deprecated, but has the date on which it was retired.",
            "Remove it, or set lifecycle to retired.",
        )
    elif state == "retired" and not gone.retired:
        yield (
            reason.at("lifecycle"),
            f"{reason.name} is retired, but deprecated has no date for it.",
            "Add retired under deprecated.",
        )
    if gone is not None and gone.never_sent and state != "retired":
        yield (
            gone.at("never_sent"),
            f"{reason.name} was never sent, but is {state}.",
            "What was never sent is retired at once; else remove never_sent.",
        )
    observed = next((e.title for e in reason.examples if e.origin == "observed"), None)
    if gone is not None and gone.never_sent and observed is not None:
        yield (
            gone.at("never_sent"),
            f"{reason.name} is said to be never sent, but its example {observed!r} was observed.",
            "Remove never_sent, or correct the origin of the example.",
        )


def _successor(api: Api, reason: Reason) -> Iterator[Finding]:
    """Yield a successor that is not sent yet, though the reason itself is no longer sent."""
    gone = reason.deprecated
    if gone is None or not gone.replaced_by or reason.lifecycle != "retired":
        return
    successor = api.reasons.get(gone.replaced_by)
    if successor and successor.lifecycle == "planned":
        yield (
            gone.at("replaced_by"),
            f"{reason.name} is retired, but its successor {successor.name} is only planned.",
            "Retire it when its successor is sent.",
        )


def _dates(api: Api, reason: Reason, gone: Deprecation) -> Iterator[Finding]:
    """Yield dates that are not in the order of a life."""
    if reason.since and is_date(reason.since) and gone.since < reason.since:
        yield (
            gone.at("since"),
            f"{reason.name} was deprecated on {gone.since}, before it was published on "
            f"{reason.since}.",
            "Correct one of the dates.",
        )
    for key, day in (("remove_after", gone.remove_after), ("retired", gone.retired)):
        if day and day < gone.since:
            yield (
                gone.at(key),
                f"{key} of {reason.name} is {day}, before it was deprecated on {gone.since}.",
                "Correct one of the dates.",
            )
    if reason.lifecycle == "retired" or gone.remove_after is None or gone.remove_after < gone.since:
        return  # what is gone went by the window of its time
    earliest = stays_until(gone.since, None, api.deprecation_window_days)
    if earliest and gone.remove_after < earliest:
        yield (
            gone.at("remove_after"),
            f"{reason.name} may go after {gone.remove_after}, but this API promises "
            f"{api.deprecation_window_days} days.",
            f"Give {earliest} or a later day.",
        )
