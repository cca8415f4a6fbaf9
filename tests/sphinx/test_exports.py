"""What stands beside the pages, for each way to build them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.sphinx.exports import _schema_text

BASE = "https://errors.example.com/docs/"
CONF = f"extensions.append('reasonbook.site')\nhtml_baseurl = {BASE!r}\n"
BELOW_A_PREFIX = f"{CONF}reasonbook_prefix = 'err'\n"
FOR_AGENTS = re.compile(r"\.md$|\.json$|llms|sitemap|robots|404")


def for_agents(result: Any) -> set[str]:
    return {name for name in result.files() if FOR_AGENTS.search(name)}


def test_all_files(built_once: Callable[..., Any]) -> None:
    files = for_agents(built_once(CONF))
    reasons = (
        "alpha/reasons/FIRST_FAULT",
        "alpha/reasons/SHARED_FAULT",
        "alpha/reasons/LAST_FAULT",
    )
    reasons += ("beta/reasons/OTHER_FAULT", "beta/reasons/SHARED_FAULT")
    pages = ("index", "alpha/one", "alpha/two", "beta/one")
    pages += tuple(
        f"{api}/{page}"
        for api in ("alpha", "beta")
        for page in ("index", "envelope", "http", "unknown", "endpoints")
    )
    reasons += tuple(dict.fromkeys(f"reasons/{name.split('/')[2]}" for name in reasons))
    expected = {f"{name}.md" for name in (*pages, *reasons)} | {f"{name}.json" for name in reasons}
    expected |= {
        f"{folder}{name}"
        for folder in ("alpha/", "beta/")
        for name in (
            "llms.txt",
            "reasons.json",
            "unknown.json",
            "envelope.schema.json",
            "openapi.json",
        )
    }
    expected |= {"reasons.json", "llms.txt", "llms-contents.txt", "llms-full.txt"}
    kinds = ("reasons", "reason", "unknown", "code", "changes")
    expected |= {f"{kind}.schema.json" for kind in kinds}
    expected |= {"sitemap.xml", "robots.txt", "404.html", "404.md"}
    expected |= {"_static/reasonbook-addresses.json"}
    assert files - {"_static/reasonbook-markdown.js"} >= expected
    extra = {name for name in files - expected if not name.startswith("_static/")}
    assert extra == {"reasons.md", "explain.md"}


def test_none_where_the_project_has_no_pages(new_project: Callable[..., Any]) -> None:
    project = new_project(CONF + 'reasonbook_pages = "none"')
    project.write("index.rst", "Sample\n======\n\n.. reason:: alpha/FIRST_FAULT\n")
    result = project.build_strictly()
    assert {name for name in for_agents(result) if not name.startswith("_static/")} == set()
    page = result.page("index.html")
    assert "text/markdown" not in page
    assert "describedby" not in page
    assert "rb-page-menu" not in page


@pytest.mark.parametrize("builder", ["text", "latex", "singlehtml"])
def test_none_from_other_builders(built_once: Callable[..., Any], builder: str) -> None:
    result = built_once(CONF, builder=builder)
    assert {name for name in for_agents(result) if not name.startswith("_static/")} == set()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("prefix", ["", "errors/of"])
def test_every_page_leads_to_its_twin(
    built_once: Callable[..., Any], builder: str, prefix: str
) -> None:
    conf = CONF + (f"reasonbook_prefix = {prefix!r}\n" if prefix else "")
    result = built_once(conf, builder)
    stem = f"{prefix}/" if prefix else ""
    pages = [path for path in result.output.rglob("*.html") if "_static" not in path.parts]
    with_twin = 0
    for page in pages:
        soup = BeautifulSoup(page.read_text(), "html.parser")
        link = soup.find("link", rel="alternate", type="text/markdown")
        if link is None:
            names = (page.stem, page.parent.name)
            assert {"404", "search", "genindex"}.intersection(names), page
            continue
        with_twin += 1
        twin = (page.parent / str(link["href"])).resolve()
        assert twin.is_file(), page
        index = (page.parent / str(soup.find("link", rel="describedby")["href"])).resolve()
        inside = result.output / f"{stem}alpha" in page.parents
        expected = f"{stem}alpha/llms.txt" if inside else None
        assert index.is_file()
        if expected:
            assert index == (result.output / expected).resolve()
    assert with_twin >= 15
    data = json.loads(result.page("reasons.json"))
    reason = data["apis"][0]["reasons"][0]
    address = f"{BASE}{stem}alpha/reasons/FIRST_FAULT"
    assert reason["url"] == address + (".html" if builder == "html" else "/")
    assert reason["markdown_url"] == f"{address}.md"
    assert reason["json_url"] == f"{address}.json"
    assert (result.output / f"{stem}alpha/reasons/FIRST_FAULT.md").is_file()
    for url in re.findall(r"\((https?:[^)]*)\)", result.page("llms.txt")):
        assert (result.output / url.removeprefix(BASE)).is_file(), url


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_page_for_a_wrong_address_is_where_hosts_look(
    built_once: Callable[..., Any], builder: str
) -> None:
    result = built_once(CONF, builder)
    assert {name for name in result.files() if "404" in name} == {"404.html", "404.md"}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_page_for_a_wrong_address_finds_everything_from_any_depth(
    built_once: Callable[..., Any], builder: str
) -> None:
    result = built_once(CONF, builder)
    soup = BeautifulSoup(result.page("404.html"), "html.parser")
    base = urljoin(BASE, str(soup.find("base")["href"]))
    places = [tag.get("href") or tag.get("src") for tag in soup.select("[src], [href]:not(base)")]
    shown = soup.find(id="rb-not-found")
    places.append(f"{shown['data-root']}{shown['data-addresses']}")
    found = {urljoin(base, str(place)).partition("?")[0].partition("#")[0] for place in places}
    own = {address for address in found if not re.match("https?://(?!errors)", address)}
    assert len(own) > 10
    for address in own - {base}:
        assert address.startswith(BASE)
        path = result.output / address.removeprefix(BASE)
        assert path.is_file() or (path / "index.html").is_file(), address


def test_a_wrong_address_is_compared_with_the_pages_and_the_reasons_of_each_api(
    built_once: Callable[..., Any],
) -> None:
    known = json.loads(built_once(BELOW_A_PREFIX).page("_static/reasonbook-addresses.json"))
    assert [*known] == ["err/alpha/", "err/beta/"]
    assert known["err/alpha/"] == {
        "pages": ["envelope", "http", "endpoints", "one", "two"],
        "reasons": ["FIRST_FAULT", "SHARED_FAULT", "LAST_FAULT"],
    }


@pytest.mark.parametrize(
    ("builder", "pattern"),
    [("html", "/docs/err/API/reasons/REASON.html"), ("dirhtml", "/docs/err/API/reasons/REASON/")],
)
def test_the_page_for_a_wrong_address_shows_what_a_right_one_looks_like(
    built_once: Callable[..., Any], builder: str, pattern: str
) -> None:
    page = built_once(BELOW_A_PREFIX, builder).page("404.html")
    soup = BeautifulSoup(page, "html.parser")
    assert pattern in [code.get_text() for code in soup.select("#page-not-found code")]


def test_agents_at_a_wrong_address_are_told_what_to_do(built_once: Callable[..., Any]) -> None:
    text = built_once(BELOW_A_PREFIX).page("404.md")
    assert text.startswith(f"> Index: {BASE}llms.txt\n\n# There is no such reason or page\n")
    for address in ("reasons/REASON.md", "llms.txt", "unknown.md"):
        assert f" {BASE}err/API/{address}" in text


def test_a_page_for_wrong_addresses_written_by_hand_wins(new_project: Callable[..., Any]) -> None:
    own = {"404__rst": ":orphan:\n\nMine\n====\n\nMy own words.\n"}
    result = new_project(CONF, **own).build_strictly()
    assert "My own words." in result.page("404.html")
    assert "# Mine\n\nMy own words." in result.page("404.md")


def test_a_page_written_by_hand_wins(new_project: Callable[..., Any]) -> None:
    project = new_project(CONF, alpha__one__rst="")
    shown = "My own words.\n\n.. reason-examples:: alpha/one\n"
    project.write("alpha/one.rst", f"Mine\n====\n\n{shown}")
    result = project.build()
    assert "# Mine\n\nMy own words." in result.page("alpha/one.md")
    assert "[Mine](https://errors.example.com/docs/alpha/one.md): My own words." in (
        result.page("llms.txt")
    )


def test_a_build_of_single_pages_has_every_twin(new_project: Callable[..., Any]) -> None:
    pages = {f"page{n}__rst": f":orphan:\n\nPage {n}\n=======\n\nText.\n" for n in range(2)}
    project = new_project(CONF, **pages)
    whole = project.build_strictly()
    part = project.build(to="part", only="index.rst")
    assert part.code == 0, part.warnings
    assert not (part.output / "page1.html").exists()
    for name in ("index.md", "page0.md", "page1.md", "llms-full.txt"):
        assert part.page(name) == whole.page(name)


def test_a_twin_that_someone_removed_is_written_again(new_project: Callable[..., Any]) -> None:
    pages = {f"page{n}__rst": f":orphan:\n\nPage {n}\n=======\n\nText.\n" for n in range(2)}
    project = new_project(CONF, **pages)
    whole = project.build_strictly()
    before = {name: whole.page(name) for name in ("page1.md", "llms-full.txt")}
    (whole.output / "page1.md").unlink()
    project.write("page0.rst", ":orphan:\n\nPage 0\n=======\n\nText.\n")
    again = project.build("-n", "-W")
    assert again.code == 0, again.warnings
    assert {name: again.page(name) for name in before} == before


def test_an_edit_reaches_every_file(new_project: Callable[..., Any]) -> None:
    project = new_project(CONF)
    first = project.build_strictly()
    before = json.loads(first.page("reasons.json"))["content_hash"]

    def change(data: dict[str, Any]) -> None:
        data["reasons"][0]["cause"] = "Another cause."

    project.edit("alpha/one.yaml", change)
    second = project.build()
    for name in ("alpha/reasons/FIRST_FAULT.md", "alpha/reasons/FIRST_FAULT.json", "alpha/one.md"):
        assert "Another cause." in second.page(name)
    for name in ("llms-full.txt", "reasons.json", "alpha/reasons.json"):
        assert "Another cause." in second.page(name)
    assert json.loads(second.page("reasons.json"))["content_hash"] != before
    assert json.loads(second.page("beta/reasons.json"))["content_hash"]
    fresh = project.build(to="fresh", fresh=True)
    assert {name: second.files()[name] for name in for_agents(second)} == {
        name: fresh.files()[name] for name in for_agents(fresh)
    }


def test_the_number_of_processes_changes_no_byte(new_project: Callable[..., Any]) -> None:
    pages = {f"page{n}__rst": f":orphan:\n\nPage {n}\n=======\n\nText.\n" for n in range(12)}
    project = new_project(CONF, **pages)
    one = project.build("-j", "1", to="one", fresh=True)
    two = project.build("-j", "2", to="two", fresh=True)
    names = for_agents(one)
    assert names == for_agents(two)
    assert all(one.files()[name] == two.files()[name] for name in names)


def test_descriptions_come_from_the_front_matter_a_meta_or_the_text(
    new_project: Callable[..., Any],
) -> None:
    project = new_project(
        CONF,
        a__rst=":description: From the fields.\n:orphan:\n\nA\n=\n\nText. More.\n",
        b__rst=":orphan:\n\n.. meta::\n   :description: From the meta.\n\nB\n=\n\nText. More.\n",
        c__rst=":orphan:\n\nC\n=\n\nFrom the text. More.\n",
    )
    result = project.build_strictly()
    index = result.page("llms.txt")
    for name, source in (("a", "fields"), ("b", "meta"), ("c", "text")):
        assert f"[{name.upper()}]({BASE}{name}.md): From the {source}." in index
        soup = BeautifulSoup(result.page(f"{name}.html"), "html.parser")
        (meta,) = soup.find_all("meta", attrs={"name": "description"})
        assert meta["content"] == f"From the {source}."


def test_a_theme_of_any_kind_shows_the_menu(new_project: Callable[..., Any]) -> None:
    for theme in ("alabaster", "classic", "furo"):
        conf = f"{CONF}html_theme = {theme!r}\nhtml_theme_options = {{}}"
        result = new_project(conf).build_strictly()
        for page in ("index.html", "alpha/one.html", "alpha/reasons/FIRST_FAULT.html"):
            soup = BeautifulSoup(result.page(page), "html.parser")
            assert len(soup.select("details.rb-page-menu")) == 1
            assert not soup.select("[onclick], details.rb-page-menu [style]")


@pytest.mark.parametrize(
    ("conf", "suffix"),
    [("html_file_suffix = '.htm'", ".htm"), ("html_link_suffix = ''", "")],
    ids=["of files", "of links"],
)
def test_addresses_end_as_those_of_the_project(
    built_once: Callable[..., Any], conf: str, suffix: str
) -> None:
    result = built_once(f"{CONF}{conf}")
    address = f"alpha/reasons/FIRST_FAULT{suffix}"
    said = json.loads(result.page("alpha/reasons/FIRST_FAULT.json"))
    assert said["url"].endswith(f"/{address}")
    assert f"/{address}</loc>" in result.page("sitemap.xml")
    assert f"{address};" in result.page("_static/reasonbook-redirects.map")
    for name in ("reasons.json", "llms-full.txt", "_static/reasonbook-redirects.map"):
        assert ".html" not in result.page(name)


def test_a_schema_is_published_without_its_byte_order_mark(shop: Path) -> None:
    path = shop / "shop/envelope.schema.json"
    path.write_text(f"\ufeff{path.read_text()}", encoding="utf-8")
    envelope = load_catalogue(shop).catalogue.apis["shop"].envelope
    assert json.loads(_schema_text(envelope)) == envelope.body_schema
