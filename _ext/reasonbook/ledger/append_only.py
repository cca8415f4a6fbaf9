"""The append-only rules: what was published stays, or goes in the open and in order.

Each rule compares a catalogue as it is now with a baseline: its own ledger, or an older state of
the catalogue. Adding, rewording, reordering and moving to another domain are always allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import nearest
from reasonbook.format.dates import stays_until
from reasonbook.format.model import Api, Deprecation, Reason
from reasonbook.ledger.record import Entry, Ledger, entry_of, is_published


def check_against(api: Api, baseline: Ledger, problems: Problems) -> None:
    """Report every change from *baseline* to *api* that breaks what was published."""
    if api.schema_version < baseline.schema_version:
        problems.add(
            Rule.SCHEMA_VERSION_LOWERED,
            api.at("schema_version"),
            f"schema_version is {api.schema_version}, but {baseline.schema_version} was published.",
        )
    _check_domains(api, baseline, problems)
    for entry in baseline.entries.values():
        reason = api.reasons.get(entry.reason)
        if reason is None:
            if not api.may_have(entry.reason):  # else it is only too broken to be read
                _report_missing(api, entry, baseline, problems)
            continue
        if reason.lifecycle == "planned":
            problems.add(
                Rule.REASON_REMOVED,
                reason.at("lifecycle"),
                f"{entry.reason} is planned again, but it was {entry.published}.",
            )
            continue
        _check_same(api, reason, entry, problems)
        if reason.is_sound("lifecycle", "deprecated"):
            _check_lifecycle(api, reason, entry, baseline, problems)


def _check_domains(api: Api, baseline: Ledger, problems: Problems) -> None:
    """Report domains that are gone: the addresses of their pages and anchors were published."""
    listed = {domain.name for domain in api.domains}
    for entry in baseline.entries.values():
        for name in (entry.domain, *entry.former_domains):
            if name not in listed and entry.reason in api.reasons:
                problems.add(
                    Rule.REASON_REMOVED,
                    api.at("domains"),
                    f"The domain {name}, where {entry.reason} was {entry.published}, is gone.",
                    "Keep its file, if need be with reasons: [], so that its page can lead on.",
                )


def _report_missing(api: Api, entry: Entry, baseline: Ledger, problems: Problems) -> None:
    """Report a reason that is gone, as renamed where there is a new one like it."""
    fresh = [name for name in api.reasons if name not in baseline.entries]
    sent = [name for name in fresh if is_published(api.reasons[name])]
    same = [name for name in sent if api.reasons[name].http == entry.http]
    near = nearest(entry.reason, same)
    domain = api.domain(entry.domain)
    at = api.reasons[near].at("reason") if near else _domain_place(api, entry)
    if near:
        problems.add(
            Rule.REASON_RENAMED,
            at,
            f"{entry.reason}, {entry.published}, seems to be called {near} now.",
            f"Keep {entry.reason}, deprecate it and set replaced_by to {near}.",
        )
        return
    problems.add(
        Rule.REASON_REMOVED,
        at,
        f"{entry.reason}, {entry.published}, is gone"
        + ("." if domain else f", and with it the domain {entry.domain}."),
    )


def _domain_place(api: Api, entry: Entry) -> Location:
    domain = api.domain(entry.domain)
    return domain.at("reasons") if domain else api.at("domains")


def _check_same(api: Api, reason: Reason, entry: Entry, problems: Problems) -> None:
    lost = entry.http_codes - set(reason.http_codes)
    if lost and reason.is_sound("http", "status"):
        # Under the same canonical status, it is that status which has another number now.
        moved = reason.status is not None and reason.status == entry.status
        problems.add(
            Rule.HTTP_CHANGED,
            api.at("statuses", str(reason.status), "http")
            if moved
            else reason.at("status" if reason.status else "http"),
            f"{reason.name} was published with HTTP {_listed(sorted(lost))}, and has "
            f"{_listed(reason.http_codes) or 'none that is known'} now.",
        )
    elif entry.status is not None and reason.status != entry.status:
        now = reason.status or "none"
        problems.add(
            Rule.STATUS_CHANGED,
            reason.at("status"),
            f"{reason.name} was published with status {entry.status}, and has {now} now.",
        )
    gone = [way for way in entry.arrives_in if way not in reason.arrives_in]
    if gone and reason.is_sound("arrives_in"):
        problems.add(
            Rule.STATUS_CHANGED,
            reason.at("arrives_in"),
            f"{reason.name} was published as arriving in {_listed(gone)}, and does not now.",
            "Keep the way it arrives, or publish a new reason.",
        )
    if reason.slug != (entry.slug or entry.reason):
        problems.add(
            Rule.REASON_RENAMED,
            reason.at("slug"),
            f"The page of {reason.name} was published as {entry.slug or entry.reason}, and would "
            f"be {reason.slug} now.",
            "Keep the slug: the address is the identity of the reason.",
        )


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _check_lifecycle(
    api: Api, reason: Reason, entry: Entry, baseline: Ledger, problems: Problems
) -> None:
    if entry.retired and reason.lifecycle != "retired":
        problems.add(
            Rule.REASON_REUSED,
            reason.at("lifecycle"),
            f"{reason.name} was retired on {entry.retired} and is {reason.lifecycle} now.",
        )
    gone = reason.deprecated
    if gone is None:
        return
    _check_promise(api, reason, gone, entry, problems)
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
        _check_retirement(api, reason, gone, entry, baseline, problems)


def _check_promise(
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
    api: Api, reason: Reason, gone: Deprecation, entry: Entry, baseline: Ledger, problems: Problems
) -> None:
    """Compare the step from sent to retired with what clients were promised.

    A correction is free of that, since no client ever got the reason; but one that was recorded
    as deprecated was sent.
    """
    if gone.never_sent and not entry.deprecated:
        return
    hint = ""
    if gone.never_sent:
        hint = "It is on record as deprecated, so it was sent and is not a correction."
    at = reason.at("lifecycle")
    if api.schema_version <= baseline.schema_version:
        problems.add(
            Rule.RETIRED_WITHOUT_VERSION,
            at,
            f"{reason.name} is retired, but schema_version is still {api.schema_version}.",
            hint,
        )
    if not entry.deprecated:
        problems.add(
            Rule.RETIRED_TOO_EARLY, at, f"{reason.name} is retired without having been deprecated."
        )
        return
    until = stays_until(entry.deprecated, entry.remove_after, api.deprecation_window_days)
    if gone.retired and until and gone.retired < until:
        problems.add(
            Rule.RETIRED_TOO_EARLY,
            reason.at("deprecated", "retired"),
            f"{reason.name} is retired on {gone.retired}, but was promised to stay until {until}.",
            hint,
        )


def ledger_of_catalogue(api: Api) -> Ledger:
    """Return what counts as published in a baseline without a ledger: all that is not planned."""
    entries = {
        reason.name: entry_of(reason, api, "")
        for reason in api.reasons.values()
        if is_published(reason)
    }
    return Ledger.of(api.name, api.schema_version, entries)
