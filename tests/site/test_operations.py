"""The page of operations in a real browser; and what a page may weigh."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 900}
PAGE = "voipbin/endpoints.html"
PAGE_BYTES = 150_000
SCREENS = 3

OPERATIONS: list[str] = [
    *json.loads((Path(__file__).parents[2] / "catalogue/voipbin/operations.json").read_text())[
        "operations"
    ]
]


def seen(page: Page, kind: str = "operations") -> list[str]:
    """The first cells of the rows that are seen."""
    cells = page.locator(f"table.rb-{kind} > tbody > tr:visible > td:first-child")
    return [text.strip() for text in cells.all_inner_texts()]


def test_no_page_is_heavier_than_it_may_be(site: Path) -> None:
    weights = {path: len(gzip.compress(path.read_bytes())) for path in site.rglob("*.html")}
    assert {path: size for path, size in weights.items() if size > PAGE_BYTES} == {}


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_every_operation_is_seen(
    open_page: Callable[..., Page], viewport: dict[str, int], javascript: bool
) -> None:
    page = open_page(PAGE, viewport=viewport, java_script_enabled=javascript)
    assert set(OPERATIONS) <= set(seen(page))
    assert page.get_by_role("searchbox", name="Filter by operation").is_visible() == javascript


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        ("POST /calls", "POST /calls", "GET /calls"),
        ("post  /CALLS ", "POST /calls", "GET /calls"),
        ("CALL_NOT_FOUND", "GET /calls/{id}", "GET /queues/{id}"),
        ("402 numbers", "POST /numbers", "GET /numbers"),
        ("with-body", "PUT /agents/{id}", "GET /agents/{id}"),
        # What only the class of an operation says of it.
        ("INVALID_JSON_BODY", "PUT /agents/{id}", "GET /agents/{id}"),
    ],
)
def test_the_filter(open_page: Callable[..., Page], words: str, shown: str, hidden: str) -> None:
    page = open_page(PAGE)
    page.get_by_role("searchbox", name="Filter by operation").fill(words)
    rows = seen(page)
    assert shown in rows
    assert hidden not in rows
    expect(page.locator(".rb-filter output")).to_contain_text(f"{len(rows)} of ")
    # A resource without a row is not there either; the classes of what is there are.
    sections = page.locator("section:visible:has(> h2)")
    assert sections.filter(has=page.locator("tbody > tr:visible")).count() == sections.count()
    assert "with-body" in seen(page, "classes")


@pytest.mark.browser
def test_the_address_keeps_the_filter(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    page.get_by_role("searchbox", name="Filter by operation").fill("POST /calls")
    rows = seen(page)
    assert parse_qs(urlsplit(page.url).query) == {"filter": ["POST /calls"]}
    assert seen(open_page(f"{PAGE}?filter={quote('POST /calls')}")) == rows
    page.get_by_role("searchbox", name="Filter by operation").fill("")
    assert urlsplit(page.url).query == ""
    assert set(OPERATIONS) <= set(seen(page))


@pytest.mark.browser
def test_nothing_found_is_said(open_page: Callable[..., Page]) -> None:
    page = open_page(f"{PAGE}?filter=no-such-thing")
    assert seen(page) == []
    expect(page.locator(".rb-filter output")).to_contain_text("0 of ")


@pytest.mark.browser
def test_a_link_to_a_hidden_row_shows_all(open_page: Callable[..., Page]) -> None:
    page = open_page(f"{PAGE}?filter=GET#POST-/calls")
    assert "POST /calls" in seen(page)
    expect(page.get_by_role("searchbox", name="Filter by operation")).to_have_value("")


@pytest.mark.browser
def test_the_search_finds_the_row_of_an_operation(open_page: Callable[..., Page]) -> None:
    page = open_page(f"search.html?q={quote('POST /calls')}")
    expect(page.locator("#search-results")).to_contain_text("Search finished")
    link = page.locator("#search-results li > a").filter(has_text="POST /calls").first
    link.click()
    assert page.url.endswith(f"{PAGE}#POST-/calls")


@pytest.mark.browser
def test_the_http_statuses_are_read_on_a_phone_in_a_few_screens(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("voipbin/envelope.html", viewport=PHONE)
    box = page.locator("section#http-statuses").bounding_box()
    assert box
    assert box["height"] < SCREENS * PHONE["height"]
