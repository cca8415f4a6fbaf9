"""The page that explains a pasted error, under the strict policy of our nginx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import reasonbook
from reasonbook.explaining.explanation import explain
from reasonbook.render.facts.short import actor, example_status, retry

pytestmark = pytest.mark.browser

BROKEN = """\
HTTP/1.1 402 Payment Required
Content-Type: application/json

{
  "status": "error",
  "error": {"code": "INSUFFICIENT_BALANCE", "message": "Account balance too low"},
  "timestamp": "yesterday",
  "requestId": "req_1"
}
"""


def paste(page: Page, text: str) -> None:
    page.get_by_label("The error", exact=True).fill(text)


def test_a_pasted_response_is_explained_and_checked(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    paste(page, BROKEN)
    expect(page.get_by_role("status").last).to_have_text(
        "1 reason found, 1 difference from what is documented."
    )
    expect(page.get_by_role("heading", level=2)).to_have_text(
        ["INSUFFICIENT_BALANCE (Vobiz, HTTP 402)", "This differs from what is documented of Vobiz"]
    )
    page.get_by_role("link", name="Permanent page of this reason").click()
    expect(page).to_have_url(re.compile(r"/vobiz/reasons/INSUFFICIENT_BALANCE\.html$"))


def test_a_difference_leads_to_its_line(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    paste(page, BROKEN)
    page.get_by_role("button", name="Line 7").focus()
    page.keyboard.press("Enter")
    selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert page.get_by_label("The error", exact=True).evaluate(selected) == '"yesterday",'


def test_it_follows_what_is_edited(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    paste(page, BROKEN)
    expect(page.get_by_role("button", name="Line 7")).to_be_visible()
    paste(page, BROKEN.replace("yesterday", "2026-01-01T00:00:00Z"))
    expect(page.get_by_role("status").last).to_have_text("1 reason found.")


def test_nothing_that_is_pasted_leaves_the_browser(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    expect(page.get_by_label("The error", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paste(page, BROKEN)
    expect(page.get_by_role("status").last).to_contain_text("1 reason found")
    assert asked == []
    kept = "() => [localStorage, sessionStorage].flatMap((s) => Object.values(s)).join(' ')"
    assert "INSUFFICIENT" not in page.evaluate(kept) + page.url


def test_the_address_names_a_reason_whose_example_is_shown(visit: Callable[..., Page]) -> None:
    page = visit("explain.html#voipbin/CALL_NOT_FOUND")
    expect(page.get_by_role("status").last).to_have_text("1 reason found.")
    text = page.get_by_label("The error", exact=True).input_value()
    assert text.startswith("HTTP/1.1 404\n")


def test_what_is_not_known_is_said(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    paste(page, "CALL_NOT_FUOND")
    expect(page.get_by_text("Did you mean CALL_NOT_FOUND")).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text("No known reason.")


def test_without_scripts_it_leads_to_the_list(visit: Callable[..., Page]) -> None:
    page = visit("explain.html", scripts=False)
    expect(page.get_by_text("This page needs JavaScript.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="the list of all reasons").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("All reasons")


def documented() -> Iterator[tuple[str, Any, Any]]:
    for api in reasonbook.load("catalogue").apis.values():
        for reason in api.reasons.values():
            for number, example in enumerate(reason.examples, 1):
                if example_status(reason, example):
                    yield f"{api.name}/{reason.name}:{number}", api, reason


def test_every_documented_error_has_the_same_verdict_here_and_in_a_terminal(
    visit: Callable[..., Page], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    page = visit("explain.html")
    errors = [*documented()]
    assert errors
    for name, api, reason in errors:
        page.evaluate("name => { window.location.hash = name; }", name)
        heading = page.get_by_role("heading", level=2)
        expect(heading).to_have_count(1)
        expect(heading).to_contain_text(f"{reason.name} ")
        facts = page.locator(".rb-explained dl").first.inner_text()
        assert (actor(reason) or "unknown") in facts or not actor(reason), name
        assert retry(reason) in facts, name
        expect(page.get_by_role("status").last).to_have_text("1 reason found.")
        (found,) = explain(page.get_by_label("The error", exact=True).input_value(), [api])
        assert [each.reason for each in found.named] == [reason]
        assert found.faults == ()
