"""The menu of every page and the page for wrong addresses, under the strict policy of our nginx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

REASON = "voipbin/reasons/CALL_NOT_FOUND"


@pytest.mark.parametrize("path", ["", f"{REASON}.html", "guide/format.html", "vobiz/billing.html"])
def test_a_page_is_copied_as_markdown(visit: Callable[..., Page], site: Path, path: str) -> None:
    page = visit(path)
    menu = page.locator("details.rb-page-menu")
    menu.locator("summary").click()
    menu.get_by_role("button", name="Copy page as Markdown").click()
    expect(menu.get_by_role("status")).to_have_text("Copied.")
    twin = (path or "index.html").removesuffix("html") + "md"
    assert page.evaluate("navigator.clipboard.readText()") == (site / twin).read_text()


def test_the_keyboard_alone_is_enough(visit: Callable[..., Page]) -> None:
    page = visit(f"{REASON}.html")
    summary = page.locator("details.rb-page-menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy page as Markdown")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="View as Markdown")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("link", name="View as Markdown")).to_be_hidden()


def test_without_scripts_the_markdown_can_be_viewed(
    visit: Callable[..., Page], address: str
) -> None:
    page = visit(f"{REASON}.html", scripts=False)
    page.locator("details.rb-page-menu > summary").click()
    link = page.get_by_role("link", name="View as Markdown")
    expect(link).to_be_visible()
    expect(page.get_by_role("button", name="Copy page as Markdown")).to_be_hidden()
    assert page.evaluate("document.querySelector('.rb-view-page').href") == f"{address}{REASON}.md"


def test_the_menu_moves_nothing_when_it_opens(visit: Callable[..., Page]) -> None:
    page = visit(f"{REASON}.html")
    title = page.locator("h1")
    before = title.bounding_box()
    page.locator("details.rb-page-menu > summary").click()
    assert title.bounding_box() == before


def test_nothing_of_the_theme_shows_that_should_not(visit: Callable[..., Page]) -> None:
    page = visit("")
    assert page.locator("body > svg").first.bounding_box() is None


@pytest.mark.parametrize(
    ("path", "target", "title"),
    [
        ("voipbin/reasons/CALL_NOT_FUOND.html", f"{REASON}.html", "CALL_NOT_FOUND"),
        ("voipbin/reasons/CALL.NOT.FOUND", f"{REASON}.html", "CALL_NOT_FOUND"),
        ("voipbin/calls/CALL_NOT_FOUND.html", f"{REASON}.html", "CALL_NOT_FOUND"),
        ("old/place/voipbin/call_not_found", f"{REASON}.html", "CALL_NOT_FOUND"),
        (
            "vobiz/reasons/INSUFICIENT_BALANCE",
            "vobiz/reasons/INSUFFICIENT_BALANCE.html",
            "INSUFFICIENT_BALANCE",
        ),
        (
            "voipbin/reasons/INSUFICIENT_BALANCE",
            "voipbin/reasons/INSUFFICIENT_BALANCE.html",
            "INSUFFICIENT_BALANCE",
        ),
        ("docs/VOBIZ/", "vobiz/", "Vobiz"),
        ("voip-bin/index.html", "voipbin/", "VoIPbin"),
        ("voipbin/call_manager.html", "voipbin/call-manager.html", "Calls"),
        ("docs/voipbin/CALL-MANAGER.html", "voipbin/call-manager.html", "Calls"),
        ("voipbin/envelop", "voipbin/envelope.html", "VoIPbin"),
        ("vobiz/envelop", "vobiz/envelope.html", "Vobiz"),
    ],
)
def test_a_wrong_address_leads_to_the_right_page(
    visit: Callable[..., Page], address: str, path: str, target: str, title: str
) -> None:
    page = visit(path, status=404)
    link = page.locator("#rb-not-found a").first
    expect(link).to_be_visible()
    assert link.evaluate("link => link.href") == address + target
    link.click()
    expect(page.locator("h1")).to_contain_text(title)


def test_a_wrong_address_of_nothing_says_how_to_find_a_reason(visit: Callable[..., Page]) -> None:
    for scripts in (True, False):
        page = visit("some/where/else", status=404, scripts=scripts)
        expect(page.locator("h1")).to_have_text("There is no such page")
        expect(page.locator("#rb-not-found a")).to_have_count(0)
        expect(page.get_by_role("main").get_by_text("/API/reasons/REASON.html")).to_be_visible()
        # At any depth, its styles and links are found.
        assert page.locator(".rb-page-menu").count() == 0
        page.get_by_role("main").get_by_role("link", name="VoIPbin").click()
        expect(page.locator("h1")).to_contain_text("VoIPbin")
