"""The documented facts of VoIPbin, in each rendering of the built site.

A list of these facts and general parsers are all that is used here, and nothing of ours.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from markdown_it.tree import SyntaxTreeNode
from sphinx.util.inventory import InventoryFile

from .reading import GFM, read_page, squeezed, visible

FACTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "facts" / "voipbin.json").read_text(encoding="utf-8")
)
REASONS: list[dict[str, Any]] = FACTS["reasons"]
EACH = pytest.mark.parametrize("fact", REASONS, ids=lambda fact: fact["reason"])


def codes(part: Tag) -> list[str]:
    return [code.get_text() for code in part.select("code")]


@cache
def html_tables(site: Path) -> dict[str, list[list[Tag]]]:
    """The cells of each row of the matrix, by the class of its table."""
    page = read_page(site / "voipbin/endpoints.html")
    found: dict[str, list[list[Tag]]] = {}
    for kind in ("classes", "operations", "senders"):
        rows = page.select(f"table.rb-{kind} > tbody > tr")
        found[kind] = [row.find_all("td", recursive=False) for row in rows]
    return found


@cache
def markdown_items(site: Path) -> dict[str, list[list[str]]]:
    """The items of each list of the twin and its further parts: the text, then the codes in it."""
    first = site / "voipbin/endpoints.md"
    parts = [first, *site.glob("voipbin/endpoints.*.md")]
    parts.sort(key=lambda path: (len(path.name), path.name))
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for node in SyntaxTreeNode(GFM.parse("\n".join(path.read_text() for path in parts))).children:
        if node.type == "heading" and node.tag == "h2":
            heading = squeezed(visible(node))
        if node.type == "bullet_list":
            for item in node.children:
                inner = [c.content for c in item.walk() if c.type == "code_inline"]
                found.setdefault(heading, []).append([squeezed(visible(item)), *inner])
    return found


def html_fact(page: Tag, name: str) -> Tag:
    (term,) = [t for t in page.select("dl.rb-facts > dt") if t.get_text().rstrip(":") == name]
    value = term.find_next_sibling("dd")
    assert isinstance(value, Tag)
    return value


@EACH
def test_html(site: Path, fact: dict[str, Any]) -> None:
    page = read_page(site / f"voipbin/reasons/{fact['reason']}.html")
    assert codes(html_fact(page, "HTTP status")) == [str(fact["http"])]
    told = page.select_one(".rb-lifecycle")
    said = told.get_text() if told else ""
    assert said.startswith("Announced") == (fact["life"] == "planned")
    assert said.startswith("Retired on") == (fact["life"] == "retired")
    day = "Announced" if fact["life"] == "planned" else "First published"
    assert squeezed(html_fact(page, day).get_text()) == fact["since"]
    if fact["life"] == "retired":
        assert told
        assert fact["retired"] in told.get_text()
        assert codes(told) == [fact["replaced_by"]]
    if fact["sent_by"]:
        assert set(fact["sent_by"]) <= set(codes(html_fact(page, "Raised by")))


@EACH
def test_markdown(site: Path, fact: dict[str, Any]) -> None:
    nodes = SyntaxTreeNode(GFM.parse((site / f"voipbin/reasons/{fact['reason']}.md").read_text()))
    _, title, identity, *_ = nodes.children
    assert squeezed(visible(title)).split(" – ")[0] == fact["reason"]
    head = r"HTTP (\d+)(?: [A-Z_]+)?(?:, (planned|retired)(?: on ([\d-]+))?)?"
    match = re.match(head, visible(identity))
    assert match
    assert (int(match[1]), match[2] or "active") == (fact["http"], fact["life"])
    if fact["life"] == "retired":
        assert match[3] == fact["retired"]
        assert f"replaced by {fact['replaced_by']}" in visible(identity)


@EACH
def test_json(site: Path, fact: dict[str, Any]) -> None:
    alone = json.loads((site / f"voipbin/reasons/{fact['reason']}.json").read_text())
    (api,) = [
        api
        for api in json.loads((site / "reasons.json").read_text())["apis"]
        if api["api"] == "voipbin"
    ]
    (together,) = [r for r in api["reasons"] if r["reason"] == fact["reason"]]
    for reason in (alone, together):
        keys = ("http", "lifecycle", "since")
        assert [reason[key] for key in keys] == [fact["http"], fact["life"], fact["since"]]
        if fact["sent_by"]:
            assert set(fact["sent_by"]) <= set(reason["raised_by"])
        if fact["life"] == "retired":
            gone = reason["deprecated"]
            assert (gone["retired"], gone["replaced_by"]) == (fact["retired"], fact["replaced_by"])


@EACH
def test_the_matrix_says_what_sends_it(site: Path, fact: dict[str, Any]) -> None:
    if fact["life"] == "retired":
        return
    (row,) = [r for r in html_tables(site)["senders"] if codes(r[0]) == [fact["reason"]]]
    (item,) = [item for item in markdown_items(site)["By reason"] if item[1] == fact["reason"]]
    assert str(fact["http"]) in row[0].get_text()
    assert item[0].startswith(f"{fact['reason']} {fact['http']}")
    assert ("planned" in row[0].get_text()) == (fact["life"] == "planned")
    assert ("planned" in item[0].split(":")[0]) == (fact["life"] == "planned")
    assert set(fact["sent_by"]) <= set(codes(row[1]))
    assert set(fact["sent_by"]) <= set(item[2:])


def own_reasons() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {operation: set() for operation in FACTS["operations"]}
    for fact in REASONS:
        for operation in fact["sent_by"]:
            found[operation].add(fact["reason"])
    return found


def test_each_operation_is_on_the_matrix_with_its_reasons(site: Path) -> None:
    rows = {codes(cells[0])[0]: set(codes(cells[1])) for cells in html_tables(site)["operations"]}
    for operation, reasons in own_reasons().items():
        assert reasons <= rows[operation], operation


def test_each_operation_is_on_the_twin_of_the_matrix_with_its_reasons(site: Path) -> None:
    said = {
        code: set(item[1:])
        for heading, items in markdown_items(site).items()
        if heading.startswith("/")
        for item in items
        for code in item[1:]
        if " /" in code
    }
    for operation, reasons in own_reasons().items():
        assert reasons <= said[operation], operation


def test_every_status_that_an_operation_is_described_with_is_explained(site: Path) -> None:
    """By a reason of its own, by one of its classes, or by words on its row."""
    tables = html_tables(site)
    of_class = {codes(cells[0])[0]: cells[2] for cells in tables["classes"] if codes(cells[0])}
    (every,) = [cells[2] for cells in tables["classes"] if cells[0].get_text().startswith("any")]
    rows = {codes(cells[0])[0]: cells for cells in tables["operations"]}
    for operation, described in FACTS["operations"].items():
        _, own, classes = rows[operation]
        badges = [own, every, *(of_class[name] for name in codes(classes))]
        shown = {int(b.get_text()) for part in badges for b in part.select("[class*=rb-http]")}
        assert set(described) <= shown, operation


def test_answers_without_a_body_are_marked_on_the_matrix(site: Path) -> None:
    rows = {codes(cells[0])[0]: cells[1].get_text() for cells in html_tables(site)["operations"]}
    marked = {name for name, text in rows.items() if "without an envelope" in text}
    assert marked == set(FACTS["without_body"])


def test_each_operation_is_an_object_that_leads_to_its_row(site: Path) -> None:
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    objects = inventory.data["err:endpoint"]
    page = BeautifulSoup((site / "voipbin/endpoints.html").read_text(), "html.parser")
    for operation in FACTS["operations"]:
        address, _, anchor = objects[f"voipbin/{operation}"].uri.partition("#")
        assert address == "voipbin/endpoints.html"
        row = page.find(id=anchor).find_parent("tr")  # type: ignore[union-attr]
        assert row
        assert codes(row)[0] == operation


def test_a_contradicted_header_is_promised(site: Path) -> None:
    """One page denies it; the source sends Retry-After with 429."""
    page = read_page(site / "voipbin/envelope.html")
    rows = [row.get_text(" ") for row in page.select("table.rb-headers tbody tr")]
    assert [r for r in rows if "Retry-After" in r and "429" in r]
    twin = (site / "voipbin/envelope.md").read_text()
    assert [line for line in twin.splitlines() if "`Retry-After`" in line and "429" in line]


def test_a_code_that_no_list_has_is_no_reason(site: Path) -> None:
    for suffix in ("html", "md", "json"):
        assert not list(site.glob(f"**/reasons/BILLING_ACCESS_DENIED.{suffix}"))
    for path in ("voipbin/endpoints.html", "voipbin/endpoints.md", "voipbin/api-manager.html"):
        assert "BILLING_ACCESS_DENIED" not in (site / path).read_text()


def test_recordings_are_written_as_the_api_description_writes_them(site: Path) -> None:
    listed = [operation for operation in FACTS["operations"] if "/recording" in operation]
    assert [operation for operation in listed if operation.endswith("recording_stop")]
    for path in [*site.glob("voipbin/endpoints*"), *site.glob("voipbin/reasons/*")]:
        assert "/recording-st" not in path.read_text(), path


def test_what_is_never_sent_is_said_to_be_planned_in_each_domain(site: Path) -> None:
    for fact in (fact for fact in REASONS if fact["life"] == "planned"):
        page = read_page(site / f"voipbin/reasons/{fact['reason']}.html")
        (told,) = page.select(".rb-lifecycle")
        instead = codes(told)
        assert instead
        by_name = {each["reason"]: each for each in REASONS}
        assert {by_name[name]["life"] for name in instead} == {"active"}
        assert {by_name[name]["http"] for name in instead} == {fact["http"]}


def test_the_feed_and_the_page_of_changes_tell_each_that_was_sent(site: Path) -> None:
    feed = ElementTree.fromstring((site / "changes.xml").read_text())
    words = set(re.findall(r"[A-Z][A-Z_]+", "".join(feed.itertext())))
    page = set(codes(read_page(site / "changes.html")))
    for fact in REASONS:
        assert (fact["reason"] in words) == (fact["life"] != "planned"), fact
        assert (fact["reason"] in page) == (fact["life"] != "planned"), fact
