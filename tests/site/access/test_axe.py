"""Every kind of page holds to the rules of axe-core: those of WCAG 2.2 AA, and best practices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from ..axe import RUN

pytestmark = pytest.mark.browser

#: The rules to try in each scheme, by their tags: the other differs in its colours only.
SCHEMES: dict[Literal["light", "dark"], list[str]] = {"light": [], "dark": ["cat.color"]}
#: Everything is unfolded. Long tables have rows alike, and pages tables, of which a few are enough:
#: the time that axe takes grows faster than the page.
UNFOLD = """() => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    document.querySelectorAll("tbody").forEach((body) => {
        [...body.rows].slice(3).forEach((row) => row.remove());
    });
    [...document.querySelectorAll("table")].slice(8).forEach((table) => table.remove());
}"""


@pytest.mark.parametrize("width", [390, 1366])
def test_no_page_has_a_fault(
    window: Callable[..., Page],
    address: str,
    pages: dict[str, str],
    axe: str,
    width: int,
    reached: Callable[[str, str, str], None],
) -> None:
    faults: dict[str, list[str]] = {}
    passed: set[str] = set()

    def look(page: Page, name: str, part: str) -> None:
        for scheme, tags in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            found: dict[str, Any] = page.evaluate(RUN, [part, tags])
            passed.update(found["passed"])
            if found["faults"]:
                faults[f"{name}, {part}, {scheme}"] = found["faults"]

    for name, path in pages.items():
        page = window(width)
        page.goto(address + path, wait_until="networkidle")
        page.evaluate(UNFOLD)
        page.evaluate(axe)
        look(page, name, "html")
        # The answers lie over what is looked at before.
        page.locator("details.rb-page-menu").evaluate_all("(all) => all.map((e) => e.remove())")
        page.locator("#find-field").fill("balance")
        expect(page.locator("#find-results a").first).to_be_visible()
        look(page, name, "form.rb-find")
        page.close()
    count = sum(map(len, faults.values()))
    reached(f"axe-core on {len(pages)} pages at {width} px: faults", str(count), "0")
    assert faults == {}
    assert {"color-contrast", "target-size", "landmark-unique", "region"} <= passed


def test_a_fault_is_seen(window: Callable[..., Page], address: str, axe: str) -> None:
    page = window(390)
    page.goto(address)
    page.locator("h1").evaluate("""(title) => {
        title.insertAdjacentHTML("afterend", "<img src='_static/favicon.svg'><h5>Deep</h5>");
    }""")
    page.evaluate(axe)
    found = page.evaluate(RUN, ["html", []])
    assert [fault.partition(":")[0] for fault in found["faults"]] == ["heading-order", "image-alt"]
