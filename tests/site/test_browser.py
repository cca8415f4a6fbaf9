"""The built site in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

CATALOGUE = Path(__file__).parents[2] / "catalogue"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
CALLS = "voipbin/call-manager.html"

FIND_CUT = Path(__file__).with_name("find-cut.js").read_text()


def reasons() -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Every reason: its page without suffix, its name, its HTTP status, its data."""
    for path in sorted(CATALOGUE.glob("*/*.yaml")):
        if path.name != "api.yaml":
            api = yaml.safe_load((path.parent / "api.yaml").read_text())
            for data in yaml.safe_load(path.read_text())["reasons"]:
                http = data.get("http") or api["statuses"][data["status"]]["http"]
                name = data["reason"]
                yield f"{path.parent.name}/reasons/{name}", name, http, data


@pytest.fixture(scope="session")
def visits(
    once: Callable[[str, Callable[[Path], Any]], Any], browser: Browser, served: str, site: Path
) -> dict[str, Any]:
    """What was noted while every page of the site was opened on a phone."""

    def visit(_: Path) -> dict[str, Any]:
        paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        complaints: list[str] = []
        statuses: dict[int, str] = {}
        failures: dict[str | None, str] = {}
        requests: list[str] = []
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(f"{page.url}: {said.type}: {said.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: failures.setdefault(request.failure, request.url))
        page.on("response", lambda got: statuses.setdefault(got.status, got.url))
        page.on("request", lambda request: requests.append(request.url))
        cut = {}
        for path in paths:
            page.goto(served + path)
            cut[path] = page.evaluate(FIND_CUT)
        context.close()
        foreign = [address for address in requests if not address.startswith((served, "data:"))]
        return {
            "cut": cut,
            "complaints": complaints,
            "refused": {status: url for status, url in statuses.items() if status >= 400},
            # Opening the next page gives up what the last one still loads.
            "failed": {why: url for why, url in failures.items() if why != "net::ERR_ABORTED"},
            "requests": len(requests),
            "foreign": foreign,
        }

    visited: dict[str, Any] = once("visits", visit)
    assert len(visited["cut"]) > len([*reasons()])
    return visited


def test_on_a_phone_nothing_is_cut(visits: dict[str, Any]) -> None:
    assert {path: cut["faults"] for path, cut in visits["cut"].items() if cut["faults"]} == {}
    assert visits["cut"][CALLS]["cells"] >= 3 * len(calls())


def test_on_a_phone_the_text_of_a_table_has_the_width_of_the_screen(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(CALLS, viewport=PHONE)
    cells = page.locator("table.rb-reasons td:last-child")
    widths = cells.evaluate_all("(all) => all.map((cell) => cell.getBoundingClientRect().width)")
    assert len(widths) == len(calls())
    assert min(widths) > 0.8 * PHONE["width"]


def test_no_page_complains(visits: dict[str, Any]) -> None:
    assert visits["refused"] == visits["failed"] == {}
    assert visits["complaints"] == []


def test_no_request_leaves_the_site(visits: dict[str, Any]) -> None:
    assert visits["foreign"] == []
    assert visits["requests"] > len(visits["cut"])


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_reason_table_is_a_table_to_assistive_tools(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(CALLS, viewport=viewport)
    rows = table_of(page, "Reasons of call-manager")
    assert {tuple(role for role, _ in row) for row in rows[1:]} == {("rowheader", "cell", "cell")}
    assert rows[0] == [("columnheader", text) for text in ("Reason", "HTTP", "Cause → Fix")]
    assert [(row[0][1].split()[0], row[1][1]) for row in rows[1:]] == calls()
    assert all("Fix:" in row[2][1] for row in rows[1:])


def calls() -> list[tuple[str, str]]:
    """Name and HTTP status of the reasons on the page of the calls."""
    found = yaml.safe_load((CATALOGUE / "voipbin" / "call-manager.yaml").read_text())["reasons"]
    https = {place: str(http) for place, _, http, _ in reasons()}
    return [(data["reason"], https[f"voipbin/reasons/{data['reason']}"]) for data in found]


def table_of(page: Page, label: str) -> list[list[tuple[str, str]]]:
    """The rows of a table in Chromium's own accessibility tree: role and name of each cell."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def below(node: Any, role: set[str]) -> Iterator[Any]:
        for child in (by_id[number] for number in node["childIds"]):
            if child["role"]["value"] in role:
                yield child
            else:
                yield from below(child, role)

    def text(node: Any) -> str:
        if node["role"]["value"] == "StaticText":
            return str(node["name"]["value"])
        return "".join(text(by_id[number]) for number in node["childIds"])

    (table,) = (
        node
        for node in nodes
        if node["role"]["value"] == "table" and node["name"]["value"] == label
    )
    rows = []
    for row in below(table, {"row"}):
        cells = [*below(row, {"cell", "columnheader", "rowheader"})]
        rows.append([(cell["role"]["value"], text(cell)) for cell in cells])
    return rows


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_an_address_with_a_reason_opens_its_accordion(
    open_page: Callable[..., Page], viewport: dict[str, int], javascript: bool
) -> None:
    address = f"{CALLS}#RECORDING_NOT_FOUND"
    page = open_page(address, viewport=viewport, java_script_enabled=javascript)
    expect_open(page, "RECORDING_NOT_FOUND")


def test_a_link_of_the_table_opens_the_accordion(open_page: Callable[..., Page]) -> None:
    page = open_page(CALLS)
    page.locator("table.rb-reasons").get_by_role("link", name="RECORDING_NOT_FOUND").first.click()
    expect_open(page, "RECORDING_NOT_FOUND")


def accordion(page: Page, name: str) -> Locator:
    return page.locator("details", has=page.locator(f"#{name}"))


def expect_open(page: Page, name: str) -> None:
    """Its accordion is the open one, and nothing covers its head."""
    expect(page.locator("details[open]")).to_have_count(1)
    summary = accordion(page, name).locator("summary")
    wait_until_still(page, summary)
    expect(summary).to_be_in_viewport(ratio=1)
    on_top = """(summary) => {
      const box = summary.getBoundingClientRect();
      const middle = [box.x + box.width / 2, box.y + box.height / 2];
      return summary.contains(document.elementFromPoint(...middle));
    }"""
    assert summary.evaluate(on_top)


def wait_until_still(page: Page, locator: Locator) -> None:
    """Wait for the end of smooth scrolling."""
    places = [None, locator.bounding_box()]
    while places[-1] != places[-2]:
        page.wait_for_timeout(100)
        places.append(locator.bounding_box())
        assert len(places) < 100


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_print_shows_every_accordion_open(open_page: Callable[..., Page], javascript: bool) -> None:
    page = open_page("voipbin/billing-manager.html", java_script_enabled=javascript)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf()))
    text = "".join("".join(sheet.extract_text().split()) for sheet in printed.pages)
    found = yaml.safe_load((CATALOGUE / "voipbin" / "billing-manager.yaml").read_text())["reasons"]
    bodies = [example["body"] for data in found for example in data["examples"]]
    assert ["".join(body.split()) in text for body in bodies] == [True] * len(bodies)
    assert len(bodies) >= 2


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("CALL_NOT_FOUND", lambda name, http: name == "CALL_NOT_FOUND"),
        ("not_found", lambda name, http: name.endswith("_NOT_FOUND")),
        ("402", lambda name, http: http == 402),
        ("balance", lambda name, http: "BALANCE" in name),
    ],
)
def test_the_search_finds_the_reasons(
    open_page: Callable[..., Page], query: str, wanted: Callable[[str, int], bool]
) -> None:
    expected = {place for place, name, http, _ in reasons() if wanted(name, http)}
    assert expected
    assert expected <= {*found_by_search(open_page(f"search.html?q={query}"))}


def test_the_search_finds_the_page_of_a_reason_first(open_page: Callable[..., Page]) -> None:
    found = found_by_search(open_page("search.html?q=CALL_NOT_FOUND"))
    assert found[0] == "voipbin/reasons/CALL_NOT_FOUND"


def test_the_search_lists_the_page_of_a_reason_once_with_its_own_words(
    open_page: Callable[..., Page],
) -> None:
    """Once with an excerpt: beside it stands the object, under the reason's bare name."""
    page = open_page("search.html?q=insufficient balance")
    assert "vobiz/reasons/INSUFFICIENT_BALANCE" in found_by_search(page)
    hits = page.locator("#search-results li").filter(
        has=page.get_by_role("link", name="INSUFFICIENT_BALANCE – Vobiz", exact=True)
    )
    expect(hits).to_have_count(1)
    expect(hits.locator("p.context")).to_have_text(
        re.compile(r"^\s*INSUFFICIENT_BALANCE\s+Vobiz › Balance and billing\s+HTTP 402")
    )


def found_by_search(page: Page) -> list[str]:
    """The pages that the search lists, without suffix."""
    expect(page.locator("#search-results")).to_contain_text("Search finished")
    links = page.locator("#search-results li > a").evaluate_all(
        "(links) => links.map((link) => new URL(link.href).pathname)"
    )
    return [address.strip("/").removesuffix(".html") for address in links]


def test_the_copy_button_copies_the_body(open_page: Callable[..., Page]) -> None:
    data = next(data for place, *_, data in reasons() if place == "voipbin/reasons/CALL_NOT_FOUND")
    page = open_page(f"{CALLS}#CALL_NOT_FOUND", permissions=["clipboard-read", "clipboard-write"])
    block = accordion(page, "CALL_NOT_FOUND").locator(".rb-body").first
    block.get_by_role("button", name="Copy body").click()
    expect(block.get_by_role("button", name="Copied")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == data["examples"][0]["body"].removesuffix("\n")


def test_each_part_of_an_example_has_one_button_that_is_seen(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("voipbin/reasons/CALL_NOT_FOUND.html")
    exchange = page.locator(".rb-exchange").first
    names = ["Copy request", "Copy headers", "Copy body", "Copy as curl"]
    expect(exchange.get_by_role("button")).to_have_count(len(names))
    for name in names:
        button = exchange.get_by_role("button", name=name)
        assert button.evaluate("(e) => getComputedStyle(e).opacity") == "1"
        assert min(button.bounding_box()[side] for side in ("width", "height")) >= 24


def test_the_request_is_copied_as_a_command(open_page: Callable[..., Page]) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    page = open_page("voipbin/reasons/CALL_NOT_FOUND.html", permissions=permissions)
    page.get_by_role("button", name="Copy as curl").first.click()
    command = page.locator(".rb-exchange-bar code").first
    expect(command).to_be_visible()
    expect(page.locator("p.rb-copied")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == command.inner_text()
    assert copied.startswith("curl -i https://api.voipbin.net/v1.0/calls/")


def test_an_example_opens_in_explain(open_page: Callable[..., Page]) -> None:
    page = open_page("voipbin/reasons/CALL_NOT_FOUND.html")
    body = page.locator(".rb-body pre").first.inner_text()
    page.get_by_role("link", name="Open in Explain").first.click()
    expect(page.locator("#rb-pasted")).to_have_value(re.compile(re.escape(body.strip())))


def test_commands_are_copied_without_prompts_and_output(open_page: Callable[..., Page]) -> None:
    page = open_page("guide/own-api.html", permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight-console").first
    block.get_by_role("button", name="Copy code").click()
    expect(block.get_by_role("button", name="Copied")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    typed = [line for line in block.locator("pre").inner_text().split("\n") if line[:2] == "$ "]
    assert typed
    assert copied.split("\n") == [line.removeprefix("$ ") for line in typed]


def test_an_opened_accordion_is_in_the_address_and_open_again_on_return(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(CALLS)
    accordion(page, "CALL_NOT_FOUND").locator("summary").click()
    expect(page).to_have_url(re.compile("#CALL_NOT_FOUND$"))
    page.locator("details.rb-reason").nth(2).locator("summary").click()
    page.get_by_role("link", name="Permanent page of this reason").first.click()
    page.wait_for_url("**/reasons/**")
    page.go_back()
    expect(page.locator("details.rb-reason[open]")).to_have_count(2)
    link = accordion(page, "CALL_NOT_FOUND").get_by_role("link", name="Link to it here")
    expect(link).to_have_attribute("href", "#CALL_NOT_FOUND")


CONTRAST = Path(__file__).with_name("contrast.js").read_text()
TEXTS = [
    "article p",
    "article td p",
    "article a",
    "article code",
    ".rb-badge",
    ".rb-ai-context p",
    "details summary",
    ".rb-body pre span[class]",
    "dl.rb-remedy dt",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_either_scheme(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(CALLS, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert (page.locator("body").evaluate(CONTRAST)["behind"] < 0.2) == (scheme == "dark")
    for selector in TEXTS:
        ratios = page.locator(selector).evaluate_all(
            f"(all) => all.filter((e) => e.innerText.trim()).map({CONTRAST}).map((f) => f.ratio)"
        )
        assert ratios, selector
        assert min(ratios) >= 4.5, selector
