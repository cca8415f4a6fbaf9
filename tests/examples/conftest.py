"""What the tests of examples share: the samples, and what becomes of a spoilt one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from reasonbook.diagnostics.problems import Problems

from .operators import OPERATORS
from .originals import Change, Original, originals_of


@dataclass(frozen=True)
class Mutant:
    """A spoilt example."""

    original: Original
    change: Change

    @cached_property
    def check(self) -> Callable[[], Problems]:
        return self.original.reader(self.change.lines)

    @property
    def is_refused(self) -> bool:
        """Whether the fault is reported under its rule, in its file and on its line."""
        wanted = (self.change.rule, self.original.path, self.change.line)
        return any((p.rule.label, p.location.path, p.location.line) == wanted for p in self.check())

    def __str__(self) -> str:
        said = "\n".join(str(problem) for problem in self.check()) or "nothing"
        change = self.change
        at = f"{self.original.path}:{change.line}"
        return f"{self.original}, {change.what}: {change.rule} at {at} expected, said:\n{said}"


@pytest.fixture(scope="session")
def originals(project: Path) -> list[Original]:
    """Every example of the catalogue, and of the foreign samples with envelopes of other kinds."""
    # The oracle knows of one envelope to an API, and of codes that are texts.
    kinds = ("test-error-info", "test-lower-case", "test-problem-details")
    roots = [project / "tests/roots" / kind for kind in kinds]
    catalogues = [folder / "catalogue" for folder in (project, *roots)]
    found = [original for catalogue in catalogues for original in originals_of(catalogue)]
    assert {"vobiz", "voipbin"} <= {original.api.name for original in found}
    return found


@pytest.fixture(scope="session")
def mutants_of(originals: list[Original]) -> Callable[[str], Iterator[Mutant]]:
    """Make the mutants of an operator."""

    def make(name: str) -> Iterator[Mutant]:
        for original in originals:
            for change in OPERATORS[name](original):
                assert list(change.lines) != list(original.lines)
                yield Mutant(original, change)

    return make


@pytest.fixture(scope="session")
def sample(mutants_of: Callable[[str], Iterator[Mutant]]) -> list[Mutant]:
    """One mutant of each operator for each API."""
    found: dict[tuple[str, str], Mutant] = {}
    for name in OPERATORS:
        for mutant in mutants_of(name):
            found.setdefault((name, mutant.original.api.name), mutant)
    return [*found.values()]
