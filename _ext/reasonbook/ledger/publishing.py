"""What a release adds to the ledger: entries never go, and keep what is past."""

from __future__ import annotations

from typing import Any

from reasonbook.format.dates import is_date
from reasonbook.format.model import Api, Reason
from reasonbook.ledger.record import (
    Entry,
    Ledger,
    entry_of,
    is_published,
    promised_by,
)

#: What a release notes of an entry without its being an event: nothing happened to the reason.
_QUIET = ("facts", "observed", "envelope", "window_ends")


def publish(api: Api, before: Ledger | None, today: str) -> Ledger:
    """Return the ledger after publishing *api*."""
    entries = dict(before.entries) if before else {}
    for reason in api.reasons.values():
        if is_published(reason):
            old = entries.get(reason.name)
            now = entry_of(reason, api, today)
            if before and old:
                end = before.window_ends(old, api.deprecation_window_days)
                entries[reason.name] = _following(old, now, reason, today, end)
            else:
                entries[reason.name] = _recorded(now, today)
    entries = dict(sorted(entries.items()))
    return Ledger.of(api.name, api.schema_version, entries, **promised_by(api))


def _following(
    old: Entry, now: Entry, reason: Reason, today: str, window_ends: str | None
) -> Entry:
    """Return the entry that takes the place of *old*."""
    now = now.replaced(first=_first(old, now, reason), former_domains=_former(old, now))
    if now.lifecycle == old.lifecycle:
        now = now.replaced(schema_version=old.schema_version)
    if old.deprecated:  # the window has counted since that was recorded
        now = now.replaced(window_ends=window_ends)
    if now.retired:
        now = now.replaced(remove_after=now.remove_after or old.remove_after)
    quiet: dict[str, Any] = {key: getattr(now, key) for key in _QUIET}
    if now == old.replaced(**quiet, recorded=now.recorded):
        return now.replaced(recorded=old.recorded)
    return _recorded(now, today)


def _first(old: Entry, now: Entry, reason: Reason) -> str | None:
    """Return the first day: what the catalogue says of it now, else that of the first release."""
    if reason.since and is_date(reason.since):
        return reason.since
    was_said = old.facts is not None and is_date(str(old.facts.get("since")))
    return None if was_said else old.first


def _recorded(entry: Entry, today: str) -> Entry:
    """Note the day of the release, for followers of the feed, where no other day tells it."""
    entry = entry.replaced(recorded=None)
    return entry.replaced(recorded=today) if today > entry.last_day else entry


def _former(old: Entry, now: Entry) -> tuple[str, ...]:
    """Return the domains in which a reason was before, the first first."""
    moved = [*old.former_domains, old.domain] if old.domain != now.domain else old.former_domains
    return tuple(dict.fromkeys(domain for domain in moved if domain != now.domain))
