"""Reads ``operations.json``."""

from __future__ import annotations

from pathlib import Path

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.operations import Operations
from reasonbook.format.reading import read_json_record


def read_operations(path: Path, problems: Problems) -> Operations | None:
    """Read the list; None where there is none, or where it cannot be relied on."""
    if not path.exists():
        return None
    before = len(problems)
    operations = read_json_record(Operations, path, problems, Rule.OPERATIONS_FILE)
    if operations is None:
        return None
    for operation in operations.extra:
        if operation in operations.operations:
            at = operations.key_at("extra", operation)
            message = f"{operation} is listed under operations, too."
            problems.add(Rule.OPERATIONS_FILE, at, message)
    operations.link(path=path)
    return operations if len(problems) == before else None
