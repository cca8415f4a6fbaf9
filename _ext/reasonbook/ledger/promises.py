"""What an API promised as a whole: how long a reason stays, and where in a body it is."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import stays_until
from reasonbook.format.model import Api, Deprecation, Reason
from reasonbook.ledger.record import Entry, Ledger, longer
from reasonbook.ledger.said import Said
from reasonbook.ledger.wire import lost, wire_of


def check_promise(api: Api, baseline: Ledger, problems: Problems) -> None:
    """Report a promise that is lower than that under which reasons were published.

    It holds as long as clients may receive any of them.
    """
    living = next(baseline.living, None)
    for key, was, now in lowered(baseline, api.stability, api.deprecation_window_days):
        if living and api.is_sound(key):
            problems.add(
                Rule.PROMISE_LOWERED,
                api.at(key),
                f"{living.reason} was published under {key} {was}, which is {now} now.",
            )


def lowered(
    baseline: Ledger, stability: str | None, window: int | None
) -> list[tuple[str, object, object]]:
    """Return which promises of a ledger are lower now: the key, its value, and that of now."""
    found: list[tuple[str, object, object]] = []
    if baseline.stability == "append-only" and stability != "append-only":
        found.append(("stability", baseline.stability, stability))
    days = baseline.deprecation_window_days
    if days is not None and (window is None or window < days):
        found.append(("deprecation_window_days", days, window))
    return [(key, was, "none" if now is None else now) for key, was, now in found]


def check_places(api: Api, baseline: Ledger, version: int, problems: Problems) -> None:
    """Report that a reason is no longer where clients look for it in a body.

    A higher ``schema_version`` than *version* tells them to look elsewhere.
    """
    if api.schema_version > version or not api.is_sound("envelope", "envelopes"):
        return
    compared: set[tuple[str | None, str | None, bool]] = set()
    for entry in baseline.living:
        reason, old = api.reasons.get(entry.reason), baseline.wire(entry)
        if reason is None or old is None or not reason.is_sound("envelope"):
            continue
        is_moved = entry.envelope != reason.envelope_name
        second_level = not is_moved or reason.sub_reason is not None
        kind = entry.envelope, reason.envelope_name, second_level
        if kind in compared:
            continue
        compared.add(kind)
        envelope = api.envelope_of(reason)
        for key, was in lost(old, wire_of(envelope), second_level):
            if not envelope.is_sound(key):
                continue
            problems.add(
                Rule.PLACE_CHANGED,
                reason.at("envelope") if is_moved else envelope.at(key),
                f"{reason.name} was published with {was}, which its envelope no longer has.",
            )


def check_lifecycle(api: Api, said: Said, baseline: Ledger, problems: Problems) -> None:
    """Compare the state of a reason with that on record, and with what was promised."""
    reason, entry, gone = said.reason, said.entry, said.reason.deprecated
    if entry.retired and reason.lifecycle != "retired":
        problems.add(
            Rule.REASON_REUSED,
            reason.at("lifecycle"),
            f"{reason.name} was retired on {entry.retired} and is {reason.lifecycle} now.",
        )
    if gone is None:
        return
    _check_days(api, reason, gone, entry, problems)
    if entry.retired:
        if reason.lifecycle == "retired" and gone.never_sent != entry.correction:
            problems.add(
                Rule.LEDGER_DIFFERS,
                reason.at("deprecated", "never_sent"),
                f"{reason.name} was retired on {entry.retired} "
                + ("as a correction." if entry.correction else "as a reason that had been sent."),
                "Leave never_sent as it was: what happened does not change.",
            )
    elif reason.lifecycle == "retired":
        _check_retirement(api, said, gone, baseline, problems)


def _check_days(
    api: Api, reason: Reason, gone: Deprecation, entry: Entry, problems: Problems
) -> None:
    """Compare the dates of a deprecation with those that clients know."""
    until = stays_until(gone.since, gone.remove_after, api.deprecation_window_days)
    if entry.remove_after and (until or "") < entry.remove_after and not entry.retired:
        problems.add(
            Rule.RETIRED_TOO_EARLY,
            reason.at("deprecated", "remove_after"),
            f"{reason.name} was promised to stay until {entry.remove_after}, and now only until "
            f"{until or 'an unknown day'}.",
            "Keep the day that was promised, or a later one.",
        )
    if not entry.deprecated and not reason.since and gone.since < (entry.first or ""):
        problems.add(
            Rule.LIFECYCLE_FIELDS,
            reason.at("deprecated", "since"),
            f"{reason.name} was deprecated on {gone.since}, before it was {entry.published}.",
            "Correct the date.",
        )


def _check_retirement(
    api: Api, said: Said, gone: Deprecation, baseline: Ledger, problems: Problems
) -> None:
    """Compare the step from sent to retired with what clients were promised.

    A reason that was never sent is free of that, since no client ever got it; but one that was
    recorded as deprecated, or with an observed example, was sent.
    """
    reason, entry = said.reason, said.entry
    proof = "deprecated" if entry.deprecated else "observed" if entry.observed else ""
    if gone.never_sent and not proof:
        return
    hint = ""
    if gone.never_sent:
        hint = f"It is on record as {proof}, so it was sent and is not a correction."
    at = reason.at("lifecycle")
    if api.schema_version <= baseline.schema_version:
        problems.add(
            Rule.RETIRED_WITHOUT_VERSION,
            at,
            f"{reason.name} is retired, but schema_version is still {api.schema_version}.",
            hint,
        )
    if not entry.deprecated:
        message = f"{reason.name} is retired without having been deprecated."
        problems.add(Rule.RETIRED_TOO_EARLY, at, message, hint)
        return
    window = longer(api.deprecation_window_days, baseline.deprecation_window_days)
    until = stays_until(entry.deprecated, entry.remove_after, window) or ""
    recorded = baseline.window_ends(entry, window) or ""
    if gone.retired and gone.retired < max(until, recorded):
        since_recording = ", counted from the day on which its deprecation was recorded"
        problems.add(
            Rule.RETIRED_TOO_EARLY,
            reason.at("deprecated", "retired"),
            f"{reason.name} is retired on {gone.retired}, but was promised to stay until "
            f"{max(until, recorded)}{since_recording if recorded > until else ''}.",
            hint,
        )


def check_dates(api: Api, baseline: Ledger, today: str, problems: Problems) -> None:
    """Report days that have not come: a reason is still sent until then, and nothing is corrected.

    *today* is the last day that has begun anywhere.
    """
    for entry in baseline.entries.values():
        reason = api.reasons.get(entry.reason)
        if reason is None:
            continue
        for each in reason.corrections:
            if each.is_sound("date") and each.date > today:
                problems.add(
                    Rule.CORRECTION,
                    each.at("date"),
                    f"{reason.name} is corrected on {each.date}, which has not come.",
                    "Give the day on which the fact is corrected.",
                )
        gone = reason.deprecated
        if gone and gone.retired and gone.retired > today and not entry.retired:
            problems.add(
                Rule.RETIRED_TOO_EARLY,
                gone.at("retired"),
                f"{reason.name} is retired on {gone.retired}, which has not come.",
                "Retire it on that day.",
            )
