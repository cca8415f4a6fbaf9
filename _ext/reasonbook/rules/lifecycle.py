"""Rules for the life of a reason: its state, the dates, and what stands in for it."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import stays_until
from reasonbook.format.model import Api, Deprecation, Reason


def check_lifecycle(api: Api, reason: Reason, problems: Problems) -> None:
    """Hold lifecycle, ``deprecated`` and the dates against each other."""
    for at, message, hint in (
        *_fields(reason),
        *_successor(api, reason),
        *(_dates(api, reason, reason.deprecated) if reason.deprecated else ()),
    ):
        problems.add(Rule.LIFECYCLE_FIELDS, at, message, hint)


Finding = tuple[Location, str, str]


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
    if gone is not None and gone.correction and state != "retired":
        yield (
            gone.at("correction"),
            f"{reason.name} is a correction, but {state}.",
            "A correction is retired at once; else remove it.",
        )
    observed = next((e.title for e in reason.examples if e.origin == "observed"), None)
    if gone is not None and gone.correction and observed is not None:
        yield (
            gone.at("correction"),
            f"{reason.name} is a correction, so the API never sent it, but its example "
            f"{observed!r} was observed.",
            "Remove correction, or correct the origin of the example.",
        )


def _successor(api: Api, reason: Reason) -> Iterator[Finding]:
    """Yield a successor that nobody gets, though the reason itself is no longer sent."""
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
    if reason.since and gone.since < reason.since:
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


def check_fallbacks(api: Api, problems: Problems) -> None:
    """Refuse reasons that stand in for each other in a circle, each circle once."""
    done: set[str] = set()
    for name in api.reasons:
        _follow(api, name, done, problems)


def _follow(api: Api, start: str, done: set[str], problems: Problems) -> None:
    """Walk through fallbacks without recursion; report each edge that leads back."""
    pending: list[tuple[str, int]] = [(start, 0)]
    on_path: dict[str, None] = {}
    while pending:
        name, index = pending.pop()
        reason = api.reasons.get(name)
        if index == 0:
            if name in done or reason is None:
                continue
            on_path[name] = None
        assert reason
        if index == len(reason.falls_back_to):
            done.add(name)
            del on_path[name]
            continue
        pending.append((name, index + 1))
        following = reason.falls_back_to[index]
        if following in on_path:
            names = [*on_path]
            chain = " → ".join([*names[names.index(following) :], following])
            problems.add(
                Rule.FALLBACK_CYCLE,
                reason.at("falls_back_to", index),
                f"{following} falls back to itself: {chain}.",
            )
        else:
            pending.append((following, 0))
