"""The built site against the catalogue, both read by general parsers: nothing here is ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

CATALOGUE = Path(__file__).parents[2] / "catalogue"


class Reason(NamedTuple):
    api: str
    domain: str
    name: str
    http: int
    data: dict[str, Any]

    @property
    def steps(self) -> list[str]:
        fix = self.data["fix"]
        return fix if isinstance(fix, list) else [fix]

    @property
    def bodies(self) -> list[str]:
        """The bodies as they are shown: the last line is a whole one."""
        bodies = [example["body"] for example in self.data.get("examples") or []]
        return [body if body.endswith("\n") else f"{body}\n" for body in bodies]


def reasons() -> Iterator[Reason]:
    for path in sorted(CATALOGUE.glob("*/*.yaml")):
        if path.name == "api.yaml":
            continue
        api = yaml.safe_load((path.parent / "api.yaml").read_text())
        for data in yaml.safe_load(path.read_text())["reasons"]:
            http = data.get("http") or api["statuses"][data["status"]]["http"]
            yield Reason(path.parent.name, path.stem, data["reason"], http, data)


ALL = [*reasons()]
EVERY_REASON = pytest.mark.parametrize("reason", ALL, ids=[f"{r.api}-{r.name}" for r in ALL])


@cache
def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(), "html.parser")


def domain_page(site: Path, reason: Reason) -> BeautifulSoup:
    return page(site / reason.api / f"{reason.domain}.html")


def own_page(site: Path, reason: Reason) -> Tag:
    article = page(site / reason.api / "reasons" / f"{reason.name}.html").select_one("article")
    assert article
    return article


def accordion(site: Path, reason: Reason) -> Tag:
    target = domain_page(site, reason).find(id=reason.name)
    assert target
    details = target.find_parent("details")
    assert details
    return details


def full_texts(site: Path, reason: Reason) -> list[Tag]:
    """Both places that say all of a reason."""
    return [accordion(site, reason), own_page(site, reason)]


def plain(text: str) -> str:
    """What is read of a text with markup, on one line."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[`*]", "", text).split())


def shown(element: Tag) -> str:
    return " ".join(element.get_text().replace("*", "").split())


def test_every_published_reason_is_compared() -> None:
    published = {
        (path.parent.name, reason)
        for path in CATALOGUE.glob("*/published.json")
        for reason in json.loads(path.read_text())["reasons"]
    }
    assert {api for api, _ in published} >= {"voipbin", "vobiz"}
    assert published <= {(reason.api, reason.name) for reason in ALL}


@EVERY_REASON
def test_the_table_has_a_row(site: Path, reason: Reason) -> None:
    rows = domain_page(site, reason).select("table.rb-reasons tbody tr")
    cells = [[shown(cell) for cell in row.select("td")] for row in rows]
    (row,) = (row for row in cells if row[0].split()[0] == reason.name)
    assert row[1] == str(reason.http)
    assert plain(reason.data["cause"]) in row[2]
    assert all(plain(step) in row[2] for step in reason.steps)


@EVERY_REASON
def test_the_row_leads_to_the_accordion(site: Path, reason: Reason) -> None:
    link = domain_page(site, reason).select_one(f'table a[href="#{reason.name}"]')
    assert link
    assert link.get_text() == reason.name
    assert accordion(site, reason)


@EVERY_REASON
def test_the_accordion_is_named_by_reason_and_http_status(site: Path, reason: Reason) -> None:
    summary = accordion(site, reason).summary
    assert summary
    title = f" – {reason.data['title']}" if reason.data.get("title") else ""
    assert shown(summary).startswith(f"{reason.name}{title} {reason.http}")


@EVERY_REASON
def test_the_own_page_is_named_by_the_reason(site: Path, reason: Reason) -> None:
    heading = own_page(site, reason).h1
    assert heading
    assert next(heading.stripped_strings, "")
    assert heading.get_text().startswith(reason.name)


@EVERY_REASON
def test_the_http_status(site: Path, reason: Reason) -> None:
    for text in full_texts(site, reason):
        names = [shown(name).rstrip(":") for name in text.select("dl.rb-facts > dt")]
        values = [shown(value) for value in text.select("dl.rb-facts > dd")]
        facts = dict(zip(names, values, strict=True))
        assert facts["HTTP status"].split()[0] == str(reason.http)


@EVERY_REASON
def test_the_cause(site: Path, reason: Reason) -> None:
    for text in full_texts(site, reason):
        assert plain(reason.data["cause"]) in shown(text)


@EVERY_REASON
def test_the_fix(site: Path, reason: Reason) -> None:
    for text in full_texts(site, reason):
        assert all(plain(step) in shown(text) for step in reason.steps)


@EVERY_REASON
def test_the_remedy(site: Path, reason: Reason) -> None:
    remedy = reason.data["remedy"]
    for text in full_texts(site, reason):
        codes = [code.get_text() for code in text.select("p.rb-basis > code")]
        actor = "client" if remedy["actor"] == "caller" else remedy["actor"]  # a word of format 1
        assert codes[:2] == [actor, remedy["retry"]]


@EVERY_REASON
def test_the_bodies_of_the_examples_to_the_byte(site: Path, reason: Reason) -> None:
    for text in full_texts(site, reason):
        blocks = text.select("div.rb-body pre")
        assert [block.get_text().encode() for block in blocks] == [
            body.encode() for body in reason.bodies
        ]


@EVERY_REASON
def test_the_status_lines_of_the_examples(site: Path, reason: Reason) -> None:
    for text in full_texts(site, reason):
        lines = [block.get_text().split()[:2] for block in text.select("div.rb-response pre")]
        assert lines == [["HTTP/1.1", str(reason.http)]] * len(reason.bodies)


def test_many_reasons_have_examples() -> None:
    """So that comparing them compares something."""
    assert sum(len(reason.bodies) for reason in ALL) >= 34


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > len(ALL)
    return found


@cache
def ids(path: Path) -> set[str]:
    return {str(element["id"]) for element in page(path).find_all(id=True)}


HOST = "http://site.invalid/"


def addresses(site: Path) -> Iterator[tuple[Path, Tag, str]]:
    """Every address on every page, made absolute: the page, the element and the address."""
    for path in pages(site):
        here = HOST + path.relative_to(site).as_posix()
        for element in page(path).select("[href], [src], [action]"):
            for name in ("href", "src", "action"):
                if name in element.attrs:
                    yield path, element, urljoin(here, str(element[name]))


def test_no_note_stands_between_a_reader_and_the_table_of_reasons(site: Path) -> None:
    noted = 0
    for api, domain in {(reason.api, reason.domain) for reason in ALL}:
        article = page(site / api / f"{domain}.html")
        notes = article.select(".admonition:is(.note, .warning, .tip)")
        assert article.select("table.rb-reasons")
        assert all(note.find_previous("table", class_="rb-reasons") for note in notes), domain
        noted += len(notes)
    assert noted


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    links, dead = 0, []
    for path, element, address in addresses(site):
        if not address.startswith(HOST):
            continue
        links += 1
        place, fragment = urldefrag(unquote(address))
        target = site / urlsplit(place).path.lstrip("/")
        target = target / "index.html" if target.is_dir() else target
        if not target.is_file() or (fragment and fragment not in ids(target)):
            dead.append(f"{path.relative_to(site)}: {element}")
    assert dead == []
    assert links > 30 * len(pages(site))


def test_no_two_elements_of_a_page_share_an_id(site: Path) -> None:
    for path in pages(site):
        found = [element["id"] for element in page(path).find_all(id=True)]
        assert sorted(found) == sorted(ids(path))


LOADED = {"stylesheet", "icon", "manifest", "preload", "prefetch", "modulepreload", "preconnect"}


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    loaded, foreign = 0, []
    for path, element, address in addresses(site):
        if element.name == "a" or (element.name == "link" and not LOADED & {*element["rel"]}):
            continue
        loaded += 1
        if not address.startswith((HOST, "data:")):
            foreign.append(f"{path.relative_to(site)}: {element}")
    assert foreign == []
    assert loaded > 3 * len(pages(site))


def test_no_style_loads_anything_from_another_host(site: Path) -> None:
    styles = [*site.rglob("*.css")]
    assert "reasonbook.css" in {path.name for path in styles}
    for path in styles:
        used = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", path.read_text())
        assert [address for address in used if re.match(r"(?!data:)(?:\w+:)?//", address)] == []
