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
    const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
        .filter((one) => one.tabIndex >= 0 && !one.disabled);
    const faults = [];
    let seen = 0;
    const look = (one) => {
        one.focus();
        if (document.activeElement !== one) return;  // it is not shown
        seen += 1;
        const labels = one.matches("[type=checkbox]") ? [...one.labels] : [];
        const shown = [one, ...labels].filter((part) => part.getClientRects().length).find((part) => {
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
Pages = dict[str, str]


@pytest.mark.parametrize("width", [390, 1100, 1366])
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


def test_the_keyboard_opens_what_the_theme_hides(
    window: Callable[..., Page], address: str
) -> None:
    page = window(390)
    page.goto(f"{address}agents.html")
    link = page.locator(".sidebar-drawer a", has_text="Rate limiting")
    page.locator("#__navigation").press("Space")
    page.get_by_role("switch", name="Toggle navigation of Vobiz").press("Space")
    link.press("Enter")
    page.wait_for_url("**/vobiz/rate-limiting.html")
    page.locator("#__toc").press("Space")
    expect(page.locator(".toc-drawer")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_lost_when_it_is_zoomed(
    window: Callable[..., Page], address: str, pages: Pages, width: int
) -> None:
    """A screen of 1280 px has these widths at 400 % and at 200 %."""
    faults: dict[str, Any] = {}
    page = window(width)
    for name, path in pages.items():
        page.goto(address + path, wait_until="networkidle")
        cut = page.evaluate(FIND_CUT)["faults"]
        # The theme's text scrolls by itself where the page does not.
        wide = page.locator(".content").evaluate("(e) => e.scrollWidth - e.clientWidth")
        if cut or wide > 1:
            faults[name] = [*cut, wide]
    assert faults == {}


def test_nothing_moves_for_who_asked_for_that(
    window: Callable[..., Page], address: str, pages: Pages
) -> None:
    page = window(390)
    found = {}
    for name, path in pages.items():
        page.goto(address + path, wait_until="networkidle")
        found[name] = page.evaluate(MOVING)
    assert {name: moving for name, moving in found.items() if moving} == {}
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING)


def test_print_has_the_text_and_no_controls(
    window: Callable[..., Page], address: str, pages: Pages
) -> None:
    page = window(1366)
    for name, path in pages.items():
        page.goto(address + path, wait_until="networkidle")
        page.emulate_media(media="print")
        controls = page.locator(".skip-to-content, .back-to-top, button, form, summary .sd-octicon")
        shown = controls.evaluate_all("""(all) => all
            .filter((one) => one.checkVisibility() && one.getClientRects().length)
            .map((one) => one.outerHTML.slice(0, 80))""")
        assert shown == [], name
        if path.endswith("call-manager.html") or "reasons/" in path:
            printed = pypdf.PdfReader(io.BytesIO(page.pdf()))
            text = " ".join(sheet.extract_text() for sheet in printed.pages)
            assert "Skip to content" not in text
            assert page.locator("h1").inner_text().split()[0][:10] in text
