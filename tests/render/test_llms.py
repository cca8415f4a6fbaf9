"""The indexes at every size of catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
            assert link["url"].endswith((".md", ".txt"))
            assert link["desc"]


def test_what_the_index_leaves_out_stands_in_the_contents(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    catalogue = catalogue_of(360, 1, 1)
    assert f"({urls.base}llms-contents.txt)" in llms.root_index(catalogue, urls, "Errors", GUIDES)
    files = llms.contents_files(catalogue, urls, GUIDES)
    assert all(len(text) < limits.FILE_CHARACTERS for text in files.values())
    parsed = [parse_llms_file(text) for text in files.values()]
    linked = {link["url"] for one in parsed for links in one.sections.values() for link in links}
    for api in catalogue.apis.values():
        assert urls.index(api.name) in linked
        assert {
            urls.markdown(urls.addresses.reason(each)) for each in api.reasons.values()
        } < linked
    assert "https://errors.example.com/guide/start.md" in linked
    assert list(files)[:2] == ["llms-contents", "llms-contents.2"]
    assert f"{urls.base}llms-contents.2.txt" in linked


def test_many_hand_written_pages_do_not_break_the_budget(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    pages = [llms.Guide(f"p{n}", f"Page {n}", "Some words.") for n in range(500)]
    text = llms.root_index(catalogue_of(2, 2, 2), urls, "Errors", pages)
    assert estimate_tokens(text) <= limits.INDEX_TOKENS
    assert "llms-contents.txt" in text


def test_an_empty_catalogue_has_an_index(urls: SiteUrls) -> None:
    text = llms.root_index(Catalogue(Path(), {}), urls, "Errors", [])
    assert [*parse_llms_file(text).sections] == ["Optional"]


def test_the_index_of_an_api_names_its_reasons(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 10, 36).apis.values()
    ((name, text),) = llms.api_files(api, urls).items()
    assert name == "account-0/llms"
    assert estimate_tokens(text) <= 5_000
    assert [*parse_llms_file(text).sections] == ["How to handle errors", "Domains"]
    for reason in api.reasons:
        assert reason in text
    assert "\nAbout account manager 0:\n\n- 409, after-fix, client: ACCOUNT_STATE_" in text


def test_the_index_of_an_api_says_where_its_errors_are(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 1, 1).apis.values()
    api = api.model_copy(update={"base_url": "https://api.example.com/v1"})
    where = "`https://api.example.com/v1`; reason in `reason`; unofficial"
    assert f"\nAPI account-0: {where}.\n" in llms.api_files(api, urls)["account-0/llms"]
    apis = Catalogue(Path(), {api.name: api})
    assert f"API account-0, 1 reason in 1 domain; {where}\n" in (
        llms.root_index(apis, urls, "Errors", [])
    )


def test_an_index_of_very_many_reasons_has_parts(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 20, 100).apis.values()
    files = llms.api_files(api, urls)
    assert list(files)[:2] == ["account-0/llms", "account-0/llms.2"]
    assert f"Continued: {urls.base}account-0/llms.2.txt\n" in files["account-0/llms"]
    assert len(parse_llms_file(files["account-0/llms"]).sections["Domains"]) == 20
    for text in files.values():
        assert estimate_tokens(text) <= 5_000
        assert parse_llms_file(text).title
    everything = "".join(files.values())
    assert all(reason in everything for reason in api.reasons)


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
    told = f"reason in `reason`, where REASON is what follows `{prefix}`"
    assert told in llms.api_files(problems, urls)["account-0/llms"]
    assert told not in llms.api_files(api, urls)["account-0/llms"]
    apis = replace(catalogue, apis={api.name: problems})
    assert told in llms.root_index(apis, urls, "Errors", GUIDES)


def test_a_summary_is_read_as_the_prose_it_is(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    hostile = "Sells ![x](https://shop.example/x.png) [run](javascript:a) <b>things</b> # `now`."
    (api,) = catalogue_of(1, 1, 1).apis.values()
    text = llms.api_files(api.model_copy(update={"summary": hostile}), urls)["account-0/llms"]
    quote = MarkdownIt("commonmark").parse(text.split("\n## ")[0])
    (shown,) = [t for t in quote if t.type == "inline" and t.content.startswith("Sells")]
    assert {child.type for child in shown.children or ()} == {"text", "code_inline"}
    assert "".join(child.content for child in shown.children or ()) == hostile.replace("`", "")
