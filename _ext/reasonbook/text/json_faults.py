"""What strict JSON forbids, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.json_reader import Fault

FAULT_RULES = {
    "syntax": Rule.JSON_SYNTAX,
    "duplicate": Rule.JSON_DUPLICATE_MEMBER,
    "value": Rule.JSON_UNSAFE_VALUE,
}


def report_faults(
    faults: Iterable[Fault], locate: Callable[[int, int], Location], problems: Problems
) -> None:
    """Report what strict JSON forbids, each where it stands."""
    for fault in faults:
        problems.add(FAULT_RULES[fault.kind], locate(*fault.position), fault.message)
