"""The pages of a code for who does not know the API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.checking import check_catalogue
from reasonbook.render.data.export import code_json
from reasonbook.render.markdown.pages import MARKDOWN
from reasonbook.render.page_kinds import CODE, Addresses, Page, Pages
from reasonbook.render.urls import SiteUrls

from .conftest import made_up_reason, write_catalogue

Codes = Callable[..., dict[str, Page[Any]]]


@pytest.fixture
def codes(tmp_path: Path) -> Codes:
    """Make APIs with the given reasons; return the pages of their codes."""

    def make(pattern: str = "[A-Za-z_]+", **apis: list[dict[str, Any]]) -> dict[str, Page[Any]]:
        domains = {name: {"things": reasons} for name, reasons in apis.items()}
        write_catalogue(tmp_path, domains, reason_pattern=pattern)
        pages = Pages(check_catalogue(tmp_path), Addresses("")).by_docname
        return {name: page for name, page in pages.items() if page.kind is CODE}

    return make


def text_of(page: Page[Any], urls: SiteUrls) -> str:
    return MARKDOWN[CODE](page, urls)[page.docname]


def test_a_page_names_every_api_with_the_reason(codes: Codes, urls: SiteUrls) -> None:
    same = made_up_reason("STUCK")
    found = codes(bank=[same, made_up_reason("BROKE")], shop=[same])
    assert [*found] == ["reasons/STUCK", "reasons/BROKE"]
    assert text_of(found["reasons/STUCK"], urls) == (
        "> Index: https://errors.example.com/llms.txt\n\n# STUCK\n\n"
        "Fetch the page of the API that answered; it begins with the decision. For any "
        "other: https://errors.example.com/API/unknown.md\n\n"
        "- The bank API: [STUCK](https://errors.example.com/bank/reasons/STUCK.md): 409, "
        "after-fix, client\n"
        "- The shop API: [STUCK](https://errors.example.com/shop/reasons/STUCK.md): 409, "
        "after-fix, client\n"
    )


def test_spellings_that_file_systems_take_for_one_share_a_page(
    codes: Codes, urls: SiteUrls
) -> None:
    found = codes(bank=[made_up_reason("stuck")], shop=[made_up_reason("STUCK")])
    assert [*found] == ["reasons/stuck", "reasons/STUCK"]
    first, second = (text_of(page, urls) for page in found.values())
    assert first == second
    assert "\n\n# stuck or STUCK\n\n" in first


def test_the_first_level_stands_for_the_second(project: Path, urls: SiteUrls) -> None:
    pages = Pages(check_catalogue(project / "tests/roots/test-payment/catalogue"), Addresses(""))
    page = pages.by_docname["reasons/card_declined"]
    said = code_json(page.subject, pages.checked.catalogue.apis, urls)
    assert [(one["reason"], one["sub_reason"]) for one in said["reasons"]] == [
        ("card_declined", None)
    ]
    assert said["reasons"][0]["base_url"] == "https://till.example.com/v1"
