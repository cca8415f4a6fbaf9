"""What is said of a reason, in full and in brief."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.format import prose
from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Inline, Reference, Shortened
from reasonbook.render.facts import reason as facts
from reasonbook.render.facts.statements import Facts, Line

DEPRECATED = {"since": "2026-01-01", "remove_after": "2026-07-01", "replaced_by": "ORDER_STUCK"}
RETIRED = {"since": "2026-01-01", "retired": "2026-08-01"}
NEVER_SENT = {**RETIRED, "correction": True}


def in_full(line: Line) -> str:
    return prose.text_of(line)


def in_brief(line: Line) -> str:
    def brief(part: Inline) -> Line:
        return part.brief if isinstance(part, Shortened) else (part,)

    return prose.text_of(prose.rewrite(line, brief))


def only(api: Api) -> Reason:
    (reason,) = api.reasons.values()
    return reason


@pytest.mark.parametrize(
    ("more", "full", "brief"),
    [
        ({}, [], []),
        (
            {"lifecycle": "planned", "examples": []},
            [
                "Announced; the API does not send it yet.",
                "What the API answers until then is not known.",
            ],
            ["planned", ""],
        ),
        (
            {"lifecycle": "planned", "examples": [], "falls_back_to": ["ORDER_STUCK"]},
            [
                "Announced; the API does not send it yet.",
                "Clients may still get ORDER_STUCK instead.",
            ],
            ["planned", "or sent as ORDER_STUCK"],
        ),
        (
            {"lifecycle": "deprecated", "deprecated": DEPRECATED},
            [
                "On its way out. Deprecated since 2026-01-01. It stays until 2026-07-01 at least.",
                "Its successor is ORDER_STUCK.",
            ],
            ["deprecated since 2026-01-01, stays until 2026-07-01", "replaced by ORDER_STUCK"],
        ),
        (
            {"lifecycle": "retired", "deprecated": RETIRED},
            ["No longer sent. Deprecated since 2026-01-01. Retired on 2026-08-01."],
            ["retired on 2026-08-01"],
        ),
        (
            {"lifecycle": "retired", "deprecated": NEVER_SENT},
            ["No longer sent. Retired on 2026-08-01 as a correction: the API never sent it."],
            ["retired on 2026-08-01 as a correction, never sent"],
        ),
    ],
    ids=["active", "planned", "falls-back", "deprecated", "retired", "correction"],
)
def test_lifecycle(
    unchecked: Callable[..., Api], more: dict[str, Any], full: list[str], brief: list[str]
) -> None:
    api = unchecked(**more)
    said = facts.lifecycle(only(api), api)
    assert [in_full((part,)) for part in said] == full
    assert [in_brief((part,)) for part in said] == brief


@pytest.mark.parametrize(
    ("more", "full", "brief"),
    [
        ({}, "ORDER_STUCK", "ORDER_STUCK"),
        ({"lifecycle": "planned", "examples": []}, "ORDER_STUCK planned", "ORDER_STUCK planned"),
        (
            {"lifecycle": "deprecated", "deprecated": DEPRECATED},
            "ORDER_STUCK deprecated 2026-01-01 → ORDER_STUCK",
            "ORDER_STUCK deprecated",
        ),
        (
            {"lifecycle": "retired", "deprecated": RETIRED},
            "ORDER_STUCK retired 2026-08-01",
            "ORDER_STUCK retired",
        ),
    ],
    ids=["active", "planned", "deprecated", "retired"],
)
def test_the_name_in_a_table_has_its_state(
    unchecked: Callable[..., Api], more: dict[str, Any], full: str, brief: str
) -> None:
    api = unchecked(**more)
    name = facts.NAME.cell(only(api), api)
    assert isinstance(name, tuple)
    assert in_full(name) == full
    assert in_brief(name) == brief


@pytest.mark.parametrize("columns", [facts.COLUMNS, facts.SHORT_COLUMNS])
def test_a_table_has_its_columns_in_head_and_rows(
    api_with: Callable[..., Api], columns: tuple[facts.Column, ...]
) -> None:
    api = api_with()
    table = facts.reason_table(api.reasons.values(), api, "Reasons", columns)
    assert table.headings == [column.heading for column in columns]
    assert [len(row.cells) for row in table.rows] == [len(columns)]


def facts_of(api: Api) -> dict[str, str]:
    found, *_ = facts.particulars(only(api), api)
    assert isinstance(found, Facts)
    return {fact.name: in_full(fact.lines[0]) for fact in found.facts}


def test_what_no_source_says_is_not_known(api_with: Callable[..., Api]) -> None:
    assert facts_of(api_with()) == {"HTTP status": "409 Conflict", "Raised by": "not known"}


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"raised_by": "any"}, "Raised by", "any operation"),
        ({"raised_by": ["GET /a", "GET /b"]}, "Raised by", "GET /a, GET /b"),
        ({"since": "2026-01-01"}, "First published", "2026-01-01"),
        (
            {"since": "2026-01-01", "lifecycle": "planned", "examples": []},
            "Announced",
            "2026-01-01",
        ),
    ],
)
def test_plain_facts(
    api_with: Callable[..., Api], more: dict[str, Any], name: str, said: str
) -> None:
    assert facts_of(api_with(**more))[name] == said


def test_an_operation_that_the_api_lists_is_led_to(api_with: Callable[..., Api]) -> None:
    api = api_with(raised_by=["GET /a"])
    found, *_ = facts.particulars(only(api), api)
    assert isinstance(found, Facts)
    (fact,) = (fact for fact in found.facts if fact.name == "Raised by")
    assert fact.lines[0] == (Reference("endpoint", "shop/GET /a", (prose.Code("GET /a"),)),)
