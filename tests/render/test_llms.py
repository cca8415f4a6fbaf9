"""The indexes at every size of catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from llms_txt import parse_llms_file
from markdown_it import MarkdownIt

from reasonbook import limits
from reasonbook.format.model import Catalogue
from reasonbook.render.markdown import llms
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.urls import SiteUrls

GUIDES = [
    llms.Guide("index", "The [site]", "What stands where."),
    llms.Guide("guide/start", "Getting started", "From nothing\nto something."),
]


@pytest.mark.parametrize(
    ("apis", "domains", "reasons", "sections"),
    [
        (1, 3, 2, ["The account-0 API", "Optional"]),
        (2, 6, 30, ["The account-0 API", "The billing-1 API", "Optional"]),
        (1, 40, 9, ["APIs", "Optional"]),
        (12, 10, 3, ["APIs", "Optional"]),
        (60, 2, 3, ["APIs"]),
        (360, 1, 1, ["APIs"]),
    ],
)
def test_the_index_of_the_site_keeps_its_budget(
    catalogue_of: Callable[..., Catalogue],
    urls: SiteUrls,
    apis: int,
    domains: int,
    reasons: int,
    sections: list[str],
) -> None:
    catalogue = catalogue_of(apis, domains, reasons)
    text = llms.root_index(catalogue, urls, "Errors", GUIDES)
    assert estimate_tokens(text) <= limits.INDEX_TOKENS
    parsed = parse_llms_file(text)
    assert list(parsed.sections) == sections
    assert parsed.summary
    assert urls.reason_pattern() in parsed.info
    for links in parsed.sections.values():
        for link in links:
            assert link["url"].startswith(urls.base)
            assert link["url"].endswith(".md")
            assert link["desc"]


def test_what_the_index_leaves_out_stands_in_the_contents(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    catalogue = catalogue_of(360, 1, 1)
    assert f"({urls.base}llms-contents.md)" in llms.root_index(catalogue, urls, "Errors", GUIDES)
    pages = llms.contents_pages(catalogue, urls, GUIDES)
    assert all(len(text) < limits.FILE_CHARACTERS for text in pages.values())
    everything = "".join(pages.values())
    for api in catalogue.apis:
        assert f"({urls.base}{api}/index.md): 1 reason in 1 domain\n" in everything
    assert "[Getting started](https://errors.example.com/guide/start.md): From nothing to" in (
        everything
    )
    assert list(pages)[:2] == ["llms-contents", "llms-contents.2"]
    assert f"Continued: {urls.base}llms-contents.2.md" in pages["llms-contents"]


def test_many_hand_written_pages_do_not_break_the_budget(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    pages = [llms.Guide(f"p{n}", f"Page {n}", "Some words.") for n in range(500)]
    text = llms.root_index(catalogue_of(2, 2, 2), urls, "Errors", pages)
    assert estimate_tokens(text) <= limits.INDEX_TOKENS
    assert "llms-contents.md" in text


def test_an_empty_catalogue_has_an_index(urls: SiteUrls) -> None:
    from pathlib import Path

    text = llms.root_index(Catalogue(Path(), {}), urls, "Errors", [])
    assert parse_llms_file(text).sections == {}


def test_the_index_of_an_api_names_its_reasons(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 10, 36).apis.values()
    text = llms.api_index(api, urls)
    assert len(text) < limits.FILE_CHARACTERS
    parsed = parse_llms_file(text)
    assert sum(len(links) for links in parsed.sections.values()) == 3 + 360
    (first, *_) = parsed.sections["About account manager 0"]
    assert first["desc"] == "409, after-fix, client"


def test_an_api_with_too_many_reasons_names_its_domains(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 20, 50).apis.values()
    text = llms.api_index(api, urls)
    assert len(text) < limits.FILE_CHARACTERS
    assert len(parse_llms_file(text).sections["Domains"]) == 20


@pytest.mark.parametrize("count", range(0, 40, 3))
def test_no_more_guides_are_left_out_than_need_be(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls, count: int
) -> None:
    pages = [llms.Guide(f"p{n}", f"Page {n}", "Some words.") for n in range(count)]
    text = llms.root_index(catalogue_of(2, 3, 2), urls, "Errors", pages)
    listed = text.count("/p")
    if listed < count:
        line = llms.page_line(pages[listed], urls)
        assert estimate_tokens(f"{text}{line}\n") > limits.INDEX_TOKENS
        assert "llms-contents.md" in text


def test_a_title_that_speaks_of_http_stays_whole(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    pages = [llms.Guide(f"p{n}", "Errors on HTTP 404", "Words.") for n in range(500)]
    text = llms.root_index(catalogue_of(2, 3, 2), urls, "Errors", pages)
    assert f"- [Errors on HTTP 404]({urls.base}p0.md): Words." in text


def test_a_reason_after_a_prefix_is_told_apart_from_it(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    catalogue = catalogue_of(1, 1, 1)
    (api,) = catalogue.apis.values()
    prefix = "https://example.com/problems/"
    envelope = api.envelope.model_copy(update={"reason_prefix": (prefix,)})
    problems = api.model_copy(update={"envelope": envelope})
    told = f"In an error body it comes after `{prefix}`."
    last = "Of a reason that is an address, REASON is the last part."
    assert told in llms.api_index(problems, urls)
    assert told not in llms.api_index(api, urls)
    apis = replace(catalogue, apis={api.name: problems})
    assert last in llms.root_index(apis, urls, "Errors", GUIDES)
    assert last not in llms.root_index(catalogue, urls, "Errors", GUIDES)


def test_a_summary_is_read_as_the_prose_it_is(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    hostile = "Sells ![x](https://shop.example/x.png) [run](javascript:a) <b>things</b> # `now`."
    (api,) = catalogue_of(1, 1, 1).apis.values()
    text = llms.api_index(api.model_copy(update={"summary": hostile}), urls)
    quote = MarkdownIt("commonmark").parse(text.split("\n## ")[0])
    (shown,) = [t for t in quote if t.type == "inline" and t.content.startswith("Sells")]
    assert {child.type for child in shown.children or ()} == {"text", "code_inline"}
    assert "".join(child.content for child in shown.children or ()) == hostile.replace("`", "")
