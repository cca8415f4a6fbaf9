"""The ledger of an API: what was ever published. ``published.json``, one line for each reason.

The YAML is the source and the ledger its lock: written by ``reasonbook publish`` only, and held
equal to the YAML by every check. It needs no history of a repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .json_source import JsonText, parse_json
from .location import Location, display_path
from .model import Api, ErrorDomain, Reason
from .problems import Problems, Rule
from .schema_texts import check_every_text
from .yaml_source import MAX_BYTES, read_text

LEDGER_FILE = "published.json"
VERSION = 1
_DATES = ("first", "deprecated", "remove_after", "retired", "recorded")


@dataclass(frozen=True)
class Entry:
    """What is on record of a published reason. Dates are ISO 8601."""

    reason: str
    first: str
    domain: str
    http: int
    status: str | None
    schema_version: int  # of the API when this entry last changed its state
    former_domains: tuple[str, ...] = ()
    deprecated: str | None = None
    remove_after: str | None = None
    retired: str | None = None
    replaced_by: str | None = None
    correction: bool = False
    slug: str | None = None  # of its page, where that is not the reason itself
    recorded: str | None = None  # when this entry last changed, where that is after its other days

    @property
    def published(self) -> str:
        """That it was published and, where that is known, when."""
        return f"published on {self.first}" if self.first else "published before"

    @property
    def lifecycle(self) -> str:
        """The state on record."""
        if self.retired:
            return "retired"
        return "deprecated" if self.deprecated else "active"


@dataclass(frozen=True)
class Ledger:
    """The entries of an API by reason; ``places`` say where each stands in the file."""

    api: str
    schema_version: int
    entries: Mapping[str, Entry]
    path: str = ""
    places: Mapping[str, Location] | None = None
    version_place: Location | None = None

    def at(self, reason: str) -> Location:
        """Return where the entry of a reason stands, else the file."""
        return (self.places or {}).get(reason, Location(self.path))


def moved_away(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> list[Reason]:
    """Return the reasons that once stood in a domain and stand in another now.

    A move counts at once, not only from the next release: the page that loses the anchor is
    already built.
    """
    entries = ledger.entries.values() if ledger else ()
    found = [
        api.reasons.get(entry.reason)
        for entry in entries
        if domain.name in (entry.domain, *entry.former_domains)
    ]
    return [reason for reason in found if reason and reason.domain != domain.name]


def is_published(reason: Reason) -> bool:
    """Tell whether clients may rely on a reason: all but those only announced."""
    return reason.lifecycle != "planned"


def stays_until(since: str, remove_after: str | None, window: int | None) -> str | None:
    """Return until when a deprecated reason stays: as promised, else by the API's window."""
    if remove_after or window is None:
        return remove_after
    try:
        return (date.fromisoformat(since) + timedelta(days=window)).isoformat()
    except (ValueError, OverflowError):  # the shape of dates is held to elsewhere
        return None


def entry_of(reason: Reason, api: Api, today: str) -> Entry:
    """Return what the ledger holds of a reason that is published for the first time.

    The day until which a deprecated one stays is on record even where only the API's window says
    it, so that a shorter window later does not shorten what was promised.
    """
    gone = reason.deprecated
    until = gone.remove_after if gone else None
    if gone and reason.lifecycle == "deprecated":
        until = stays_until(gone.since, until, api.deprecation_window_days)
    return Entry(
        reason=reason.name,
        first=reason.since or today,
        domain=reason.domain,
        http=reason.http,
        status=reason.status,
        schema_version=api.schema_version,
        deprecated=gone.since if gone else None,
        remove_after=until,
        retired=gone.retired if gone else None,
        replaced_by=gone.replaced_by if gone else None,
        correction=gone.correction if gone else False,
        slug=None if reason.slug == reason.name else reason.slug,
    )


def publish(api: Api, before: Ledger | None, today: str) -> Ledger:
    """Return the ledger after publishing *api*; entries never go, and keep what is past."""
    entries = dict(before.entries) if before else {}
    for reason in api.reasons.values():
        if is_published(reason):
            old = entries.get(reason.name)
            now = entry_of(reason, api, today)
            entries[reason.name] = _following(old, now, today) if old else _recorded(now, today)
    return Ledger(api.name, api.schema_version, dict(sorted(entries.items())))


def _following(old: Entry, now: Entry, today: str) -> Entry:
    """Return the entry that takes the place of *old*."""
    now = replace(now, first=old.first, former_domains=_former(old, now))
    if now.lifecycle == old.lifecycle:
        now = replace(now, schema_version=old.schema_version)
    if now.retired:
        now = replace(now, remove_after=now.remove_after or old.remove_after)
    if replace(now, recorded=old.recorded) == old:
        return old
    return _recorded(now, today)


def _recorded(entry: Entry, today: str) -> Entry:
    """Note the day of the release, for followers of the feed, where no other day tells it."""
    days = (entry.first, entry.deprecated or "", entry.retired or "")
    return replace(entry, recorded=today) if today > max(days) else entry


def _former(old: Entry, now: Entry) -> tuple[str, ...]:
    """Return the domains in which a reason stood before, the first first."""
    moved = [*old.former_domains, old.domain] if old.domain != now.domain else old.former_domains
    return tuple(dict.fromkeys(domain for domain in moved if domain != now.domain))


def write_ledger(ledger: Ledger) -> str:
    """Return the text of the file: a line for each reason, so that two edits merge."""
    lines = [
        f"    {json.dumps(name)}: {json.dumps(_record(entry), ensure_ascii=False)}"
        for name, entry in sorted(ledger.entries.items())
    ]
    body = ",\n".join(lines)
    return (
        "{\n"
        f'  "version": {VERSION},\n'
        f'  "api": {json.dumps(ledger.api)},\n'
        f'  "schema_version": {ledger.schema_version},\n'
        f'  "reasons": {{\n{body}\n  }}\n'
        "}\n"
    )


def _record(entry: Entry) -> dict[str, Any]:
    record: dict[str, Any] = {
        "first": entry.first,
        "domain": entry.domain,
        "http": entry.http,
        "status": entry.status,
        "schema_version": entry.schema_version,
    }
    if entry.former_domains:
        record["former_domains"] = list(entry.former_domains)
    for key in ("slug", "deprecated", "remove_after", "retired", "replaced_by", "recorded"):
        if getattr(entry, key) is not None:
            record[key] = getattr(entry, key)
    if entry.correction:
        record["correction"] = True
    return record


def read_ledger(path: Path, problems: Problems) -> Ledger | None:
    """Read a ledger; None where there is none, or where it is broken, and problems say why."""
    if not path.exists():
        return None
    text = read_text(path, problems)
    return None if text is None else parse_ledger(text, display_path(path), problems)


def parse_ledger(text: str, path: str, problems: Problems) -> Ledger | None:
    """Parse the text of a ledger; *path* is only shown."""
    parsed = parse_json(text, most=MAX_BYTES)
    for fault in parsed.faults:
        problems.add(Rule.LEDGER_BROKEN, Location(path, *fault.position), fault.message)
    check_every_text(text, parsed, path, problems)
    data = parsed.value
    if parsed.faults:
        return None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        problems.add(Rule.LEDGER_BROKEN, Location(path), f"This is no ledger of version {VERSION}.")
        return None
    reasons = data.get("reasons")
    if not (
        isinstance(reasons, dict)
        and data.keys() == {"version", "api", "schema_version", "reasons"}
        and isinstance(data.get("api"), str)
        and _is_count(data.get("schema_version"))
    ):
        problems.add(
            Rule.LEDGER_BROKEN,
            Location(path),
            "A ledger has version, api, schema_version and reasons, and nothing else.",
        )
        return None
    entries: dict[str, Entry] = {}
    places: dict[str, Location] = {}
    for name, record in reasons.items():
        places[name] = _place(parsed, name, path)
        entry = _entry(name, record)
        if entry is None:
            problems.add(Rule.LEDGER_BROKEN, places[name], f"The entry of {name} is broken.")
            return None
        entries[name] = entry
    version = Location(path, *parsed.position("/schema_version"))
    return Ledger(
        str(data["api"]), int(str(data["schema_version"])), entries, path, places, version
    )


def _place(parsed: JsonText, name: str, path: str) -> Location:
    pointer = f"/reasons/{name.replace('~', '~0').replace('/', '~1')}"
    return Location(path, *parsed.names.get(pointer, parsed.position(pointer)))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_date(text: str) -> bool:
    """Tell whether a text is a day, and written as the ledger writes it: ``2026-04-25``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _entry(name: str, record: Any) -> Entry | None:
    if not isinstance(record, dict):
        return None
    texts = ("first", "domain")
    optional = ("status", "slug", "replaced_by", *_DATES[1:])
    numbers = ("http", "schema_version")
    former = record.get("former_domains", [])
    known = {*texts, *optional, *numbers, "former_domains", "correction"}
    if (
        not known >= record.keys()
        or not all(isinstance(record.get(key), str) for key in texts)
        or not all(isinstance(record.get(key), str | None) for key in optional)
        or not all(_is_count(record.get(key)) for key in numbers)
        or not isinstance(former, list)
        or not all(isinstance(item, str) for item in former)
        or not isinstance(record.get("correction", False), bool)
        or not 100 <= record["http"] <= 599
        or not all(is_date(record[key]) for key in _DATES if record.get(key) is not None)
    ):
        return None
    values = {**record, "former_domains": tuple(former)}
    return Entry(reason=name, **values)
