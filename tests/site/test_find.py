"""The box that finds a reason, and the list of all reasons, as people use them in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}
BODY = {
    "error": {"code": "TRUNK_NOT_FOUND", "message": "SIP trunk not found", "requestId": "req_1"}
}
RESPONSE = (
    "HTTP/2 402\ncontent-type: application/json\ncontent-length: 404\n\n"
    '{"error": {"status": "RESOURCE_EXHAUSTED", "reason": "INSUFFICIENT_BALANCE"}}'
)
LOG = "03:00:17 ERROR worker-3: DELETE /v1.0/calls/17/hold -> 404 reason=CALL_NOT_FOUND"
#: What people paste, and the page that has the fix.
PASTED = {
    "CALL_NOT_FOUND": "voipbin/reasons/CALL_NOT_FOUND",
    "call not found": "voipbin/reasons/CALL_NOT_FOUND",
    "callNotFound": "voipbin/reasons/CALL_NOT_FOUND",
    json.dumps(BODY): "vobiz/reasons/TRUNK_NOT_FOUND",
    json.dumps(BODY, indent=2): "vobiz/reasons/TRUNK_NOT_FOUND",
    RESPONSE: "voipbin/reasons/INSUFFICIENT_BALANCE",
    LOG: "voipbin/reasons/CALL_NOT_FOUND",
    "HTTP 500": "voipbin/reasons/INTERNAL",
    "422": "vobiz/reasons/VALIDATION_ERROR",
    "Access token has expired.": "vobiz/reasons/TOKEN_EXPIRED",
}


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page; at the end no script may have complained, and nothing been refused."""
    said: list[str] = []
    contexts = []

    def open_it(path: str = "", size: dict[str, int] = DESKTOP, *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport=size, java_script_enabled=scripts)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [text for text in said if "404 (Not Found)" not in text] == []


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("Find an error"))


def answers(page: Page) -> Locator:
    return page.locator("#find-results a")


def paste(page: Page, text: str) -> None:
    """Paste into the box, which may be anywhere on the page."""
    box(page).focus()
    box(page).evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData, cancelable: true });
            if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
        }""",
        text,
    )


@pytest.mark.parametrize(("text", "page_of_fix"), PASTED.items(), ids=str)
def test_one_paste_and_one_enter_lead_to_the_fix(
    visit: Callable[..., Page], text: str, page_of_fix: str
) -> None:
    page = visit()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    paste(page, text)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{page_of_fix}.html")


@pytest.mark.parametrize(("text", "page_of_fix"), PASTED.items(), ids=str)
def test_one_paste_and_one_tap_lead_to_the_fix(
    visit: Callable[..., Page], text: str, page_of_fix: str
) -> None:
    page = visit(size=PHONE)
    paste(page, text)
    expect(answers(page).first).to_be_in_viewport(ratio=1)
    expect(box(page)).to_be_in_viewport(ratio=1)
    answers(page).first.click()
    page.wait_for_url(f"**/{page_of_fix}.html")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    "path",
    [
        *("", "reasons.html", "vobiz/index.html", "guide/format.html", "not/a/page.html"),
        "voipbin/reasons/CALL_NOT_FOUND.html",
    ],
)
def test_every_page_has_the_box_and_nothing_moves(
    visit: Callable[..., Page], path: str, size: dict[str, int]
) -> None:
    page = visit(path, size)
    heading = page.locator("h1").first
    place = heading.bounding_box()
    assert box(page).count() == 1
    box(page).fill("trunk not found")
    expect(answers(page).first).to_have_attribute("href", re.compile("reasons/TRUNK_NOT_FOUND"))
    box(page).scroll_into_view_if_needed()
    assert heading.bounding_box() == place
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    answers(page).first.click()
    page.wait_for_url("**/vobiz/reasons/TRUNK_NOT_FOUND.html")


def test_an_answer_says_what_one_decides_by(visit: Callable[..., Page]) -> None:
    page = visit()
    box(page).press_sequentially("CALL_NOT_F")
    said = answers(page).first.inner_text()
    assert said.split("\n")[0].startswith("CALL_NOT_FOUND")
    for part in ("HTTP 404", "VoIPbin", "The call does not exist"):
        assert part in said


def test_an_answer_says_of_a_retry_what_its_page_says(visit: Callable[..., Page]) -> None:
    page = visit()
    label = re.compile("^Retry: ")
    for code in ("voipbin CALL_NOT_FOUND", "voipbin REQUEST_TIMEOUT", "vobiz PAYMENT_FAILED"):
        box(page).fill(code)
        badge = answers(page).first.locator(".rb-badge").filter(has_text=label)
        expect(answers(page).first).to_contain_text(code.split()[1])
        said, look = badge.inner_text(), badge.get_attribute("class")
        box(page).press("Enter")
        there = page.locator(".rb-verdict .rb-badge").filter(has_text=label)
        expect(there).to_have_text(said)
        assert there.get_attribute("class") == look


def test_the_keyboard_chooses(visit: Callable[..., Page]) -> None:
    """As the combobox pattern has it: the focus stays, and the active option is named."""
    page = visit()
    field = box(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("balance")
    expect(field).to_have_attribute("aria-expanded", "true")
    active = [page.locator("#find-result-0"), page.locator("#find-result-1")]
    expect(field).to_have_attribute("aria-activedescendant", "find-result-0")
    expect(active[0]).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "find-result-1")
    expect(active[0]).to_have_attribute("aria-selected", "false")
    expect(active[1]).to_have_attribute("role", "option")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#find-results")).to_be_hidden()
    expect(field).to_be_focused()


def test_near_spellings_are_offered(visit: Callable[..., Page]) -> None:
    page = visit()
    box(page).fill("INSUFICIENT_BALANCE")
    group = page.get_by_role("group", name="Did you mean")
    expect(group.get_by_role("option").first).to_contain_text("INSUFFICIENT_BALANCE")
    box(page).press("Enter")
    expect(box(page)).to_have_attribute("aria-activedescendant", "find-result-0")
    box(page).press("Enter")
    page.wait_for_url("**/reasons/INSUFFICIENT_BALANCE.html")


def test_nothing_found_is_said(visit: Callable[..., Page]) -> None:
    page = visit()
    box(page).fill("xqzzvw")
    expect(page.locator(".rb-find [role=status]")).to_have_text("Nothing found")
    assert answers(page).count() == 0


def test_without_a_script_the_form_leads_to_the_list(
    visit: Callable[..., Page], site: Path
) -> None:
    page = visit("guide/format.html", scripts=False)
    box(page).fill("CALL_NOT_FOUND")
    box(page).press("Enter")
    page.wait_for_url("**/reasons.html?text=CALL_NOT_FOUND")
    data = json.loads((site / "reasons.json").read_text())
    known = [reason["reason"] for api in data["apis"] for reason in api["reasons"]]
    names = page.locator("table.rb-reason-list td:first-child a").all_inner_texts()
    assert [name.split()[0] for name in names] == known
    expect(page.locator(".rb-reason-filter")).to_be_hidden()


def test_the_filters_of_the_list_are_in_the_address(visit: Callable[..., Page]) -> None:
    page = visit("reasons.html")
    page.get_by_label("HTTP", exact=True).select_option("402")
    page.get_by_label("API", exact=True).select_option("Vobiz")
    page.get_by_label("Text").fill("balance")
    expect(page).to_have_url(re.compile(r"reasons\.html\?http=402&api=Vobiz&text=balance$"))
    expect(page.locator("output")).to_have_text(re.compile(r"^1 of \d+ reasons$"))
    page.reload()
    rows = page.locator("table.rb-reason-list tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("INSUFFICIENT_BALANCE")
    expect(page.get_by_label("API", exact=True)).to_have_value("Vobiz")
    page.get_by_label("API", exact=True).select_option("any")
    page.get_by_label("Text").fill("")
    expect(page).to_have_url(re.compile(r"reasons\.html\?http=402$"))
    assert rows.count() > 1


def test_a_page_loads_the_index_on_first_use_only(visit: Callable[..., Page]) -> None:
    page = visit("voipbin/reasons/CALL_NOT_FOUND.html")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    page.wait_for_timeout(300)
    assert set(loaded) <= {"favicon.svg"}  # which the browser fetches when it likes
    box(page).fill("trunk")
    expect(answers(page).first).to_be_visible()
    assert set(loaded) >= {"reasonbook-find.js", "reasonbook-find-box.js", "reasonbook-find.json"}
