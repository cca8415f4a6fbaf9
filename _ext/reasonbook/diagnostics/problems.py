"""Problems: what was found under which rule, where, and how to fix it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.rules import Rule, Severity

# C0 and C1 controls, what changes the direction of a line or has no width, and half characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def printable(text: str) -> str:
    """Return *text* on one line, with what could steer a terminal shown as an escape."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shorten(text: str, length: int = limits.SHOWN_CHARACTERS) -> str:
    """Return the beginning of a long text, so that a message with it fits on a line or two."""
    return text if len(text) <= length else f"{text[:length]}..."


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: which rule, where, what is wrong, and how to fix it."""

    location: Location
    rule: Rule
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """Whether the finding fails a build (``error``) or only asks for attention."""
        return self.rule.severity

    def __str__(self) -> str:
        head = f"{self.location}: {self.severity}[{self.rule.label}]: {self.message}"
        return f"{printable(head)}\n  hint: {printable(self.hint)}"


@dataclass(frozen=True)
class Note:
    """Something that is allowed, but worth knowing."""

    location: Location
    message: str


class Problems:
    """A collector, so that one run finds everything instead of stopping at the first."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, rule: Rule, location: Location, message: str, hint: str = "") -> None:
        """Note a finding; without *hint* the rule's own hint is used. Repeats are kept once."""
        self._found[Problem(location, rule, message, hint or rule.hint)] = None

    def give_hint(self, rule: Rule, location: Location, hint: str) -> None:
        """Replace the hint of a finding, now that more is known of what belongs there."""
        for problem in [*self._found] if hint else ():
            if (problem.rule, problem.location) == (rule, location):
                del self._found[problem]
                self.add(rule, location, problem.message, hint)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over what another collector found."""
        if not isinstance(problems, Problems) or problems:
            self._found.update(dict.fromkeys(problems))

    def extend_elsewhere(self, problems: Iterable[Problem]) -> None:
        """Take over what a later stage found, but not of values that are already at fault.

        A warning says nothing of that, and must not hide an error.
        """
        places = {problem.location for problem in self._found if problem.severity == "error"}
        self.extend(problem for problem in problems if problem.location not in places)

    def __iter__(self) -> Iterator[Problem]:
        """Iterate in the order of file and position."""
        return iter(sorted(self._found, key=lambda p: (p.location, p.rule.label, p.message)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(problem.severity == "error" for problem in self._found)
