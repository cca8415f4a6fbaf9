"""What is said of a reason, in full and in brief."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.format import prose
from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Inline, Reference, Shortened
from reasonbook.render.facts import reason as facts
from reasonbook.render.facts import reason_table as tables
from reasonbook.render.facts.short import example_status, http_labels, verdict
from reasonbook.render.facts.statements import Facts, Line
from reasonbook.render.facts.whole import everything

DEPRECATED = {"since": "2026-01-01", "remove_after": "2026-07-01", "replaced_by": "ORDER_STUCK"}
RETIRED = {"since": "2026-01-01", "retired": "2026-08-01"}
NEVER_SENT = {**RETIRED, "never_sent": True}


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
            ["planned, not sent yet", ""],
        ),
        (
            {"lifecycle": "planned", "examples": [], "falls_back_to": ["ORDER_STUCK"]},
            [
                "Announced; the API does not send it yet.",
                "Clients may still get ORDER_STUCK instead.",
            ],
            ["planned, not sent yet", "or sent as ORDER_STUCK"],
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
            ["Retired on 2026-08-01 as a correction: the API never sent it."],
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
    name = tables.NAME.cell(only(api), api)
    assert isinstance(name, tuple)
    assert in_full(name) == full
    assert in_brief(name) == brief


@pytest.mark.parametrize("columns", [tables.COLUMNS, tables.SHORT_COLUMNS])
def test_a_table_has_its_columns_in_head_and_rows(
    api_with: Callable[..., Api], columns: tuple[tables.Column, ...]
) -> None:
    api = api_with()
    table = tables.reason_table(api.reasons.values(), api, "Reasons", columns)
    assert table.headings == [column.heading for column in columns]
    assert [len(row.cells) for row in table.rows] == [len(columns)]


def texts_of(api: Api) -> list[str]:
    """The paragraphs of the decision and of the bookkeeping, as text."""
    blocks = [*facts.decision(only(api), api), *facts.bookkeeping(only(api), api)]
    return [prose.text_of([block]) for block in blocks if isinstance(block, prose.Paragraph)]


def facts_of(api: Api) -> dict[str, str]:
    found, *_ = facts.particulars(only(api), api)
    assert isinstance(found, Facts)
    return {fact.name: in_full(fact.lines[0]) for fact in found.facts}


def test_what_no_source_says_is_not_known(api_with: Callable[..., Api]) -> None:
    api = api_with()
    assert facts_of(api) == {"HTTP status": "409 Conflict"}
    assert "Not known: which operations send it." in texts_of(api)


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"raised_by": "any"}, "Raised by", "any operation"),
        ({"raised_by": ["GET /a", "GET /b"]}, "Raised by", "GET /a, GET /b"),
        ({"since": "2026-01-01"}, "First published", "2026-01-01"),
        ({"since": "8.1"}, "Since version", "8.1"),
        ({"http": [400, 404]}, "HTTP status", "400 Bad Request, 404 Not Found"),
        ({"http": "none", "arrives_in": ["callback"]}, "Arrives in", "a callback"),
        (
            {"arrives_in": ["response", "close-code"]},
            "Arrives in",
            "an HTTP response or the close code of a connection",
        ),
        ({"message": "Order {id} is stuck"}, "Message", "Order {id} is stuck"),
        ({"docs_url": "https://example.com/1"}, "Documentation", "https://example.com/1"),
        ({"attributes": [{"name": "Severity", "value": "warning"}]}, "Severity", "warning"),
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


@pytest.mark.parametrize(
    ("more", "unknown"),
    [
        ({"http": "unknown"}, "HTTP status, which operations send it"),
        ({"cause": None}, "cause, which operations send it"),
        ({"fix": None, "raised_by": "any"}, "fix"),
        ({"remedy": None, "raised_by": "any"}, "whether to retry, who can fix it"),
    ],
)
def test_all_that_is_not_known_stands_in_one_line(
    unchecked: Callable[..., Api], more: dict[str, Any], unknown: str
) -> None:
    assert f"Not known: {unknown}." in texts_of(unchecked(**more))


def test_of_a_retired_reason_only_the_facts_are_missed(unchecked: Callable[..., Api]) -> None:
    api = unchecked(lifecycle="retired", deprecated=RETIRED, fix=None, raised_by="any")
    assert not [text for text in texts_of(api) if text.startswith("Not known")]


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        (
            {"http": 409, "remedy": {"actor": "client", "retry": "after-fix"}},
            ["HTTP 409 Conflict", "Retry: only after a fix", "Fixed by the client", "active"],
        ),
        ({"http": 409, "remedy": None}, ["HTTP 409 Conflict", "active"]),
        ({"http": [400, 404], "remedy": None}, ["HTTP 400, 404", "active"]),
        ({"http": "none", "arrives_in": ["callback"], "remedy": None}, ["callback", "active"]),
        ({"http": "unknown", "remedy": None}, ["active"]),
        (
            {"http": 410, "remedy": None, "lifecycle": "retired", "deprecated": RETIRED},
            ["HTTP 410 Gone", "retired 2026-08-01"],
        ),
    ],
)
def test_the_verdict_says_what_is_known(
    unchecked: Callable[..., Api], more: dict[str, Any], labels: list[str]
) -> None:
    api = unchecked(**more)
    assert [prose.text_of(item) for item in verdict(only(api), api).items] == labels


REMEDY = {"actor": "client", "retry": "after-fix", "retry_if": "any", "basis": "stated"}


def test_what_labels_say_is_not_said_again_and_nothing_is_lost(
    api_with: Callable[..., Api],
) -> None:
    api = api_with(remedy=REMEDY)
    blocks = everything(only(api), api)
    (remedy,) = (b for b in blocks if isinstance(b, Facts) and b.kind == "remedy")
    assert [fact.name for fact in remedy.facts] == ["Repeat"]
    (said,) = (b for b in blocks if isinstance(b, prose.Paragraph) and b.kind == "basis")
    assert in_full(said.children) == (
        "Who can fix it: client – the program that calls the API; "
        "Retry: after-fix – send it again once the cause is fixed; "
        "Basis: stated – the source says so"
    )


def test_where_no_labels_are_the_decision_says_the_verdict(api_with: Callable[..., Api]) -> None:
    api = api_with(remedy=REMEDY)
    (remedy,) = (b for b in facts.decision(only(api), api) if isinstance(b, Facts))
    assert [fact.name for fact in remedy.facts] == ["Who can fix it", "Retry", "Repeat"]
    assert "Basis: stated – the source says so" in texts_of(api)


def test_several_causes_are_a_list(api_with: Callable[..., Api]) -> None:
    api = api_with(cause=["It is late.", "It is lost."])
    (causes,) = (b for b in facts.decision(only(api), api) if isinstance(b, prose.BulletList))
    assert [prose.text_of(item) for item in causes.items] == ["It is late.", "It is lost."]


def test_corrections_say_what_was_wrong_when_and_why(api_with: Callable[..., Api]) -> None:
    wrong = {"date": "2026-11-26", "key": "http", "was": 503, "why": "A capture says so."}
    api = api_with(corrections=[wrong])
    *_, said = facts.particulars(only(api), api)
    assert isinstance(said, prose.BulletList)
    assert prose.text_of([said]) == "2026-11-26: http was 503. A capture says so."


def test_a_column_that_says_nothing_is_left_out(unchecked: Callable[..., Api]) -> None:
    api = unchecked(http="unknown", cause=None, fix=None)
    assert tables.reason_table(api.reasons.values(), api, "Reasons").headings == ["Reason"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"http": [400, 404]}, "400 404"),
        ({"http": "none", "arrives_in": ["event"]}, "event"),
        ({"http": [400], "arrives_in": ["response", "callback"]}, "400, callback"),
        ({"http": "unknown"}, ""),
    ],
)
def test_labels_in_a_table(api_with: Callable[..., Api], more: dict[str, Any], said: str) -> None:
    assert in_full(http_labels(only(api_with(**more)))) == said


@pytest.mark.parametrize(
    ("http", "arrives_in", "shown", "status"),
    [
        (400, ["response"], None, 400),
        ([400, 404], ["response"], None, None),
        ([400, 404], ["response"], 404, 404),
        (400, ["response", "callback"], "none", None),
        ("none", ["callback"], None, None),
        ("unknown", ["response"], None, None),
    ],
)
def test_the_status_that_an_example_shows(
    unchecked: Callable[..., Api], http: Any, arrives_in: list[str], shown: Any, status: int | None
) -> None:
    example = {"title": "One", "origin": "constructed", "body": "{}", "http": shown}
    reason = only(unchecked(http=http, arrives_in=arrives_in, examples=[example]))
    assert example_status(reason, reason.examples[0]) == status
