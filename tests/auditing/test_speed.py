"""What an audit costs grows with the recording, and not with what is found in it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.auditing import comparison
from reasonbook.examples import runner

from .conftest import Audit, error, line


def recording(count: int) -> str:
    """Return exchanges, half of them errors, each with ids of its own, and most of them wrong."""
    rows = []
    for number in range(count):
        wrong = error(http=number, request_id=f"{number}", owner=f"{number}", message=f"{number}")
        rows.append(line(404, wrong, method="GET", url=f"/orders/{number}"))
        rows.append(line(200, {"id": number}, method="GET", url=f"/orders/{number}"))
    return "".join(rows)


def counted(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, calls: list[str]
) -> Callable[..., Any]:
    """Count the calls of a function."""
    original = getattr(module, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        calls.append(name)
        return original(*arguments, **named)

    monkeypatch.setattr(module, name, counting)
    return counting


def test_schemas_are_compiled_once_and_each_error_is_parsed_once(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    counted(monkeypatch, runner, "compile_schema", calls)
    counted(monkeypatch, comparison, "parse_json", calls)
    audit(recording(200))
    assert calls.count("compile_schema") == 1
    assert calls.count("parse_json") == 200


def test_places_in_a_body_are_not_looked_for(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding them reads the body again, and slowly; the place of a finding is its exchange."""
    from reasonbook.text import json_reader

    calls: list[str] = []
    counted(monkeypatch, json_reader, "_places", calls)
    assert len(audit(recording(20)).problems) > 3
    assert calls == []


def test_memory_does_not_grow_with_the_recording(audit: Audit) -> None:
    def peak(count: int) -> int:
        text = recording(count)
        tracemalloc.start()
        audit(text)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is done once
    few, many = peak(100), peak(2000)
    assert many - few < 1_500_000  # the recording itself has more than 500 KB, as objects 3 MB


def test_findings_have_a_bound(audit: Audit) -> None:
    letters = [chr(65 + number % 26) + chr(65 + number // 26) for number in range(600)]
    text = "".join(
        line(http, error(f"LOST_{name}")) for name in letters for http in (404, 409, 410)
    )
    audited = audit(text)
    assert len(audited.problems) == 1_000
    assert audited.notes[-1].message == "After 1,000 that differ, 800 are left out."
