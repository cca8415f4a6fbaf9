"""Findings that are alike are one, with the first place and how often it was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.diagnostics.rules import Rule


@dataclass(slots=True)
class _Found:
    at: Location
    hint: str
    count: int = 0


class Findings:
    """Collects findings and notes of many exchanges in little memory."""

    def __init__(self) -> None:
        self._found: dict[tuple[Rule | None, str], _Found] = {}
        self._left_out = 0
        self.other = Problems()  # such as those of a schema, which say where they are themselves

    def add(self, rule: Rule, at: Location, message: str, hint: str = "") -> None:
        """Count a finding; *message* does not end with a full stop."""
        self._count(rule, at, message, hint)

    def note(self, at: Location, message: str) -> None:
        """Count something that is allowed, but worth knowing."""
        self._count(None, at, message, "")

    def _count(self, rule: Rule | None, at: Location, message: str, hint: str) -> None:
        found = self._found.get((rule, message))
        if found is None:
            if len(self._found) >= limits.AUDIT_FINDINGS:
                self._left_out += 1
                return
            found = self._found[rule, message] = _Found(at, hint)
        found.count += 1

    def problems(self) -> Problems:
        """Return the findings."""
        problems = Problems()
        problems.extend(self.other)
        for (rule, message), found in self._found.items():
            if rule is not None:
                problems.add(rule, found.at, f"{message}{_often(found.count)}.", found.hint)
        return problems

    def notes(self) -> Iterator[Note]:
        """Yield the notes."""
        for (rule, message), found in self._found.items():
            if rule is None:
                yield Note(found.at, f"{message}{_often(found.count)}.")
        if self._left_out:
            text = f"After {limits.AUDIT_FINDINGS:,} that differ, {self._left_out:,} are left out."
            yield Note(Location(""), text)


def _often(count: int) -> str:
    return f" ({count:,} times)" if count > 1 else ""
