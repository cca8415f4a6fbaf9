"""The one table of cases: what each pasted text is explained as."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import reasonbook
from reasonbook.explaining.explanation import Explanation, explain
from reasonbook.format.model import Api

ROOT = Path(__file__).parents[2]
TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text("utf-8")
)
CASES = [
    pytest.param(folder, case, id=case["what"]) for folder, cases in TABLE.items() for case in cases
]


@cache
def apis_of(folder: str) -> tuple[Api, ...]:
    return tuple(reasonbook.load(ROOT / folder).apis.values())


def as_row(found: Explanation) -> dict[str, Any]:
    """Return an explanation as the table has it."""
    return {
        "http": found.answer.status if found.answer else None,
        "reasons": [f"{each.api.name}/{each.reason.name}" for each in found.named if each.reason],
        "unknown": [each.code for each in found.named if not each.reason],
        "near": [each.near[0] for each in found.named if each.near],
        "outside": [f"{api.name}/{each.name}" for api, each in found.outside],
        "by": [each.status for each in found.decisions],
        "faults": sorted({fault.line for fault in found.faults}),
    }


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_case(folder: str, case: dict[str, Any]) -> None:
    (found,) = explain(case["text"], apis_of(folder))
    row = as_row(found)
    expected = {
        key: case.get(key, [] if isinstance(value, list) else None) for key, value in row.items()
    }
    assert row == expected
