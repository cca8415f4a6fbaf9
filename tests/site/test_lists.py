"""Lists of reasons and of rules, and what leads into them, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 900}
CONTRAST = Path(__file__).with_name("contrast.js").read_text()
Open = Callable[..., Page]
LISTS = ["reasons.html", "voipbin/index.html"]
#: By name in the address, the label of a filter, and the column that it is about.
FILTERS = {
    "http": ("HTTP", 2),
    "who": ("Who can fix it", 3),
    "retry": ("Retry", 4),
    "life": ("Lifecycle", 5),
}


def rows(page: Page) -> Locator:
    return page.locator("table.rb-reason-list > tbody > tr:visible")


def filters(page: Page) -> Locator:
    """What opens the filters on a phone."""
    return page.locator(".rb-reason-filter summary")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_shows_what_has_its_value_and_is_kept_in_the_address(
    open_page: Open, path: str, name: str
) -> None:
    page = open_page(path)
    label, column = FILTERS[name]
    every = rows(page).count()
    field = page.get_by_label(label, exact=True)
    value = field.locator("option").nth(2).get_attribute("value")
    field.select_option(value)
    cells = rows(page).locator(f"td:nth-child({column})").all_inner_texts()
    assert 0 < len(cells) < every
    assert all(value in cell.split() for cell in cells)
    assert f"?{name}={value}" in page.url
    page.reload()
    expect(field).to_have_value(str(value))
    assert rows(page).locator(f"td:nth-child({column})").all_inner_texts() == cells


def test_a_filter_by_domain_leaves_one_table(open_page: Open) -> None:
    page = open_page("voipbin/index.html?domain=Queues+and+queue+calls")
    tables = page.locator("table.rb-reason-list:visible")
    expect(tables).to_have_count(1)
    expect(page.locator(".rb-of-domain > h3:visible")).to_contain_text("Queues and queue calls")
    expect(page.locator("section#handling > h2")).to_be_visible()  # what is no list stays
    assert page.get_by_label("API", exact=True).count() == 0


@pytest.mark.parametrize("path", LISTS)
def test_the_keyboard_filters_and_leads_to_a_reason(open_page: Open, path: str) -> None:
    page = open_page(path, viewport=PHONE)
    filters(page).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("queue not")
    labels = ["API"] * (path == "reasons.html") + ["Domain", "HTTP"]
    for label in labels:
        page.keyboard.press("Tab")
        expect(page.get_by_label(label, exact=True)).to_be_focused()
    page.keyboard.type("404")
    expect(page).to_have_url(re.compile(r"text=queue\+not&http=404$"))
    expect(rows(page)).to_have_count(2)
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "QUEUE_NOT_FOUND":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/voipbin/reasons/QUEUE_NOT_FOUND.html")


@pytest.mark.parametrize("path", LISTS)
def test_on_a_phone_codes_are_in_the_first_screen(open_page: Open, path: str) -> None:
    page = open_page(path, viewport=PHONE)
    expect(filters(page)).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("HTTP", exact=True)).to_be_hidden()
    expect(rows(page).nth(2)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", LISTS)
def test_folded_filters_of_the_address_are_active_and_cleared_at_once(
    open_page: Open, path: str
) -> None:
    page = open_page(f"{path}?http=402&text=balance", viewport=PHONE)
    expect(page.get_by_label("HTTP", exact=True)).to_be_hidden()
    expect(filters(page)).to_have_text("Filters (2 active)")
    found, count = map(int, re.findall(r"\d+", page.locator("output").inner_text()))
    assert 0 < found == rows(page).count() < count
    filters(page).click()
    page.get_by_role("button", name="Clear").click()
    expect(filters(page)).to_have_text("Filters")
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()
    expect(page).to_have_url(re.compile(f"{path}$"))
    assert rows(page).count() == count


def test_a_turned_screen_shows_what_it_has_room_for(open_page: Open) -> None:
    page = open_page("voipbin/index.html", viewport=PHONE)
    texts = [page.get_by_label("HTTP", exact=True), page.locator(".rb-ai-context li").first]
    for viewport in (PHONE, {"width": 844, "height": 390}, PHONE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for text in texts:
            expect(text).to_be_visible(visible=viewport != PHONE)


def test_what_agents_must_know_needs_no_script(open_page: Open) -> None:
    page = open_page("voipbin/index.html", java_script_enabled=False)
    expect(page.locator(".rb-ai-context li").first).to_be_visible()
    page = open_page("voipbin/index.html", viewport=PHONE, java_script_enabled=False)
    page.locator("summary.rb-ai-title").click()
    expect(page.locator(".rb-ai-context li").first).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_overview_has_every_code_without_a_script(
    open_page: Open, site: Path, viewport: dict[str, int]
) -> None:
    page = open_page("voipbin/index.html", viewport=viewport, java_script_enabled=False)
    data = json.loads((site / "voipbin/reasons.json").read_text())
    known = [reason["reason"] for reason in data["apis"][0]["reasons"]]
    assert known
    assert [text.split()[0] for text in rows(page).locator("a").all_inner_texts()] == known
    expect(page.locator(".rb-reason-filter")).to_be_hidden()


@pytest.mark.parametrize("path", [*LISTS, "voipbin/http.html", "vobiz/http.html"])
def test_on_a_phone_what_one_decides_by_is_in_columns_of_whole_words(
    open_page: Open, path: str
) -> None:
    page = open_page(path, viewport=PHONE)
    places = page.evaluate(
        """() => [...document.querySelectorAll("table.rb-reason-list tbody tr")].map((row) =>
            [...row.children].slice(1).map((cell) =>
                [cell.getBoundingClientRect().x, cell.getBoundingClientRect().height]))"""
    )
    assert places
    assert len({json.dumps([x for x, _ in cells]) for cells in places}) == 1
    assert max(height for cells in places for _, height in cells) < 40  # one line
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("spelling", ["call_not_found", "Call-Not-Found", "CALL_NOT_FOUND"])
def test_a_code_in_any_spelling_opens_its_accordion(open_page: Open, spelling: str) -> None:
    page = open_page(f"voipbin/call-manager.html#{spelling}")
    opened = page.locator("details.rb-reason[open]")
    expect(opened).to_have_count(1)
    expect(opened.locator("summary")).to_contain_text("CALL_NOT_FOUND")
    expect(opened.locator("summary")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("#CALL_NOT_FOUND$"))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_status_alone_leads_to_all_that_has_it(open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page("", viewport=viewport)
    page.get_by_role("combobox").fill("HTTP 503")
    page.locator("#find-results a[href$='voipbin/http.html#http-503']").click()
    page.wait_for_url("**/voipbin/http.html#http-503")
    section = page.locator("section#http-503")
    expect(section.locator("h2")).to_be_in_viewport()
    expect(section).to_contain_text("SERVICE_UNAVAILABLE")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_the_address_of_a_finding_shows_its_rule(
    open_page: Open, viewport: dict[str, int], javascript: bool
) -> None:
    page = open_page(
        "rules.html#retired-too-early", viewport=viewport, java_script_enabled=javascript
    )
    row = page.locator("tr:has(#retired-too-early)")
    expect(row).to_be_in_viewport(ratio=1)
    row.get_by_role("link").click()
    page.wait_for_url("**/rules/published.html#retired-too-early")
    expect(page.locator("section#retired-too-early > h2")).to_be_in_viewport()


def test_rules_are_filtered_by_words_and_a_link_shows_what_is_hidden(open_page: Open) -> None:
    page = open_page("rules.html", viewport=PHONE)
    page.get_by_role("searchbox", name="Filter by name, cause or fix").fill("utf-8")
    found = page.locator("table.rb-rules tbody tr:visible")
    expect(found.first).to_contain_text("not-utf8")
    expect(page.locator("section#group-published")).to_be_hidden()
    expect(page.locator(".rb-filter output")).to_have_text(re.compile(r"^\d of \d+ rules$"))
    page.evaluate("location.hash = '#ledger-broken'")
    expect(page.locator("tr:has(#ledger-broken)")).to_be_in_viewport()


def test_the_index_of_rules_is_less_than_half_of_what_they_took_on_a_phone(open_page: Open) -> None:
    page = open_page("rules.html", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollHeight") < 46_000 / 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_diff_adds_and_takes_away_is_told_by_colour_too(
    open_page: Open, scheme: str
) -> None:
    page = open_page("rules/files.html", color_scheme=scheme)
    colours = []
    for mark in ("gi", "gd"):
        part = page.locator(f".highlight-diff .{mark}").first
        assert part.evaluate(CONTRAST)["ratio"] >= 4.5
        colours.append(part.evaluate("(part) => getComputedStyle(part).color"))
    green, red = (tuple(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert green[1] > green[0]
    assert red[0] > red[1]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_card_leads_to_its_api_wherever_it_is_chosen(
    open_page: Open, site: Path, viewport: dict[str, int]
) -> None:
    page = open_page("", viewport=viewport)
    cards = page.locator("ul.rb-apis > li")
    data = json.loads((site / "reasons.json").read_text())
    for card, api in zip(cards.all(), data["apis"], strict=True):
        expect(card).to_contain_text(f"{len(api['reasons'])} reasons in")
    box = cards.first.bounding_box()
    assert box
    cards.first.click(position={"x": box["width"] - 20, "y": box["height"] - 8})
    page.wait_for_url(f"**/{data['apis'][0]['api']}/index.html")


def test_on_a_phone_the_codes_before_and_after_are_on_a_line_each(open_page: Open) -> None:
    page = open_page("voipbin/reasons/CONTACT_EMAIL_NOT_FOUND.html", viewport=PHONE)
    heights = page.locator(".related-pages .title").evaluate_all(
        "(all) => all.map((e) => e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight))"
    )
    assert [round(lines) for lines in heights] == [1, 1]


@pytest.mark.parametrize("path", ["voipbin/envelope.html", "changes.html", "rules.html", ""])
def test_on_a_phone_nothing_is_cut_off(open_page: Open, path: str) -> None:
    page = open_page(path, viewport=PHONE)
    wide = page.evaluate(
        """() => [...document.querySelectorAll("article :is(pre, table, p, li, dd)")]
            .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
            .map((part) => part.textContent.slice(0, 60))"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
