"""The append-only rules: what was published stays, or goes in the open and in order.

Each rule compares a catalogue as it is now with a base: its own ledger, or an older state of the
catalogue. Adding, rewording, reordering and moving to another domain are always allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from .ledger import Entry, Ledger, entry_of, is_published
from .location import Location
from .model import Api, Reason
from .problems import Problems, Rule
from .shape import nearest


def check_ledger(api: Api, ledger: Ledger | None, problems: Problems) -> None:
    """Hold the YAML against its own ledger; without a ledger, nothing is published yet."""
    _check_successors(api, problems)
    if ledger is None:
        return
    if ledger.api != api.name:
        problems.add(
            Rule.LEDGER_BROKEN,
            Location(ledger.path),
            f"This is the ledger of {ledger.api}, not of {api.name}.",
        )
        return
    check_against(api, ledger, problems)
    for entry in ledger.entries.values():
        reason = api.reasons.get(entry.reason)
        again = bool(entry.retired) and reason is not None and reason.lifecycle != "retired"
        if reason is not None and is_published(reason) and not again:
            _check_recorded(reason, entry, problems)


def _check_recorded(reason: Reason, entry: Entry, problems: Problems) -> None:
    """Hold what the YAML says of the past against what is on record."""
    gone = reason.deprecated
    # What is said now, what is on record (None where nothing is), and where it is said.
    facts: tuple[tuple[str, object, object, tuple[str, ...]], ...] = (
        ("since", reason.since or entry.first, entry.first, ("since",)),
        ("deprecated since", gone and gone.since, entry.deprecated, ("deprecated", "since")),
        ("retired", gone and gone.retired, entry.retired, ("deprecated", "retired")),
        # A successor may still be named or changed until the reason is gone.
        (
            "replaced_by",
            gone and gone.replaced_by,
            entry.replaced_by if entry.retired else None,
            ("deprecated", "replaced_by"),
        ),
        (
            "correction",
            gone and gone.correction,
            entry.correction or None,
            ("deprecated", "correction"),
        ),
    )
    for key, now, recorded, path in facts:
        if recorded is not None and now != recorded:
            problems.add(
                Rule.LEDGER_DIFFERS,
                reason.at(*path),
                f"{reason.name} has {key} {now or 'none'}, but the ledger says {recorded}.",
            )


def check_against(api: Api, base: Ledger, problems: Problems) -> None:
    """Report every change from *base* to *api* that breaks what was published."""
    if api.schema_version < base.schema_version:
        problems.add(
            Rule.SCHEMA_VERSION_LOWERED,
            api.at("schema_version"),
            f"schema_version is {api.schema_version}, but {base.schema_version} was published.",
        )
    _check_domains(api, base, problems)
    for entry in base.entries.values():
        reason = api.reasons.get(entry.reason)
        if reason is None:
            _report_missing(api, entry, base, problems)
            continue
        if reason.lifecycle == "planned":
            problems.add(
                Rule.REASON_REMOVED,
                reason.at("lifecycle"),
                f"{entry.reason} is planned again, but it was {entry.published}.",
            )
            continue
        _check_same(reason, entry, problems)
        _check_lifecycle(api, reason, entry, base, problems)


def _check_domains(api: Api, base: Ledger, problems: Problems) -> None:
    """Refuse that the page of a domain goes: its address, and the anchors on it, were published."""
    listed = {domain.name for domain in api.domains}
    for entry in base.entries.values():
        for name in (entry.domain, *entry.former_domains):
            if name not in listed and entry.reason in api.reasons:
                problems.add(
                    Rule.REASON_REMOVED,
                    api.at("domains"),
                    f"The domain {name}, where {entry.reason} was {entry.published}, is gone.",
                    "Keep its file, if need be with reasons: [], so that its page can lead on.",
                )


def _report_missing(api: Api, entry: Entry, base: Ledger, problems: Problems) -> None:
    """Report a reason that is gone; a new one like it tells that it was renamed."""
    fresh = [name for name in api.reasons if name not in base.entries]
    same = [name for name in fresh if api.reasons[name].http == entry.http]
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


def _check_same(reason: Reason, entry: Entry, problems: Problems) -> None:
    if reason.http != entry.http:
        problems.add(
            Rule.HTTP_CHANGED,
            reason.at("status" if reason.status else "http"),
            f"{reason.name} was published with HTTP {entry.http}, and has {reason.http} now.",
        )
    elif entry.status is not None and reason.status != entry.status:
        now = reason.status or "none"
        problems.add(
            Rule.STATUS_CHANGED,
            reason.at("status"),
            f"{reason.name} was published with status {entry.status}, and has {now} now.",
        )
    if reason.slug != (entry.slug or entry.reason):
        problems.add(
            Rule.REASON_RENAMED,
            reason.at("slug"),
            f"The page of {reason.name} was published as {entry.slug or entry.reason}, and would "
            f"be {reason.slug} now.",
            "Keep the slug: the address is the identity of the reason.",
        )


def _check_lifecycle(
    api: Api, reason: Reason, entry: Entry, base: Ledger, problems: Problems
) -> None:
    if entry.retired and reason.lifecycle != "retired":
        problems.add(
            Rule.REASON_REUSED,
            reason.at("lifecycle"),
            f"{reason.name} was retired on {entry.retired} and is {reason.lifecycle} now.",
        )
    deprecated = reason.deprecated
    if (
        entry.remove_after
        and deprecated is not None
        and (deprecated.remove_after or "") < entry.remove_after
    ):
        problems.add(
            Rule.RETIRED_TOO_EARLY,
            reason.at("deprecated", "remove_after"),
            f"{reason.name} was promised to stay until {entry.remove_after}, and now only until "
            f"{deprecated.remove_after or 'an unknown day'}.",
            "Keep the day that was promised, or a later one.",
        )
    if reason.lifecycle != "retired" or entry.retired:
        return
    if deprecated is not None and deprecated.correction:
        return
    at = reason.at("lifecycle")
    if api.schema_version <= base.schema_version:
        problems.add(
            Rule.RETIRED_WITHOUT_VERSION,
            at,
            f"{reason.name} is retired, but schema_version is still {api.schema_version}.",
        )
    if not entry.deprecated:
        problems.add(
            Rule.RETIRED_TOO_EARLY, at, f"{reason.name} is retired without having been deprecated."
        )
    elif deprecated is not None and deprecated.retired:
        promised = _promised(api, entry)
        if promised and deprecated.retired < promised:
            problems.add(
                Rule.RETIRED_TOO_EARLY,
                reason.at("deprecated", "retired"),
                f"{reason.name} is retired on {deprecated.retired}, but was promised to stay "
                f"until {promised}.",
            )


def _promised(api: Api, entry: Entry) -> str | None:
    """Return the day until which a deprecated reason stays: as promised, or by the API's window."""
    if entry.remove_after or not entry.deprecated or api.deprecation_window_days is None:
        return entry.remove_after
    window = timedelta(days=api.deprecation_window_days)
    return (date.fromisoformat(entry.deprecated) + window).isoformat()


def _check_successors(api: Api, problems: Problems) -> None:
    """Refuse a chain of successors that comes back to where it began."""
    for reason in api.reasons.values():
        seen = [reason.name]
        now: Reason | None = reason
        while now and now.deprecated and now.deprecated.replaced_by:
            following = now.deprecated.replaced_by
            if following in seen:
                if following == reason.name:
                    chain = " → ".join([*seen, following])
                    problems.add(
                        Rule.SUCCESSOR_CYCLE,
                        reason.at("deprecated", "replaced_by"),
                        f"The successors of {reason.name} lead back to it: {chain}.",
                    )
                break
            seen.append(following)
            now = api.reasons.get(following)


def check_ledger_kept(
    base: Ledger, ledger: Ledger | None, at: Location, problems: Problems
) -> None:
    """Hold a ledger against an older one: no line goes, and what is past does not change."""
    entries: Mapping[str, Entry] = ledger.entries if ledger else {}
    for entry in base.entries.values():
        now = entries.get(entry.reason)
        if now is None:
            problems.add(
                Rule.LEDGER_EDITED, at, f"The ledger has lost its entry of {entry.reason}."
            )
            continue
        for key, old, new in (
            ("first", entry.first, now.first),
            ("http", entry.http, now.http),
            ("status", entry.status, now.status or entry.status),
            ("retired", entry.retired, now.retired if entry.retired else None),
            ("deprecated", entry.deprecated, now.deprecated if entry.deprecated else None),
            ("replaced_by", entry.retired and entry.replaced_by, entry.retired and now.replaced_by),
            ("correction", entry.correction, entry.correction and now.correction),
            ("slug", entry.slug, now.slug),
            (
                "former_domains",
                entry.former_domains,
                tuple(name for name in now.former_domains if name in entry.former_domains),
            ),
        ):
            if old != new:
                problems.add(
                    Rule.LEDGER_EDITED,
                    ledger.at(entry.reason) if ledger else at,
                    f"The entry of {entry.reason} had {key} {old}, and has {new} now.",
                )


def ledger_of_catalogue(api: Api) -> Ledger:
    """Return what counts as published in a base without a ledger: all that is not planned."""
    entries = {
        reason.name: entry_of(reason, api.schema_version, "")
        for reason in api.reasons.values()
        if is_published(reason)
    }
    return Ledger(api.name, api.schema_version, entries)
