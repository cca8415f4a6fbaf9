from __future__ import annotations

import re

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.label)
def test_a_rule_has_a_name_for_addresses_and_says_why_and_how_in_full_sentences(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.label)
    assert re.fullmatch(r"[A-Z0-9].*\.", rule.cause)
    assert re.fullmatch(r"[A-Z].*\.", rule.hint)


def test_a_rule_is_an_error_unless_it_says_otherwise() -> None:
    warnings = [rule.name for rule in Rule if rule.severity == "warning"]
    assert warnings == ["RAW_MARK", "SENT_MESSAGE"]


def test_a_problem_has_the_severity_of_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = Problems()
    problems.add(Rule.FILLER_TEXT, Location("shop/orders.yaml"), "The cause fits any error.")
    monkeypatch.setattr(Rule.FILLER_TEXT, "severity", "warning")
    assert [problem.severity for problem in problems] == ["warning"]
    assert problems.errors == 0
