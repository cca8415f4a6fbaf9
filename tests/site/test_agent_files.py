"""The Markdown, the indexes and the data of the built site, as agents read them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from llms_txt import parse_llms_file
from markdown_it.tree import SyntaxTreeNode

from . import reading

BASE = "http://localhost:8000/"
INDEXES = ("llms.txt", "voipbin/llms.txt", "vobiz/llms.txt", "llms-contents.txt")


def twins(site: Path) -> list[Path]:
    return [path for path in sorted(site.rglob("*.md")) if "_static" not in path.parts]


def pages(site: Path) -> list[Path]:
    """Every page but those of no document."""
    apart = {"404.html", "search.html", "genindex.html"}
    return [
        path
        for path in sorted(site.rglob("*.html"))
        if path.name not in apart and "_static" not in path.parts
    ]


def nodes(text: str) -> Iterator[SyntaxTreeNode]:
    yield from SyntaxTreeNode(reading.GFM.parse(text)).walk()


def file_at(site: Path, address: str) -> Path:
    return site / unquote(urlsplit(address).path).removeprefix("/")


def test_every_page_has_a_twin_and_names_it(site: Path) -> None:
    for page in pages(site):
        twin = page.with_suffix(".md")
        assert twin.is_file(), page
        soup = BeautifulSoup(page.read_text(), "html.parser")
        alternate = soup.find("link", rel="alternate", type="text/markdown")
        index = soup.find("link", rel="describedby")
        assert (page.parent / str(alternate["href"])).resolve() == twin.resolve()
        assert (page.parent / str(index["href"])).resolve().is_file()


def test_the_most_specific_index_is_named(site: Path) -> None:
    for name, index in (
        ("index", "llms.txt"),
        ("guide/format", "llms.txt"),
        ("voipbin/index", "voipbin/llms.txt"),
        ("voipbin/call-manager", "voipbin/llms.txt"),
        ("vobiz/reasons/TRUNK_NOT_FOUND", "vobiz/llms.txt"),
    ):
        soup = BeautifulSoup((site / f"{name}.html").read_text(), "html.parser")
        href = str(soup.find("link", rel="describedby")["href"])
        assert (site / name).parent.joinpath(href).resolve() == (site / index).resolve()
        expected = "llms.txt" if name.startswith("guide/") else index
        first = (site / f"{name}.md").read_text().split("\n")[0]
        assert first == f"> Index: {BASE}{expected}"


def test_every_twin_is_plain_markdown(site: Path) -> None:
    for twin in twins(site):
        text = twin.read_text()
        assert text.startswith(f"> Index: {BASE}"), twin
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        headings = 0
        for node in nodes(text):
            assert node.type not in ("html_block", "html_inline", "image"), (twin, node.content)
            if node.type == "fence":
                assert re.fullmatch(r"[a-z0-9]*", node.info), (twin, node.info)
            if node.type == "text":
                assert not re.search(r"^(:::|```)|\{[a-z:-]+\}`", node.content), (
                    twin,
                    node.content,
                )
            headings += node.type == "heading" and node.tag == "h1"
        assert headings == 1, twin


def test_every_link_is_absolute_and_leads_to_something(site: Path) -> None:
    count = 0
    for path in [*twins(site), *(site / name for name in INDEXES), site / "llms-full.txt"]:
        text = path.read_text()
        links = {str(node.attrs["href"]) for node in nodes(text) if node.type == "link"}
        # Bare addresses count too, but not the pattern, nor what stands in examples.
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
        links |= {match.rstrip(".,)") for match in re.findall(rf"{BASE}[^\s>)\]]*", prose)}
        for link in links:
            assert re.match(r"https?://|mailto:", link), (path, link)
            if link.startswith(BASE) and not re.search(r"\b(API|REASON|SUB)\b", link):
                count += 1
                assert file_at(site, link).is_file(), (path, link)
                assert link.endswith((".md", ".json", ".txt", ".xml")), (path, link)
    assert count > 200


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_parses_with_the_reference_parser(site: Path, name: str) -> None:
    text = (site / name).read_text()
    parsed = parse_llms_file(text)
    assert parsed.title
    assert parsed.summary
    links = [link for section in parsed.sections.values() for link in section]
    assert len(links) == len(re.findall(r"\]\(", text))
    for link in links:
        assert link["url"].startswith(BASE)
        assert link["url"].endswith((".md", ".txt"))
        assert file_at(site, link["url"]).is_file(), link
        assert link["title"]
        assert link["desc"]


def code_of(reason: dict[str, Any]) -> str:
    """A reason as it stands in addresses, with its second level."""
    return "/".join(filter(None, (reason["reason"], reason["sub_reason"])))


def test_an_index_of_an_api_names_every_reason(site: Path) -> None:
    for api in reading.read_data(site / "reasons.json")["apis"]:
        text = (site / api["api"] / "llms.txt").read_text()
        listed = {}
        for facts, names in re.findall(r"^- ([^:\[]*): (.*)$", text, re.MULTILINE):
            named = [name.split(" (")[0] for name in names.split("; ")]  # without its title
            listed |= dict.fromkeys(named, facts)
        for reason in api["reasons"]:
            facts = listed[code_of(reason)].split(", ")
            known = {reason["remedy"]["retry"], reason["remedy"]["actor"]} - {"unknown"}
            assert known <= {*facts}
        assert api["url"].replace(".html", ".md") in text


def test_the_contents_lead_to_every_page(site: Path) -> None:
    linked = re.findall(r"\]\((\S*)\)", (site / "llms-contents.txt").read_text())
    assert {file_at(site, url) for url in linked} >= {
        page.with_suffix(".md") for page in pages(site)
    }


def test_the_page_of_a_code_names_every_api_that_has_it(site: Path) -> None:
    """For who does not know the API: in Markdown and as data."""
    apis = reading.read_data(site / "reasons.json")["apis"]
    for api in apis:
        for reason in api["reasons"]:
            if reason["sub_reason"] and reason["reason"] in map(code_of, api["reasons"]):
                continue  # the page of the first level leads to it
            stem = site / "reasons" / reason["reason"]
            assert f"]({reason['markdown_url']}): " in stem.with_suffix(".md").read_text()
            named = reading.read_data(stem.with_suffix(".json"))["reasons"]
            assert reason["json_url"] in [each["json_url"] for each in named]


def test_the_description_of_every_page_is_its_own(site: Path) -> None:
    """Of every page that is of no API, as the contents tell it."""
    apis = {api["api"] for api in reading.read_data(site / "reasons.json")["apis"]}
    listed = re.findall(
        r"^- \[.*?\]\((\S*)\): (.*)$", (site / "llms-contents.txt").read_text(), re.M
    )
    described = {url: text for url, text in listed if not {*apis} & {*url.split("/")}}
    of_no_api = {page for page in pages(site) if page.relative_to(site).parts[0] not in apis}
    assert {file_at(site, url).with_suffix(".html") for url in described} == of_no_api
    assert len(set(described.values())) == len(described)
    for url, description in described.items():
        page = file_at(site, url).with_suffix(".html")
        soup = BeautifulSoup(page.read_text(), "html.parser")
        assert soup.find("meta", attrs={"name": "description"}), page
        assert 20 <= len(description) <= 200, description


def test_everything_in_one_file(site: Path) -> None:
    everything = (site / "llms-full.txt").read_text()
    for twin in twins(site):
        # The others only lead elsewhere.
        is_list = twin.parent == site / "reasons" or twin.name.startswith(("reasons.", "http."))
        if twin.name != "404.md" and not is_list:
            assert twin.read_text() in everything, twin
    order = [everything.index(f"\n# {name}\n") for name in ("Reasonbook", "Vobiz", "VoIPbin")]
    assert order == sorted(order)


def test_crawlers_find_every_page(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    named = {element.text for element in tree.iter() if element.tag.endswith("}loc")}
    assert named == {f"{BASE}{page.relative_to(site).as_posix()}" for page in pages(site)}
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text()


def test_tabs_includes_and_roles_arrive_resolved(site: Path) -> None:
    front = (site / "index.md").read_text()
    assert "- reason: CALL\\_NOT\\_FOUND" not in front
    assert "- reason: CALL_NOT_FOUND" in front  # the included YAML
    assert f"[`CALL_NOT_FOUND`]({BASE}voipbin/reasons/CALL_NOT_FOUND.md)" in front  # the table
    guide = (site / "guide/sphinx.md").read_text()
    assert f"[`CALL_NOT_FOUND`]({BASE}voipbin/reasons/CALL_NOT_FOUND.md)" in guide  # a role
