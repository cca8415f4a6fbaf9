"""Without any one of the checks, some mutants of test_mutations would be taken for right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook.examples import case as example_case
from reasonbook.examples import exchange as exchange_rules
from reasonbook.examples import runner as examples
from reasonbook.examples.checks import RULES
from reasonbook.schema import compile as schema_check
from reasonbook.text import json_numbers
from reasonbook.text.json_faults import FAULT_RULES, report_faults

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
    "undescribed members": (example_case, "undescribed_members", nothing),
    "details schemas": (examples.Examiner, "details_schema", lambda *_: None),
    "request lines": (exchange_rules, "check_sent_request", nothing),
    "pointers of the envelope": (examples.Examiner, "_check_full", nothing),
    "other pointers": (examples, "check_pointers", nothing),
    "faults in JSON": (examples, "report_faults", nothing),
    "integers": (json_numbers, "MAX_EXACT_INTEGER", 10**500),
}


def alive(sample: list[Mutant]) -> list[Mutant]:
    return [mutant for mutant in sample if not mutant.is_refused]


def test_with_all_checks_no_mutant_lives(sample: list[Mutant]) -> None:
    assert alive(sample) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_without_a_rule_some_mutants_live(
    rule: Callable[..., None], sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "RULES", tuple(other for other in RULES if other is not rule))
    assert alive(sample) != []


@pytest.mark.parametrize("name", OTHERS)
def test_without_another_check_some_mutants_live(
    name: str, sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*OTHERS[name])
    assert alive(sample) != []


@pytest.mark.parametrize("kind", sorted(FAULT_RULES))
def test_without_a_kind_of_fault_some_mutants_live(
    kind: str, sample: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    def report(faults: Any, *place: Any) -> None:
        report_faults(tuple(fault for fault in faults if fault.kind != kind), *place)

    monkeypatch.setattr(examples, "report_faults", report)
    assert alive(sample) != []
