"""The file of the ledger: JSON with a line for each reason, so that two edits merge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import is_date
from reasonbook.ledger.record import Entry, Ledger
from reasonbook.text.files import read_text
from reasonbook.text.json_characters import check_every_text
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText

VERSION = 1
_DATES = ("first", "deprecated", "remove_after", "retired", "recorded")


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
    parsed = parse_json(text, most=limits.FILE_BYTES)
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
