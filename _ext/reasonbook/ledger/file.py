"""The file of the ledger: JSON with a line for each reason, so that two edits merge."""

from __future__ import annotations

import json
from pathlib import Path

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.reading import parse_json_record
from reasonbook.format.versions import needed
from reasonbook.ledger.record import LEDGER_VERSION, Ledger
from reasonbook.text.files import read_text
from reasonbook.text.json_reader import parse_json


def write_ledger(ledger: Ledger) -> str:
    """Return the text of the file."""
    lines = [
        f"    {json.dumps(name)}: "
        f"{json.dumps(entry.model_dump(mode='json', exclude_defaults=True), ensure_ascii=False)}"
        for name, entry in sorted(ledger.entries.items())
    ]
    body = ",\n".join(lines)
    return (
        "{\n"
        f'  "version": {ledger.version},\n'
        f'  "api": {json.dumps(ledger.api)},\n'
        f'  "schema_version": {ledger.schema_version},\n'
        f'  "reasons": {{\n{body}\n  }}\n'
        "}\n"
    )


def read_ledger(path: Path, problems: Problems) -> Ledger | None:
    """Read a ledger; None where there is none, or where it is broken, and problems say why."""
    if not path.exists():
        return None
    text = read_text(path, problems)
    return None if text is None else parse_ledger(text, display_path(path), problems)


def _version(text: str) -> int:
    value = parse_json(text, limits.FILE_BYTES).value
    version = value.get("version") if isinstance(value, dict) else None
    return version if isinstance(version, int) else 1


def parse_ledger(text: str, path: str, problems: Problems) -> Ledger | None:
    """Parse the text of a ledger; *path* is only shown."""
    found = Problems()
    if (version := _version(text)) > LEDGER_VERSION:
        message = f"This ledger has version {version}, which needs {needed(version)}."
        problems.add(Rule.NEWER_FORMAT, Location(path), message)
        return None
    most = limits.FILE_BYTES
    ledger = parse_json_record(Ledger, text, path, found, Rule.LEDGER_BROKEN, most)
    for problem in found:  # whatever is wrong: the file is not to be corrected by hand
        hint = "" if problem.rule is Rule.LEDGER_BROKEN else problem.hint
        problems.add(problem.rule, problem.location, problem.message, hint)
    is_broken = any(problem.rule is Rule.LEDGER_BROKEN for problem in found)
    return None if is_broken else ledger
