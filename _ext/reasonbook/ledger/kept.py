"""A ledger is not rewritten: beside an older one, no line is gone, and the past is the same."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import stays_until
from reasonbook.ledger.facts import lost_facts, lost_observation, permits
from reasonbook.ledger.promises import lowered
from reasonbook.ledger.record import Entry, Ledger
from reasonbook.ledger.wire import lost

#: What differs: its key, what it was, and what it is now.
Difference = tuple[str, object, object]


def check_ledger_kept(
    baseline: Ledger, ledger: Ledger | None, at: Location, problems: Problems
) -> None:
    """Report what a ledger had and has no longer; *at* is where it should be.

    Only ``publish`` writes it, and that keeps what is past.
    """
    if ledger is None:
        count = len(baseline.entries)
        what = "1 reason" if count == 1 else f"{count} reasons"
        message = f"The ledger is gone, and with it what was on record of {what}."
        problems.add(Rule.LEDGER_EDITED, at, message, "Restore the file.")
        return
    for key, old, new in _of_the_whole(baseline, ledger):
        problems.add(
            Rule.LEDGER_EDITED,
            ledger.at(key),
            f"The ledger had {key} {_shown(old)}, and has {_shown(new)} now.",
        )
    last_day = baseline.last_day
    for now in ledger.entries.values():
        _check_antedated(baseline, last_day, ledger, now, problems)
    compared: set[tuple[str | None, str | None, bool]] = set()
    for entry in baseline.entries.values():
        kept = ledger.entries.get(entry.reason)
        if kept is None:
            problems.add(
                Rule.LEDGER_EDITED, at, f"The ledger has lost its entry of {entry.reason}."
            )
            continue
        differences = [*_rewritten(entry, kept)]
        second_level = entry.envelope == kept.envelope or "/" in entry.reason
        kind = entry.envelope, kept.envelope, second_level
        if not entry.retired and kind not in compared:
            compared.add(kind)
            differences += _elsewhere(baseline, entry, ledger, kept, second_level)
        for key, old, new in differences:
            problems.add(
                Rule.LEDGER_EDITED,
                ledger.at("reasons", entry.reason),
                f"The entry of {entry.reason} had {key} {_shown(old)}, and has {_shown(new)} now.",
            )


def _of_the_whole(old: Ledger, now: Ledger) -> Iterator[Difference]:
    for key in ("schema_version", "version"):  # an older version cannot tell what was known
        if getattr(now, key) < getattr(old, key):
            yield key, getattr(old, key), getattr(now, key)
    if any(True for _ in old.living):
        yield from lowered(old, now.stability, now.deprecation_window_days)


def _rewritten(old: Entry, now: Entry) -> Iterator[Difference]:
    """Yield what an entry said and says no longer, though ``publish`` would have kept it."""
    fresh = old.fresh_corrections(now.corrections)

    def differs(name: str, key: str = "") -> bool:
        was = getattr(old, name)
        return bool(was != getattr(now, name) and not permits(fresh, key or name, was))

    if not old.http_codes <= now.http_codes and not (
        permits(fresh, "http", old.http) or (old.status and permits(fresh, "status", old.status))
    ):
        yield "http", old.http, now.http
    if not set(old.arrives_in) <= set(now.arrives_in) and differs("arrives_in"):
        yield "arrives_in", old.arrives_in, now.arrives_in
    came = "since" not in (old.facts or {"since": ""}) and (now.facts or {}).get("since")
    if differs("first", "since") and came != now.first:  # it was not known, and is now
        yield "first", old.first, now.first
    if old.recorded and now.last_day < old.recorded:  # from which a window may count
        yield "recorded", old.recorded, now.recorded
    if old.slug != now.slug:
        yield "slug", old.slug, now.slug
    # What comes later may be added; what is said stays.
    for name, key in (
        ("status", "status"),
        ("deprecated", "deprecated.since"),
        ("retired", "deprecated.retired"),
    ):
        if getattr(old, name) and differs(name, key):
            yield name, getattr(old, name), getattr(now, name)
    for key, value in lost_facts(old.facts, now.facts, fresh).items():
        yield key, value, None
    if lost_observation(old.observed, now.observed, now.http_codes, fresh):
        yield "observed", old.observed, now.observed
    for each in old.corrections:
        if each.what not in {kept.what for kept in now.corrections}:
            yield "a correction of", each.key_, None
    if old.retired:
        names = ("correction", "remove_after", "window_ends", "schema_version")
        for name in (*names, "replaced_by"):
            if differs(name, f"deprecated.{name}" if name == "replaced_by" else "-"):
                yield name, getattr(old, name), getattr(now, name)
    else:
        for name in ("remove_after", "window_ends"):
            if (getattr(old, name) or "") > (getattr(now, name) or ""):
                yield name, getattr(old, name), getattr(now, name)
        same = old.lifecycle == now.lifecycle
        if now.schema_version < old.schema_version or (
            same and now.schema_version != old.schema_version
        ):
            yield "schema_version", old.schema_version, now.schema_version
    stood = tuple(dict.fromkeys((*old.former_domains, old.domain)))
    stands = (*now.former_domains, now.domain)
    if not set(stood) <= set(stands):
        yield "the domains", stood, stands


def _elsewhere(
    old: Ledger, entry: Entry, now: Ledger, kept: Entry, second_level: bool
) -> Iterator[Difference]:
    """Yield the places of a reason that a ledger no longer tells."""
    was, is_now = old.wire(entry), now.wire(kept)
    if was is None or now.schema_version > old.schema_version:
        return
    if is_now is None:
        yield "the envelope", entry.envelope or "of the API", None
        return
    for _, value in lost(was, is_now, second_level):
        yield "an envelope with", value, None


def _check_antedated(
    baseline: Ledger, last_day: str, ledger: Ledger, now: Entry, problems: Problems
) -> None:
    """Report a window that ends too early for a deprecation which the older ledger does not have.

    It was recorded at a later release than the last one that the older ledger tells of.
    """
    old = baseline.entries.get(now.reason)
    if not now.deprecated or now.correction or (old and old.deprecated):
        return
    end = stays_until(last_day, None, baseline.deprecation_window_days)
    kept = max(now.remove_after or "", now.window_ends or "")
    if end and kept < end:
        problems.add(
            Rule.LEDGER_EDITED,
            ledger.at("reasons", now.reason),
            f"The deprecation of {now.reason} was not on record on {last_day}, so it "
            f"stays until {end} at least, and not {kept or 'an unknown day'}.",
        )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)
