"""The file of the ledger: JSON with a line for each reason, so that two edits merge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.reading import parse_json_record
from reasonbook.format.record import Record
from reasonbook.format.versions import needed
from reasonbook.ledger.record import LEDGER_VERSION, Ledger
from reasonbook.text.files import read_text


def write_ledger(ledger: Ledger) -> str:
    """Return the text of the file."""
    whole = _plain(ledger)
    lines = ",\n".join(
        f"    {json.dumps(name)}: {_line(_plain(entry))}"
        for name, entry in sorted(ledger.entries.items())
    )
    whole.pop("reasons")
    head = "".join(f"  {json.dumps(key)}: {_line(value)},\n" for key, value in whole.items())
    return f'{{\n{head}  "reasons": {{\n{lines}\n  }}\n}}\n'


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_ledger(path: Path, problems: Problems) -> Ledger | None:
    """Read a ledger; None where there is none, or where it is broken, and problems say why."""
    if not path.exists():
        return None
    text = read_text(path, problems, limits.LEDGER_BYTES)
    return None if text is None else parse_ledger(text, display_path(path), problems)


def _version(text: str) -> int:
    """Return the version of a ledger that cannot be read as one of this version."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # which the strict reader reports
        return 1
    version = value.get("version") if isinstance(value, dict) else None
    return version if isinstance(version, int) else 1


def parse_ledger(text: str, path: str, problems: Problems) -> Ledger | None:
    """Parse the text of a ledger; *path* is only shown."""
    found, text = Problems(), text.removeprefix("\ufeff")
    most = limits.LEDGER_BYTES
    ledger = parse_json_record(Ledger, text, path, found, Rule.LEDGER_BROKEN, most)
    if found and (version := _version(text)) > LEDGER_VERSION:
        message = f"This ledger has version {version}, which needs {needed(version)}."
        problems.add(Rule.NEWER_FORMAT, Location(path), message)
        return None
    for problem in found:  # whatever is wrong: the file is not to be corrected by hand
        hint = "" if problem.rule is Rule.LEDGER_BROKEN else problem.hint
        problems.add(problem.rule, problem.location, problem.message, hint)
    is_broken = any(problem.rule is Rule.LEDGER_BROKEN for problem in found)
    return None if is_broken else ledger
