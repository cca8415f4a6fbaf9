"""A foreign project in the themes that people use, in a real browser: nothing cut, all readable."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .axe import RUN

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "roots/test-problem-details/catalogue"
FIND_CUT = (HERE / "find-cut.js").read_text()
CONTRAST = (HERE / "contrast.js").read_text()
COVERED = (HERE / "covered.js").read_text()

CONF = """project = "Host"
extensions = ["reasonbook.site"]
html_theme = "{}"
html_baseurl = "https://docs.example.com/"
"""
#: What conf.py says beside the name of the theme.
THEMES = {
    "alabaster": "",
    "furo": "",
    "sphinx_rtd_theme": "",
    "shibuya": "",
    "pydata_sphinx_theme": "",
    "sphinx_book_theme": "",
    # By default it fetches web fonts while it builds, and stays light.
    "sphinx_immaterial": """
extensions += ["sphinx_immaterial"]
scheme = "(prefers-color-scheme: {})".format
html_theme_options = {
    "font": False,
    "palette": [
        {"media": scheme("light"), "scheme": "default"},
        {"media": scheme("dark"), "scheme": "slate"},
    ],
}
""",
}
#: These have no dark scheme.
LIGHT = {"alabaster", "sphinx_rtd_theme"}
PAGES = {
    "overview": "bank/index.html",
    "domain": "bank/transactions.html",
    "envelope": "bank/envelope.html",
    "reason": "bank/reasons/out-of-credit.html",
    "operations": "bank/endpoints.html",
}
NOTHING: dict[str, list[str]] = {kind: [] for kind in PAGES}
VISITS: dict[str, tuple[int, Any]] = {
    "phone": (390, "light"),
    "desktop": (1300, "light"),
    "dark": (1300, "dark"),
}
#: What Reasonbook colours itself, or sets on a ground of its own.
TEXTS = {
    "overview": [".rb-ai-title", ".rb-ai-context p", ".rb-page-menu summary", ".rb-page-menu a"],
    "domain": [".rb-badge", ".rb-reasons td p", ".rb-reason summary", ".rb-remedy dt"],
    "envelope": [".rb-fields td p"],
    "reason": [".rb-remedy dd p", ".rb-facts dd p", ".rb-breadcrumbs"],
    "operations": [".rb-filter label", ".rb-filter output", ".rb-badge"],
}


OURS = ".rb-page, .rb-find, .rb-page-menu"
#: Names and values that are wider than their list.
OUT_OF_BOX = """() => [...document.querySelectorAll(
    "dl:is(.rb-remedy, .rb-facts) > *",
)].filter((e) => {
    const [box, own] = [e.parentElement, e].map((part) => part.getBoundingClientRect());
    return own.left < box.left - 1 || own.right > box.right + 1;
}).map((e) => e.textContent)"""
#: What themes lay over titles of admonitions and accordions, which would lie on ours.
ICONS = """() => [...document.querySelectorAll(
    ".rb-ai-context, .rb-ai-title, .rb-page-menu > summary, .rb-reason, .rb-reason > summary",
)].flatMap((e) => ["::before", "::after"].map((name) => {
    const style = getComputedStyle(e, name);
    return style.content !== "none" && style.position === "absolute" ? e.className + name : "";
})).filter((name) => name)"""
#: Headings by their text, tables by their name.
NAMES = """(all) => all.map((e) => e.ariaLabel || e.firstChild.textContent)"""
ON_TOP = """(link) => {
    const {left, top, width, height} = link.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === link;
}"""


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def seen(
    once: Callable[[str, Callable[[Path], Any]], Any], browser: Browser, theme: str, axe: str
) -> dict[str, Any]:
    """What was measured on each page of the project in a theme."""

    def visit(folder: Path) -> dict[str, Any]:
        pages = build(folder, theme)
        found: dict[str, Any] = {kind: {} for kind in PAGES}
        for name, (width, scheme) in VISITS.items():
            # Each in a window of its own, since themes remember the scheme.
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for kind, path in PAGES.items():
                page.goto((pages / path).as_uri())
                found[kind][name] = {**measure(page), "contrasts": contrasts(page, kind)}
                found[kind][name]["axe"] = asked_of_axe(page, axe)
                found[kind][name]["left"] = filtered(page) if kind == "operations" else []
            page.close()
        return found

    found: dict[str, Any] = once(f"theme-{theme}", visit)
    return found


def build(folder: Path, theme: str) -> Path:
    (folder / "conf.py").write_text(CONF.format(theme) + THEMES[theme])
    (folder / "index.rst").write_text("Host\n====\n\n.. api-list::\n   :toctree:\n")
    shutil.copytree(CATALOGUE, folder / "catalogue")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", ".", "html"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "html"


def measure(page: Page) -> dict[str, Any]:
    menu = page.locator(".rb-page-menu > summary")
    covered = menu.evaluate(COVERED)
    menu.click()
    reached = page.locator(".rb-view-page").evaluate(ON_TOP)
    cut = page.evaluate(FIND_CUT)  # it opens what is folded
    out, icons = page.evaluate(OUT_OF_BOX), page.evaluate(ICONS)
    return {"covered": covered, "reached": reached, "cut": cut, "out": out, "icons": icons}


def contrasts(page: Page, kind: str) -> dict[str, float]:
    """The lowest contrast of each kind of text, and how light the page is."""
    lowest = f"""(all) => Math.min(
        ...all.filter((e) => e.innerText.trim()).map({CONTRAST}).map((found) => found.ratio)
    )"""
    found = {text: page.locator(text).evaluate_all(lowest) for text in TEXTS[kind]}
    return {"behind": page.locator("body").evaluate(CONTRAST)["behind"], **found}


def asked_of_axe(page: Page, axe: str) -> list[str]:
    """The faults of what is ours; text, links and code have the colours of the theme."""
    page.evaluate(axe)
    faults: list[str] = page.evaluate(RUN, [OURS, []])["faults"]
    return [fault for fault in faults if not fault.startswith("color-contrast")]


def filtered(page: Page) -> list[list[str]]:
    """What the filter leaves to see where no row has its words, then where some have."""
    field = page.locator(".rb-filter input")
    found: list[list[str]] = []
    for words in ("no-such-thing", "deposits"):
        field.fill(words)
        names = page.locator("h2:visible, table.rb-table:visible").evaluate_all(NAMES)
        found.append(names)
    return found


@pytest.fixture(params=VISITS)
def visit(request: pytest.FixtureRequest, seen: dict[str, Any]) -> dict[str, Any]:
    """What was measured on each page of a theme at one width and in one scheme."""
    return {kind: found[request.param] for kind, found in seen.items()}


def test_nothing_is_cut(visit: dict[str, Any]) -> None:
    assert {kind: found["cut"]["faults"] for kind, found in visit.items()} == NOTHING
    assert visit["domain"]["cut"]["cells"]


def test_names_and_values_stay_in_their_box(visit: dict[str, Any]) -> None:
    assert {kind: found["out"] for kind, found in visit.items()} == NOTHING


def test_the_menu_covers_no_control_and_none_covers_it(visit: dict[str, Any]) -> None:
    assert {kind: found["covered"] for kind, found in visit.items()} == NOTHING
    assert all(found["reached"] for found in visit.values())


def test_no_icon_of_the_theme_lies_on_what_is_ours(visit: dict[str, Any]) -> None:
    assert {kind: found["icons"] for kind, found in visit.items()} == NOTHING


def test_the_filter_leaves_nothing_without_a_row(visit: dict[str, Any]) -> None:
    nothing, some = visit["operations"]["left"]
    assert nothing == []
    assert some == [
        "Reasons of many operations",
        "Reasons of many operations of Sample Bank",
        "/accounts",
        "Operations of /accounts",
        "By reason",
        "Reasons of Sample Bank and their operations",
    ]


def test_axe_finds_no_fault_in_what_is_ours(visit: dict[str, Any]) -> None:
    assert {kind: found["axe"] for kind, found in visit.items()} == NOTHING


def test_text_stands_out(seen: dict[str, Any], theme: str) -> None:
    for kind, visits in seen.items():
        for name, found in visits.items():
            ratios = found["contrasts"]
            is_dark = ratios.pop("behind") < 0.2
            assert is_dark == (name == "dark" and theme not in LIGHT)
            low = {text: ratio for text, ratio in ratios.items() if not 4.5 <= ratio <= 21}
            assert low == {}, (kind, name)
