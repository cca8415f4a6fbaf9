"""What stays where it is while a page comes slowly, and begins where the text begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: Tables of numbers are short, and laid out by what is in them.
TABLES = "article table:not(.numbers)"
#: Tables whose columns are laid out by their rows, or elsewhere when only the first row is there.
MOVED = """(tables) => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    const columns = () => tables.map((table) =>
        [...table.rows[0].cells].map((cell) => Math.round(cell.getBoundingClientRect().x)));
    const whole = columns();
    tables.forEach((table) => [...table.tBodies[0].rows].slice(1).forEach((row) => row.remove()));
    const first = columns();
    const isFixed = (table) => getComputedStyle(table).tableLayout === "fixed";
    return tables.filter((table, at) => !isFixed(table) || String(whole[at]) !== String(first[at]))
        .map((table) => `${table.className}: ${table.textContent.slice(0, 60)}`);
}"""
#: How far right of the text around it the text of a table begins, where that is not nothing.
INDENTED = """(tables) => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    return tables.flatMap((table) => {
        const around = table.closest("section, .sd-card-body, article");
        const {paddingLeft} = getComputedStyle(around);
        const begin = around.getBoundingClientRect().x + parseFloat(paddingLeft);
        const cell = table.tBodies[0].rows[0].cells[0];
        const text = cell.querySelector("p") || cell;
        const {x} = text.getBoundingClientRect();
        const far = x + parseFloat(getComputedStyle(text).paddingLeft) - begin;
        return Math.abs(far) < 0.6 ? [] : [`${far}: ${table.textContent.slice(0, 60)}`];
    });
}"""
GUIDES = ["guide/format.html", "guide/keys.html", "guide/lifecycle.html", "truth/differences.html"]
#: Where what stands in the head of a page is.
HEAD = """(all) => all.map((one) => one.getBoundingClientRect()).map(({x, width}) => [x, width])"""


def test_columns_stay_where_they_are_while_rows_arrive(
    window: Callable[..., Page], address: str, pages: dict[str, str]
) -> None:
    page = window(1366)
    moved: dict[str, Any] = {}
    kinds = set()
    for path in [*pages.values(), *GUIDES]:
        page.goto(address + path)
        kinds |= {
            *page.locator("table.rb-table").evaluate_all("(all) => all.map((t) => t.classList[1])")
        }
        moved[path] = page.locator(TABLES).evaluate_all(MOVED)
    assert {path: tables for path, tables in moved.items() if tables} == {}
    assert kinds >= {"rb-operations", "rb-classes", "rb-senders", "rb-reason-list", "rb-reasons"}


@pytest.mark.parametrize("width", [390, 1366])
def test_tables_begin_where_the_text_begins(
    window: Callable[..., Page], address: str, pages: dict[str, str], width: int
) -> None:
    page = window(width)
    indented: dict[str, Any] = {}
    for path in [*pages.values(), *GUIDES]:
        page.goto(address + path)
        indented[path] = page.locator(TABLES).evaluate_all(INDENTED)
    assert {path: tables for path, tables in indented.items() if tables} == {}


@pytest.mark.parametrize("width", [390, 1366])
def test_the_head_has_room_for_what_scripts_show(
    window: Callable[..., Page], address: str, width: int
) -> None:
    page = window(width)
    head = page.locator(".mobile-header .brand, .rb-find > [type=submit]")
    page.goto(f"{address}voipbin/index.html")
    whole = head.evaluate_all(HEAD)
    page.route("**/*.js*", lambda route: route.abort())
    page.reload()
    assert head.evaluate_all(HEAD) == whole
