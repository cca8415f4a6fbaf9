"""Every example, spoilt in every way that applies to it, is refused: right rule, file and line.

What would not be wrong is no mutant; each operator says in words what it leaves out for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from reasonbook.diagnostics.rules import Rule

from .operators import OPERATORS

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from .conftest import Mutant
    from .originals import Original

REAL = ("voipbin", "vobiz")


def test_an_example_written_anew_is_still_right(originals: list[Original]) -> None:
    for original in originals:
        same = original.of_value("the same", original.value, "", "")
        assert [str(problem) for problem in original.reader(same.lines)()] == []


@pytest.mark.parametrize("name", OPERATORS)
def test_every_mutant_is_refused(
    name: str,
    mutants_of: Callable[[str], Iterator[Mutant]],
    record_property: Callable[[str, object], None],
) -> None:
    tried: Counter[str] = Counter()
    alive = []
    for mutant in mutants_of(name):
        api = mutant.original.api.name
        tried[api if api in REAL else "other samples"] += 1
        if not mutant.is_refused:
            alive.append(mutant)

    counts = ", ".join(f"{api} {count}" for api, count in tried.items())
    killed = tried.total() - len(alive)
    record_property("mutants", f"{name:<34} {tried.total():>5} {killed:>6}   {counts}")
    assert not alive, "\n\n".join(str(mutant) for mutant in alive[:5])
    assert tried.total(), "the operator never applied"


def test_most_operators_apply_to_each_api(sample: list[Mutant]) -> None:
    """Only what an API does not have at all, such as canonical statuses, cannot be spoilt."""
    applied = Counter(mutant.original.api.name for mutant in sample)
    assert applied["voipbin"] > 30
    assert applied["vobiz"] > 25


def test_the_mutants_need_every_rule_for_examples(sample: list[Mutant]) -> None:
    rules = {rule.label for rule in Rule if rule.label.startswith(("example-", "json-"))}
    assert rules - {mutant.change.rule for mutant in sample} == set()
