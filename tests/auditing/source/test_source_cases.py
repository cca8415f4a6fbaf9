"""Source code beside the exact words that the audit has for it; the format is test_corpus.py's.

Each case edits the small catalogue, writes its source into ``source``, and ends with what is found.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.auditing.audit import audit_source
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.rules import Rule

from ...test_corpus import edit, rules_in, sections

CASES = sorted((Path(__file__).parents[2] / "corpus/source").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *steps, (_, expected) = sections(case)
    edit(shop, steps)
    api = load_catalogue(shop).catalogue.apis["shop"]

    print_problems(audit_source(Path("source"), api).problems, "text")

    assert capsys.readouterr().out == expected


def test_every_rule_of_the_source_has_a_case_named_after_it() -> None:
    wanted = {rule.label for rule in Rule if rule.label.startswith("source-")}
    shown = {
        rule
        for case in CASES
        for rule in rules_in(sections(case)[-1][1])
        if case.stem.startswith(f"{rule}-")
    }
    assert shown == wanted
