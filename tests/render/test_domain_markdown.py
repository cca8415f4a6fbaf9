"""The page of a domain for agents, at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reasonbook import limits
from reasonbook.format.model import Api, Catalogue, Note
from reasonbook.render.markdown.domain import domain_pages
from reasonbook.render.urls import SiteUrls


def pages(api: Api, urls: SiteUrls) -> dict[str, str]:
    return domain_pages(api.domains[0], api, urls)


def test_a_small_domain_says_cause_and_fix(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 1, 3).apis.values()
    (text,) = pages(api, urls).values()
    assert "| Reason | HTTP | Cause → Fix |" in text
    assert "(1) Read the resource and wait for its state to change. (2) Send the" in text


def test_a_larger_one_says_the_cause(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 1, 18).apis.values()
    (text,) = pages(api, urls).values()
    assert "| Reason | HTTP | Retry | Cause |" in text


def test_a_large_one_lists_what_to_decide_by_on_as_many_pages_as_it_takes(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    (api,) = catalogue_of(1, 1, 360).apis.values()
    found = pages(api, urls)
    domain = "account-0/account-manager-0"
    assert list(found)[:3] == [domain, f"{domain}.2", f"{domain}.3"]
    assert all(len(text) < limits.PAGE_CHARACTERS for text in found.values())
    everything = "".join(found.values())
    for reason in api.reasons.values():
        assert f"- {reason.name}: 409, after-fix, client\n" in everything


@pytest.mark.parametrize("reasons", [0, 3, 18, 360])
def test_notes_come_last(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls, reasons: int
) -> None:
    (api,) = catalogue_of(1, 1, reasons).apis.values()
    note = Note(kind="note", text="Read twice.")
    domain = api.domains[0].model_copy(update={"notes": (note,)})
    *others, last = domain_pages(domain, api, urls).values()
    assert last.endswith("\n\n**Note.** Read twice.\n")
    assert "Read twice." not in "".join(others)


def test_an_empty_domain_says_so(catalogue_of: Callable[..., Catalogue], urls: SiteUrls) -> None:
    (api,) = catalogue_of(1, 1, 0).apis.values()
    (text,) = pages(api, urls).values()
    assert text.endswith("No reasons are published for this domain yet.\n")
