"""The rules of the ledger: it and the YAML agree about the past, and neither rewrites it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import is_date
from reasonbook.format.model import Api, Reason
from reasonbook.ledger.append_only import check_against
from reasonbook.ledger.record import Entry, Ledger, is_published


def check_ledger(api: Api, ledger: Ledger | None, problems: Problems) -> None:
    """Compare the YAML with its own ledger; without a ledger, nothing is published yet."""
    if ledger is None:
        return
    if ledger.api != api.name:
        problems.add(
            Rule.LEDGER_BROKEN,
            ledger.node.location,
            f"This is the ledger of {ledger.api}, not of {api.name}.",
        )
        return
    check_against(api, ledger, problems)
    for entry in ledger.entries.values():
        reason = api.reasons.get(entry.reason)
        again = bool(entry.retired) and reason is not None and reason.lifecycle != "retired"
        if reason is not None and is_published(reason) and not again:
            _check_recorded(reason, entry, problems)


def _day(reason: Reason, entry: Entry) -> str | None:
    """Return the day on which a reason says it was published; a version tells none."""
    return reason.since if reason.since and is_date(reason.since) else entry.first


def _check_recorded(reason: Reason, entry: Entry, problems: Problems) -> None:
    """Compare what the YAML says of the past with what is on record."""
    gone = reason.deprecated
    # What is said now, what is on record (None where nothing is), and where it is said.
    facts: tuple[tuple[str, object, object, tuple[str, ...]], ...] = (
        ("since", _day(reason, entry), entry.first, ("since",)),
        ("deprecated since", gone and gone.since, entry.deprecated, ("deprecated", "since")),
        ("retired", gone and gone.retired, entry.retired, ("deprecated", "retired")),
        # Until the reason is gone, a later day may be promised, and a successor still be named.
        (
            "remove_after",
            (gone and gone.remove_after) or entry.remove_after,
            entry.remove_after if entry.retired else None,
            ("deprecated", "remove_after"),
        ),
        (
            "replaced_by",
            gone and gone.replaced_by,
            entry.replaced_by if entry.retired else None,
            ("deprecated", "replaced_by"),
        ),
    )
    for key, now, recorded, path in facts:
        if recorded is not None and now != recorded:
            problems.add(
                Rule.LEDGER_DIFFERS,
                reason.at(*path),
                f"{reason.name} has {key} {now or 'none'}, but the ledger says {recorded}.",
                "A deprecation that was published is not taken back: keep it, and promise a later "
                "remove_after."
                if gone is None and entry.deprecated == recorded
                else "",
            )


def check_ledger_kept(
    baseline: Ledger, ledger: Ledger | None, at: Location, problems: Problems
) -> None:
    """Compare a ledger with an older one: no line may go, and the past may not change.

    *at* is where the ledger should be.
    """
    if ledger and ledger.schema_version < baseline.schema_version:
        problems.add(
            Rule.LEDGER_EDITED,
            ledger.at("schema_version"),
            f"The ledger had schema_version {baseline.schema_version}, and has "
            f"{ledger.schema_version} now.",
        )
    entries: Mapping[str, Entry] = ledger.entries if ledger else {}
    for entry in baseline.entries.values():
        now = entries.get(entry.reason)
        if now is None:
            problems.add(
                Rule.LEDGER_EDITED, at, f"The ledger has lost its entry of {entry.reason}."
            )
            continue
        for key, old, new in _rewritten(entry, now):
            problems.add(
                Rule.LEDGER_EDITED,
                ledger.at("reasons", entry.reason) if ledger else at,
                f"The entry of {entry.reason} had {key} {_shown(old)}, and has {_shown(new)} now.",
            )


def _rewritten(old: Entry, now: Entry) -> Iterator[tuple[str, object, object]]:
    """Yield what an entry said and says no longer, though ``publish`` would have kept it."""
    if not old.http_codes <= now.http_codes:
        yield "http", old.http, now.http
    if not set(old.arrives_in) <= set(now.arrives_in):
        yield "arrives_in", old.arrives_in, now.arrives_in
    for key in ("first", "slug"):
        if getattr(old, key) != getattr(now, key):
            yield key, getattr(old, key), getattr(now, key)
    # What comes later may be added; what is said stays.
    for key in ("status", "deprecated", "retired"):
        if getattr(old, key) and getattr(old, key) != getattr(now, key):
            yield key, getattr(old, key), getattr(now, key)
    if old.retired:
        for key in ("replaced_by", "correction", "remove_after", "schema_version"):
            if getattr(old, key) != getattr(now, key):
                yield key, getattr(old, key), getattr(now, key)
    else:
        if old.remove_after and (now.remove_after or "") < old.remove_after:
            yield "remove_after", old.remove_after, now.remove_after
        same = old.lifecycle == now.lifecycle
        if now.schema_version < old.schema_version or (
            same and now.schema_version != old.schema_version
        ):
            yield "schema_version", old.schema_version, now.schema_version
    stood = tuple(dict.fromkeys((*old.former_domains, old.domain)))
    stands = (*now.former_domains, now.domain)
    if not set(stood) <= set(stands):
        yield "the domains", stood, stands


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)
