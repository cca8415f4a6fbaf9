"""The feed of changes: where the pages of a site say that it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from reasonbook.cli.main import main

BASE = "https://errors.example.com/docs/"
CONF = f"extensions.append('reasonbook.site')\nhtml_baseurl = {BASE!r}\n"


def with_ledgers(project: Any) -> Any:
    """A project whose reasons are published."""
    assert main(["publish", str(project.catalogue), "--date", "2026-01-02"]) == 0
    return project


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def builder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["", "errors"])
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(new_project: Callable[..., Any], builder: str, prefix: str) -> Any:
    project = with_ledgers(new_project(f"{CONF}reasonbook_prefix = {prefix!r}\n"))
    return project.build_strictly(builder)


def feed(prefix: str) -> str:
    return f"{BASE}{prefix}/changes.xml" if prefix else f"{BASE}changes.xml"


def pages(site: Any) -> dict[str, BeautifulSoup]:
    """Every page by its address."""
    return {
        BASE + path.relative_to(site.output).as_posix(): BeautifulSoup(
            path.read_text(), "html.parser"
        )
        for path in site.output.rglob("*.html")
        if "_static" not in path.parts
    }


def test_the_page_of_changes_links_to_the_feed(site: Any, builder: str, prefix: str) -> None:
    assert (site.output / feed(prefix).removeprefix(BASE)).is_file()
    name = "changes.html" if builder == "html" else "changes/index.html"
    address = feed(prefix).removesuffix("changes.xml") + name
    link = pages(site)[address].find("a", string="Atom feed")
    assert urljoin(address, str(link["href"])) == feed(prefix)


def test_so_does_its_markdown(site: Any, prefix: str) -> None:
    line = f"Follow it by [Atom feed]({feed(prefix)})."
    assert line in site.page(f"{prefix}/changes.md" if prefix else "changes.md")
    assert line in site.page("llms-full.txt")


def test_every_page_names_the_feed(site: Any, prefix: str) -> None:
    found = pages(site)
    assert len(found) > 15
    for address, page in found.items():
        (link,) = page.find_all("link", type="application/atom+xml")
        assert (link["rel"], link["title"]) == (["alternate"], "Sample: changes")
        if "404" not in address:  # which names the root of the site for all its addresses
            assert urljoin(address, str(link["href"])) == feed(prefix)


def test_no_page_names_a_feed_where_there_is_none(built_once: Callable[..., Any]) -> None:
    result = built_once(CONF)
    assert "application/atom+xml" not in result.page("index.html")


def test_what_is_no_site_leads_to_its_feed(new_project: Callable[..., Any]) -> None:
    result = with_ledgers(new_project(CONF)).build_strictly("xml")
    assert f"{BASE}changes.xml" in result.page("changes.xml")
