"""The ledger of an API: what was ever published. ``published.json``, one line for each reason.

The YAML is the source and the ledger its lock: written by ``reasonbook publish`` only, and held
equal to the YAML by every check. It needs no history of a repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .json_source import JsonText, parse_json
from .location import Location, display_path
from .model import Api, ErrorDomain, Reason
from .problems import Problems, Rule
from .yaml_source import read_text

LEDGER_FILE = "published.json"
VERSION = 1
_DATES = ("first", "deprecated", "remove_after", "retired")


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

    def at(self, reason: str) -> Location:
        """Return where the entry of a reason stands, else the file."""
        return (self.places or {}).get(reason, Location(self.path))


def moved_away(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> list[Reason]:
    """Return the reasons that once stood in a domain and stand in another now."""
    entries = ledger.entries.values() if ledger else ()
    found = [api.reasons.get(e.reason) for e in entries if domain.name in e.former_domains]
    return [reason for reason in found if reason and reason.domain != domain.name]


def is_published(reason: Reason) -> bool:
    """Tell whether clients may rely on a reason: all but those only announced."""
    return reason.lifecycle != "planned"


def entry_of(reason: Reason, schema_version: int, today: str) -> Entry:
    """Return what the ledger holds of a reason that is published for the first time."""
    deprecated = reason.deprecated
    return Entry(
        reason=reason.name,
        first=reason.since or today,
        domain=reason.domain,
        http=reason.http,
        status=reason.status,
        schema_version=schema_version,
        deprecated=deprecated.since if deprecated else None,
        remove_after=deprecated.remove_after if deprecated else None,
        retired=deprecated.retired if deprecated else None,
        replaced_by=deprecated.replaced_by if deprecated else None,
        correction=deprecated.correction if deprecated else False,
        slug=None if reason.slug == reason.name else reason.slug,
    )


def publish(api: Api, before: Ledger | None, today: str) -> Ledger:
    """Return the ledger after publishing *api*; entries never go, and keep what is past."""
    entries = dict(before.entries) if before else {}
    for reason in api.reasons.values():
        if not is_published(reason):
            continue
        now = entry_of(reason, api.schema_version, today)
        old = entries.get(reason.name)
        if old is not None:
            now = replace(now, first=old.first, former_domains=_former(old, now))
            if now.lifecycle == old.lifecycle:
                now = replace(now, schema_version=old.schema_version)
        entries[reason.name] = now
    return Ledger(api.name, api.schema_version, dict(sorted(entries.items())))


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
    for key in ("slug", "deprecated", "remove_after", "retired", "replaced_by"):
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
    parsed = parse_json(text)
    for fault in parsed.faults:
        problems.add(Rule.LEDGER_BROKEN, Location(path, *fault.position), fault.message)
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
    return Ledger(str(data["api"]), int(str(data["schema_version"])), entries, path, places)


def _place(parsed: JsonText, name: str, path: str) -> Location:
    pointer = f"/reasons/{name.replace('~', '~0').replace('/', '~1')}"
    return Location(path, *parsed.names.get(pointer, parsed.position(pointer)))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_date(text: str) -> bool:
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
        or not all(_is_date(record[key]) for key in _DATES if record.get(key) is not None)
    ):
        return None
    values = {**record, "former_domains": tuple(former)}
    return Entry(reason=name, **values)
