"""Lists of reasons: on the overview of an API, on the page of all, and by HTTP status."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from reasonbook import limits

from .conftest import Project, Result

NOTES = [
    {"kind": "note", "text": "Where this comes from."},
    {"kind": "tip", "text": "Look at the status page."},
]


def parsed(result: Result, name: str) -> BeautifulSoup:
    return BeautifulSoup(result.page(name), "html.parser")


def rows(part: BeautifulSoup | Tag) -> list[list[str]]:
    """The cells of every row of the lists in a part of a page."""
    found = part.select("table.rb-reason-list tbody tr")
    return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in found]


@pytest.fixture(scope="module")
def built(new_project: Callable[..., Project]) -> Result:
    project = new_project()

    def more(data: dict[str, Any]) -> None:
        data["format"] = 2
        data["requires"] = []
        data["notes"] = NOTES
        data["planned_domains"] = ["three"]
        data["http"]["503"] = {"title": "Unavailable", "meaning": "Alpha is down."}

    def other(data: dict[str, Any]) -> None:
        data["reasons"].append({"reason": "PAID_FAULT", "title": "Pay first", "http": [402, 404]})
        data["reasons"].append({"reason": "OPEN_FAULT", "http": "unknown", "lifecycle": "planned"})
        data["reasons"][0]["remedy"]["actor"] = "client"

    project.edit("alpha/api.yaml", more)
    project.edit("alpha/two.yaml", other)
    project.edit(
        "alpha/one.yaml", lambda data: [r["remedy"].update(actor="client") for r in data["reasons"]]
    )
    return project.build_strictly()


def test_the_overview_lists_every_reason_by_domain(built: Result) -> None:
    page = parsed(built, "alpha/index.html")
    assert rows(page) == [
        ["FIRST_FAULT", "404", "client", "after-fix", "active"],
        ["SHARED_FAULT", "404", "client", "after-fix", "active"],
        ["LAST_FAULT", "404", "client", "after-fix", "active"],
        ["PAID_FAULT – Pay first", "402 404", "", "", "active"],
        ["OPEN_FAULT", "not known", "", "", "planned"],
    ]
    headings = [title.get_text().rstrip("¶") for title in page.select(".rb-of-domain > h3")]
    assert headings == ["Domain one", "Domain two"]
    link = page.select_one("table.rb-reason-list a")
    assert link
    assert link["href"] == "reasons/FIRST_FAULT.html"
    assert "Announced, no reasons published yet: three." in page.get_text()


def test_the_codes_come_after_what_agents_must_know_and_the_notes_last(built: Result) -> None:
    page = parsed(built, "alpha/index.html")
    headings = [title.get_text().rstrip("¶") for title in page.select("section > section > h2")]
    assert headings == ["Reasons", "How to handle these errors", "How reasons change", "Notes"]
    text = page.get_text()
    assert text.index("Agents of alpha branch") < text.index("FIRST_FAULT")
    folded = page.select_one("section#notes details:not([open])")
    assert folded
    assert "Where this comes from." in folded.get_text()
    assert "Look at the status page." not in folded.get_text()


@pytest.mark.parametrize(
    ("name", "count"), [("alpha/index.html", 1), ("reasons.html", 1), ("alpha/http.html", 0)]
)
def test_a_list_has_one_place_for_filters_and_their_script(
    built: Result, name: str, count: int
) -> None:
    page = parsed(built, name)
    assert len(page.select("div.rb-reason-filter")) == count
    assert len(page.select("script[src*='reasonbook-reasons.js']")) == count


def test_an_overview_of_very_many_reasons_leads_to_the_list_of_all(
    new_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OVERVIEW_REASONS", 2)
    result = new_project().build_strictly()
    page = parsed(result, "alpha/index.html")
    assert rows(page) == []
    assert page.find("a", href="../reasons.html", string="all 3 reasons")
    assert [item.get_text() for item in page.select("ul.rb-list strong")] == [
        "Domain one",
        "Domain two",
    ]
    assert len(rows(parsed(result, "beta/index.html"))) == 2


def test_every_status_leads_to_its_reasons_and_what_the_api_says_of_it(built: Result) -> None:
    page = parsed(built, "alpha/http.html")
    found = {str(part["id"]): part for part in page.select("section#by-status > section")}
    assert [*found] == ["http-402", "http-404", "http-503"]
    assert [row[0] for row in rows(found["http-402"])] == ["PAID_FAULT – Pay first"]
    assert len(rows(found["http-404"])) == 4
    assert "There is no such thing in alpha." in found["http-404"].get_text()
    assert rows(found["http-503"]) == []
    for said in ("503 Unavailable", "Alpha is down.", "No reason is listed with this status."):
        assert said in found["http-503"].get_text()


@pytest.mark.parametrize(
    ("name", "address", "text"),
    [
        ("alpha/envelope.html", "http.html#http-404", "404"),
        ("alpha/reasons/LAST_FAULT.html", "../http.html#http-404", "404"),
        # Of which the API itself says nothing.
        ("alpha/reasons/PAID_FAULT.html", "../http.html#http-402", "402"),
    ],
)
def test_a_status_leads_to_all_that_has_it(
    built: Result, name: str, address: str, text: str
) -> None:
    links = parsed(built, name).select(f"a[href='{address}']")
    assert [link.get_text() for link in links] == [text]


def test_the_markdown_has_what_one_decides_by_for_each_status(built: Result) -> None:
    text = built.page("alpha/http.md")
    assert "## 402 Payment Required\n\n- `PAID_FAULT`: 402/404\n" in text
    assert re.search(r"## 404 Not Found\n\nThere is no such thing in alpha\.\n\n- `FIRST", text)


def test_an_api_without_any_status_has_no_such_page(new_project: Callable[..., Project]) -> None:
    project = new_project()

    def without(data: dict[str, Any]) -> None:
        data.update(format=2, requires=[], http={}, statuses={})
        data["envelope"]["status"] = None

    project.edit("beta/api.yaml", without)
    names = ["OTHER_FAULT", "SHARED_FAULT"]
    found = [{"reason": name, "http": "unknown"} for name in names]
    project.edit("beta/one.yaml", lambda data: data.update(reasons=found))
    result = project.build_strictly()
    assert not (result.output / "beta/http.html").exists()
    assert [row[1:] for row in rows(parsed(result, "beta/index.html"))] == [["active"]] * 2
