"""The page that explains a pasted error, under the strict policy of our nginx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

import reasonbook
from reasonbook.explaining.explanation import explain
from reasonbook.explaining.saying import as_text
from reasonbook.format.model import Api, Reason
from reasonbook.render.facts.exchange import Answer, answers
from reasonbook.render.facts.short import actor, retry

from ..mock.conftest import running

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


def headings(page: Page) -> Locator:
    """Return the headings of what is explained."""
    return page.locator(".rb-explanations").get_by_role("heading", level=2)


def test_a_pasted_response_is_explained_and_checked(visit: Callable[..., Page]) -> None:
    page = visit("explain.html")
    paste(page, BROKEN)
    expect(page.get_by_role("status").last).to_have_text(
        "1 reason found, 1 difference from what is documented."
    )
    expect(headings(page)).to_have_text(
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


@pytest.fixture(scope="module")
def mocked() -> Iterator[httpx.Client]:
    """A client of a server that answers with the documented errors."""
    with running("catalogue") as (_, address), httpx.Client(base_url=address) as client:
        yield client


def documented() -> Iterator[Answer]:
    for api in reasonbook.load("catalogue").apis.values():
        for reason in api.reasons.values():
            yield from (each for each in answers(api, reason) if each.http)


def as_curl_prints(response: httpx.Response) -> str:
    """Return what ``curl -i`` prints of a response."""
    first = f"{response.http_version} {response.status_code} {response.reason_phrase}"
    headers = (f"{name}: {value}" for name, value in response.headers.items())
    return "\r\n".join([first, *headers, "", response.text])


def verdict(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return who can fix it and whether to send it again, by the first word of what is said."""
    return {
        name: value.strip("`").split()[0].strip("`")
        for name, value in said
        if name in ("Who can fix it", "Retry")
    }


def verdict_of(reason: Reason) -> dict[str, str]:
    """Return the same as the catalogue has it; what is not known is left out."""
    known = {"Who can fix it": actor(reason), "Retry": retry(reason)}
    return {name: word for name, word in known.items() if word}


def verdict_in_a_terminal(text: str, api: Api, reason: Reason) -> dict[str, str]:
    explained = explain(text, [api])
    (found,) = explained
    assert [each.reason for each in found.named] == [reason]
    assert found.faults == ()
    lines = as_text(explained).splitlines()
    return verdict((name.strip(), value) for name, _, value in (x.partition(": ") for x in lines))


def verdict_on_the_page(page: Page, reason: Reason) -> dict[str, str]:
    heading = headings(page)
    expect(heading).to_have_count(1)
    expect(heading).to_contain_text(re.compile(rf"^{re.escape(reason.name)} [–(]"))
    expect(page.get_by_role("status").last).to_have_text("1 reason found.")
    pairs = """terms => terms.map(({ innerText, nextElementSibling }) =>
        [innerText.replace(/:$/, ""), nextElementSibling.innerText])"""
    return verdict(page.locator(".rb-explained dt").evaluate_all(pairs))


def test_every_documented_error_has_one_verdict(
    visit: Callable[..., Page], project: Path, monkeypatch: pytest.MonkeyPatch, mocked: httpx.Client
) -> None:
    """By the mock server, a client of it, the terminal, and the page."""
    monkeypatch.chdir(project)
    page = visit("explain.html")
    shown = [*documented()]
    assert shown
    for answer in shown:
        api, reason = answer.api, answer.reason
        prefer = f'example="{answer.example.title}", http={answer.http}'
        address = f"/{api.name}/reasons/{quote(reason.name)}"
        response = mocked.get(address, headers={"Prefer": prefer})
        assert (response.status_code, response.text) == (answer.http, answer.example.body)
        text = as_curl_prints(response)
        paste(page, "")
        expect(headings(page)).to_have_count(0)
        paste(page, text)
        expected = verdict_of(reason)
        assert verdict_in_a_terminal(text, api, reason) == expected, reason.name
        assert verdict_on_the_page(page, reason) == expected, reason.name


def test_every_example_opens_here(visit: Callable[..., Page], project: Path) -> None:
    page = visit("explain.html")
    for api in reasonbook.load(project / "catalogue").apis.values():
        for reason in api.reasons.values():
            for number, example in enumerate(reason.examples, 1):
                name = f"{api.name}/{reason.name}:{number}"
                page.evaluate("name => { window.location.hash = name; }", name)
                assert verdict_on_the_page(page, reason) == verdict_of(reason), name
                text = page.get_by_label("The error", exact=True).input_value()
                assert text.endswith(example.body), name
