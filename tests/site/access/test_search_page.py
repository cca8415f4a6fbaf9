"""Sphinx's search page: a field of its own, help where nothing is found, no marks elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_page_has_its_field_and_the_box(window: Callable[..., Page], address: str) -> None:
    page = window(390)
    page.goto(f"{address}search.html")
    expect(page.locator("h1")).to_have_text("Search the text")
    page.get_by_label("Words", exact=True).fill("balance")
    page.get_by_label("Words", exact=True).press("Enter")
    page.wait_for_url("**/search.html?q=balance")
    expect(page.locator("#search-results li").first).to_be_visible()
    page.get_by_role("combobox").fill("CALL_NOT_FOUND")
    expect(page.locator("#find-results a").first).to_contain_text("CALL_NOT_FOUND")


def test_where_nothing_is_found_it_says_what_to_do(
    window: Callable[..., Page], address: str
) -> None:
    page = window(390)
    page.goto(f"{address}search.html?q=qqqqq")
    said = page.locator("#search-results .search-summary")
    expect(said).to_contain_text("No page has all of these words.")
    assert "categories" not in said.inner_text()
    said.get_by_role("link", name="box for errors").click()
    expect(page.locator("#find-field")).to_be_in_viewport()
    said.get_by_role("link", name="the list of all reasons").click()
    page.wait_for_url("**/reasons.html")


def test_a_page_that_was_found_is_not_painted_over(
    window: Callable[..., Page], address: str
) -> None:
    page = window(1366)
    page.goto(f"{address}search.html?q=balance")
    page.locator("#search-results").get_by_role("link", name="INSUFFICIENT_BALANCE").last.click()
    page.wait_for_url("**/reasons/**", wait_until="networkidle")
    expect(page.locator("h1")).to_contain_text("BALANCE")
    expect(page.locator(".highlighted")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('sphinx_highlight_terms')") is None
