"""The same coverage in every form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from reasonbook import limits
from reasonbook.auditing.coverage.formats import as_html, as_json, as_markdown, as_text
from reasonbook.auditing.coverage.reasons import Coverage, coverage
from reasonbook.auditing.sightings import Sightings
from reasonbook.format.model import Catalogue

TEXT = """\
shop: 1 of 3 documented reasons seen (33.3%), beside 1 excepted

reason, operation            times  last seen
CARD_DECLINED                    4  2026-11-26
  POST /payments                 4  2026-11-26
  GET /payments/{id}             0  never
CARD_DECLINED/EXPIRED            0  never
NOT_ALLOWED                      0  never
  2 more of the class write      0  never
ANYTHING                         0  excepted
"""
MARKDOWN = """\
| API | reasons seen | coverage | excepted | not seen |
| --- | --- | --- | --- | --- |
| The \\<shop\\> | 1 of 3 | 33.3% | 1 | `CARD_DECLINED/EXPIRED`, `NOT_ALLOWED` |
"""


@pytest.fixture
def found(catalogue: Catalogue, seen: Callable[..., Sightings]) -> Coverage:
    rows = ("CARD_DECLINED", "POST /payments", 4, date(2026, 11, 26))
    return coverage(catalogue.apis["shop"], seen(rows), {"ANYTHING"})


def test_text_has_a_line_for_each_reason_and_operation(found: Coverage) -> None:
    assert as_text([found]) == TEXT


def test_a_day_that_no_recording_tells_is_not_known(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    found = coverage(catalogue.apis["shop"], seen(("ANYTHING", "POST /orders", 1, None)))
    assert as_text([found]).endswith(" 1  day not known\n")


def test_data_tells_all(found: Coverage) -> None:
    data = json.loads(as_json([found]))
    (api,) = data.pop("apis")
    reasons = {each.pop("reason"): each for each in api.pop("reasons")}
    assert data == {"version": 1}
    assert api == {"api": "shop", "documented": 4, "excepted": 1, "seen": 1, "percent": 33.3}
    assert reasons["CARD_DECLINED"] == {
        "excepted": False,
        "count": 4,
        "last": "2026-11-26",
        "operations": [{"operation": "POST /payments", "count": 4, "last": "2026-11-26"}],
        "not_seen_by": ["GET /payments/{id}"],
    }
    assert reasons["NOT_ALLOWED"]["not_seen_by"] == ["POST /payments", "POST /orders"]
    assert reasons["ANYTHING"] == {
        "excepted": True,
        "count": 0,
        "last": None,
        "operations": [],
        "not_seen_by": [],
    }


def test_markdown_is_short(found: Coverage) -> None:
    assert as_markdown([found]) == MARKDOWN


def test_markdown_names_the_first_that_are_missing(
    found: Coverage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "COVERAGE_NAMES", 1)
    assert "| `CARD_DECLINED/EXPIRED` and 1 more |" in as_markdown([found])


class Cells(HTMLParser):
    """Collects the tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


def test_the_page_says_the_same_and_escapes_it(found: Coverage) -> None:
    page = Cells()
    page.feed(as_html([found]))
    assert "The <shop>" in page.texts
    assert "shop" not in page.tags
    start = page.texts.index("CARD_DECLINED")
    assert page.texts[start : start + 9] == [
        *("CARD_DECLINED", "4", "2026-11-26"),
        *("POST /payments", "4", "2026-11-26"),
        *("GET /payments/{id}", "0", "never"),
    ]


def test_the_page_fetches_nothing_and_runs_nothing(found: Coverage) -> None:
    page = as_html([found])
    assert not [mark for mark in ("<script", "<link", "src=", "href=", "url(") if mark in page]


@pytest.mark.parametrize("write", [as_text, as_json, as_markdown, as_html])
def test_the_order_of_the_recordings_makes_no_difference(
    write: Callable[..., str], catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    rows = [("ANYTHING", name, 1, None) for name in ("POST /orders", "", "POST /payments")]
    api = catalogue.apis["shop"]
    assert write([coverage(api, seen(*rows))]) == write([coverage(api, seen(*rows[::-1]))])
