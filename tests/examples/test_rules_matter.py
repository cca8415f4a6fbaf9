"""Without any one of the checks, some mutants of test_mutations would be taken for right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook import limits
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples import checks as example_checks
from reasonbook.examples import exchange as exchange_rules
from reasonbook.examples import runner as examples
from reasonbook.examples.checks import RULES
from reasonbook.schema import compile as schema_check
from reasonbook.schema.undescribed import Description
from reasonbook.text.json_text import JsonText

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from .conftest import Mutant


def nothing(*_: Any, **__: Any) -> tuple[()]:
    return ()


def without_formats(schema: Any, **options: Any) -> Any:
    return VALIDATOR(schema, **options | {"validate_formats": False})


VALIDATOR = schema_check.Validator
# Where a check stands, and what takes its place. The kinds of faults in JSON come last.
OTHERS: dict[str, tuple[object, str, object]] = {
    "formats": (schema_check, "Validator", without_formats),
    "undescribed members": (Description, "undescribed", nothing),
    "details schemas": (examples.Examiner, "details_schema", lambda *_: None),
    "request lines": (exchange_rules, "check_sent_request", nothing),
    "pointers of the envelope": (examples, "check_full_example", nothing),
    "other pointers": (examples, "check_pointers", nothing),
    "faults in JSON": (JsonText, "report", nothing),
    "integers": (limits, "EXACT_INTEGER", 10**500),
}


def alive(sample: list[Mutant]) -> list[Mutant]:
    return [mutant for mutant in sample if not mutant.is_refused]


def test_with_all_checks_no_mutant_lives(sample: list[Mutant]) -> None:
    assert alive(sample) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_without_a_rule_some_mutants_live(
    rule: Callable[..., None], sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = tuple(other for other in RULES if other is not rule)
    monkeypatch.setattr(example_checks, "RULES", others)
    assert alive(sample) != []


@pytest.mark.parametrize("name", OTHERS)
def test_without_another_check_some_mutants_live(
    name: str, sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*OTHERS[name])
    assert alive(sample) != []


@pytest.mark.parametrize(
    "rule",
    [Rule.JSON_SYNTAX, Rule.JSON_DUPLICATE_MEMBER, Rule.JSON_UNSAFE_VALUE],
    ids=lambda rule: rule.label,
)
def test_without_a_rule_of_json_some_mutants_live(
    rule: Rule, sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = JsonText.report

    def report_others(text: JsonText, *place: Any) -> None:
        others = tuple(fault for fault in text.faults if fault.rule is not rule)
        report(replace(text, faults=others), *place)

    monkeypatch.setattr(JsonText, "report", report_others)
    assert alive(sample) != []
