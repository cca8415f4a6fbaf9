"""What axe-core cannot see: the keyboard, zoom, motion, print."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIND_CUT = (Path(__file__).parents[1] / "find-cut.js").read_text()
#: What cannot be seen or is covered where it has the focus, going forwards and back as Tab does.
FOCUS = """() => {
    document.querySelectorAll("details.rb-reason").forEach((one) => { one.open = true; });
    const controls = "a[href], button, input, select, summary, [tabindex]";
    const all = [...document.querySelectorAll(controls)]
        .filter((one) => one.tabIndex >= 0 && !one.disabled);
    const faults = [];
    let seen = 0;
    const look = (one) => {
        one.focus();
        if (document.activeElement !== one) return;  // it is not shown
        seen += 1;
        const labels = one.matches("[type=checkbox]") ? [...one.labels] : [];
        const places = [one, ...labels].filter((part) => part.getClientRects().length);
        const shown = places.find((part) => {
            const {outlineStyle, outlineWidth, opacity} = getComputedStyle(part);
            return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && opacity !== "0";
        });
        const name = one.outerHTML.slice(0, 100);
        if (!shown) return faults.push(`no outline: ${name}`);
        const box = shown.getClientRects()[0];
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        const top = document.elementFromPoint(x, y);
        if (!top) return faults.push(`out of sight at ${Math.round(x)}, ${Math.round(y)}: ${name}`);
        if (!shown.contains(top) && !top.contains(shown) && !top.closest("label")) {
            faults.push(`below ${top.outerHTML.slice(0, 60)}: ${name}`);
        }
    };
    all.forEach(look);
    all.reverse().forEach(look);
    return {faults: [...new Set(faults)], seen};
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(one);
    return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 80))"""
#: How wide a screen of 1280 px is when it is zoomed.
WIDTHS = {"200 %": 640, "400 %": 320}
SCROLLS = "(text) => text.scrollWidth > text.clientWidth + 1 ? ['the text scrolls sideways'] : []"
#: What has no use on paper.
CONTROLS = ".skip-to-content, .back-to-top, .overlay, .sidebar-toggle, button, form, .rb-page-menu"
SHOWN = """(all) => all.filter((one) => one.checkVisibility() && one.getClientRects().length)
    .map((one) => one.outerHTML.slice(0, 80))"""
Pages = dict[str, str]


@pytest.mark.parametrize("width", [390, 1100])
def test_the_focus_is_seen(
    window: Callable[..., Page], address: str, pages: Pages, width: int
) -> None:
    faults: dict[str, Any] = {}
    page = window(width)
    for name, path in pages.items():
        page.goto(address + path, wait_until="networkidle")
        page.keyboard.press("Tab")  # from here on the browser shows the focus
        expect(page.locator(".skip-to-content")).to_be_focused()
        found = page.evaluate(FOCUS)
        assert found["seen"] > 10
        if found["faults"]:
            faults[name] = found["faults"]
    assert faults == {}


def test_the_keyboard_opens_what_the_theme_hides(window: Callable[..., Page], address: str) -> None:
    page = window(390)
    page.goto(f"{address}agents.html")
    link = page.locator(".sidebar-drawer a", has_text="Rate limiting")
    page.locator("#__navigation").press("Space")
    page.get_by_role("switch", name="Toggle navigation of Vobiz").press("Space")
    link.press("Enter")
    page.wait_for_url("**/vobiz/rate-limiting.html")
    page.locator("#__toc").press("Space")
    expect(page.locator(".toc-drawer")).to_be_in_viewport()


@pytest.fixture
def looks(
    once: Callable[[str, Callable[[Path], Any]], Any],
    window: Callable[..., Page],
    address: str,
    pages: Pages,
) -> dict[str, Any]:
    """What was seen on each page: zoomed, without motion, and in print."""

    def look(_: Path) -> dict[str, Any]:
        page = window(1280)
        found = {}
        for name, path in pages.items():
            page.emulate_media(media="screen")
            page.goto(address + path, wait_until="networkidle")
            moving = page.evaluate(MOVING)
            cut = {}
            for zoom, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 844})
                cut[zoom] = page.evaluate(FIND_CUT)["faults"]
                # The theme's text scrolls by itself where the page does not.
                cut[zoom] += page.locator(".content").evaluate(SCROLLS)
            page.set_viewport_size({"width": 1280, "height": 844})
            page.emulate_media(media="print")
            printed = page.locator(CONTROLS).evaluate_all(SHOWN)
            found[name] = {"moving": moving, "printed": printed, **cut}
        return found

    seen: dict[str, Any] = once("looks", look)
    assert seen.keys() == pages.keys()
    return seen


@pytest.mark.parametrize("key", ["200 %", "400 %", "moving", "printed"])
def test_no_page_has_a_fault(looks: dict[str, Any], key: str) -> None:
    assert {name: found[key] for name, found in looks.items() if found[key]} == {}


def test_there_is_motion_for_the_others(window: Callable[..., Page], address: str) -> None:
    page = window(390, reduced_motion="no-preference")
    page.goto(address)
    assert page.evaluate(MOVING)


def test_a_sheet_begins_with_the_text(window: Callable[..., Page], address: str) -> None:
    page = window(1280)
    page.goto(f"{address}voipbin/reasons/CALL_NOT_FOUND.html")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert text.split()[0].startswith("CALL_")
    assert "Skip to content" not in text
