"""The overview of an API says of which domains not all reasons are listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reasonbook.format.model import Api, Catalogue
from reasonbook.format.prose import text_of
from reasonbook.render import wording
from reasonbook.render.facts import overview
from reasonbook.render.markdown.api import overview_page
from reasonbook.render.urls import SiteUrls


@pytest.mark.parametrize(
    ("common", "said"),
    [
        ([], ""),
        ([1], "Only the common reasons are here, and the API may send others, of About one."),
        ([0, 1], wording.COVERAGE_OF_NONE),
    ],
    ids=["none", "some", "all"],
)
def test_coverage(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls, common: list[int], said: str
) -> None:
    (api,) = catalogue_of(1, 2, 1).apis.values()
    domains = [
        domain.model_copy(update={"coverage": "common", "title": "About one"})
        if number in common
        else domain
        for number, domain in enumerate(api.domains)
    ]
    told = overview.coverage(_with(api, domains))
    assert "".join(text_of(paragraph.children) for paragraph in told) == said
    if not common:
        assert "the API may send others" not in overview_page(_with(api, domains), urls)
    if len(common) == len(domains):
        assert said in overview_page(_with(api, domains), urls)


def _with(api: Api, domains: list[object]) -> Api:
    changed = api.model_copy()
    object.__setattr__(changed, "loaded_domains", tuple(domains))
    return changed
