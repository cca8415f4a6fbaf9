"""What an agent pays for what it fetches, counted with o200k."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from llms_txt import parse_llms_file

from reasonbook import limits
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Catalogue
from reasonbook.render.markdown import llms
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.reason import reason_page
from reasonbook.render.markdown.unknown import unknown_page
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

from ..render.conftest import sized, write_catalogue

HEAD_TOKENS = 120
PAGE_TOKENS, FEW_PAGES_TOKENS = 220, 360
ROOT_TOKENS = 1_000
TWO_FETCHES_TOKENS = 1_500
NOT_FOUND_TOKENS = 130
UNKNOWN_TOKENS = 720
PAGE_CHARACTERS, FILE_CHARACTERS = 5_000, 50_000
# Everything in one file is for tools that take it in as a whole, not for a fetch.
NO_FETCH = {"llms-full.txt"}

BASE = "http://localhost:8000/"
# Short, and what the usual hosts give a project: every absolute link holds it.
ADDRESSES = [
    BASE,
    "https://docs.acme.com/errors/",
    "https://acme-telephony.github.io/reasonbook/",
    "https://acme-reasonbook.readthedocs.io/en/latest/",
]
MANY_ADDRESSES = [
    *ADDRESSES,
    "https://errors.example.com/",
    "https://vobiz.ai/",
    "https://voipbin.github.io/docs/",
    "https://a.co/",
    "https://xkqz.dev/",
    "https://qwrtzplk-mnbvcx.vercel.app/",
    "https://d3adb33f.cloudfront.net/site-7f3a/",
    "https://xn--bcher-kva.example/",
    "https://fehler.beispiel.de/dokumentation/",
    "https://user_name.gitlab.io/-/group/sub_group/project/",
    "https://REASONS.Example.COM/Docs/",
    "https://s3.eu-central-1.amazonaws.com/acme-docs/2026-08-22/",
    "http://192.168.10.25:8080/docs/",
]
GUIDES = [llms.Guide(f"guide/p{n}", f"Guide {n}", "What it says.") for n in range(8)]

Count = Callable[[list[str]], list[int]]


def reasons(site: Path) -> list[Path]:
    found = sorted(site.glob("*/reasons/*.md"))
    assert len(found) >= 34
    return found


def test_the_tokenizer_is_that_of_the_budgets(count: Count) -> None:
    assert count(["", "hello world", "CALL_NOT_FOUND", "→ 日本語"]) == [0, 2, 3, 3]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2] / "catalogue").catalogue


@pytest.fixture(scope="module", params=ADDRESSES)
def urls(request: pytest.FixtureRequest) -> SiteUrls:
    return SiteUrls.of(request.param, Addresses(""))


@pytest.fixture(scope="module")
def reason_pages(catalogue: Catalogue, urls: SiteUrls) -> dict[str, str]:
    """Every page of a reason, by its address below the site's."""
    return {
        urls.addresses.reason(reason): reason_page(reason, catalogue.apis[reason.api], urls)
        for reason in catalogue.reasons()
    }


def test_the_pages_are_those_of_the_site(site: Path, catalogue: Catalogue) -> None:
    urls = SiteUrls.of(ADDRESSES[0], Addresses(""))
    for page in reasons(site):
        reason = catalogue.apis[page.parts[-3]].reasons[page.stem]
        assert page.read_text() == reason_page(reason, catalogue.apis[reason.api], urls)


def test_identity_and_decision_come_first(reason_pages: dict[str, str], count: Count) -> None:
    heads = []
    for name, page in reason_pages.items():
        index, title, identity, decision, _ = page.split("\n\n", 4)
        api, _, reason = name.split("/", 2)
        assert index.startswith("> Index: ")
        assert index.endswith(f"/{api}/llms.txt")
        assert title.partition(" – ")[0] == f"# {reason}"
        assert identity.startswith("HTTP ")
        assert decision.startswith("Retry: ")
        heads.append("\n\n".join([index, title, identity, decision]))
    assert max(count(heads)) <= HEAD_TOKENS


def test_a_whole_page_of_a_reason(reason_pages: dict[str, str], count: Count) -> None:
    costs = dict(zip(reason_pages, count([*reason_pages.values()]), strict=True))
    over = {name: cost for name, cost in costs.items() if cost > PAGE_TOKENS}
    assert len(over) <= len(costs) / 10, over
    assert max(costs.values()) <= FEW_PAGES_TOKENS, over


def test_the_index_and_then_the_page(
    site: Path, catalogue: Catalogue, urls: SiteUrls, reason_pages: dict[str, str], count: Count
) -> None:
    index = root_index_at(urls, catalogue, site)
    unknown = [unknown_page(api, urls) for api in catalogue.apis.values()]
    cost, *costs = count([index, *reason_pages.values(), *unknown])
    assert cost <= ROOT_TOKENS
    assert cost + max(costs) <= TWO_FETCHES_TOKENS


def test_without_a_known_reason(catalogue: Catalogue, urls: SiteUrls, count: Count) -> None:
    pages = [unknown_page(api, urls) for api in catalogue.apis.values()]
    assert max(count(pages)) <= UNKNOWN_TOKENS


def test_guides_stay_in_the_index(
    site: Path, catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    """Beside two APIs of five domains; the more there are, the fewer guides."""
    index = root_index_at(urls, catalogue_of(2, 5, 4), site)
    assert index.count(f"]({urls.base}guide/") >= 2


def root_index_at(urls: SiteUrls, catalogue: Catalogue, site: Path) -> str:
    """The index as it is at some address, with the guides of the built site."""
    guides = [
        llms.Guide(link["url"].removeprefix(BASE)[:-3], link["title"], link["desc"])
        for link in parse_llms_file((site / "llms.txt").read_text()).sections["Optional"]
    ]
    return llms.root_index(catalogue, urls, "Reasonbook", guides)


def test_a_wrong_address(site: Path, count: Count) -> None:
    """Besides the names of the APIs, of which a site may have many."""
    text = (site / "404.md").read_text()
    said = "\n".join(line for line in text.split("\n") if not line.startswith("API is one of "))
    assert said != text
    (cost,) = count([said])
    assert cost < NOT_FOUND_TOKENS


def test_no_fetch_is_cut(site: Path) -> None:
    for page in reasons(site):
        assert len(page.read_text()) < PAGE_CHARACTERS, page
    files = [path for suffix in ("md", "txt") for path in site.rglob(f"*.{suffix}")]
    for path in files:
        if path.relative_to(site).as_posix() not in NO_FETCH and "_static" not in path.parts:
            assert len(path.read_text()) < FILE_CHARACTERS, path


def test_domain_pages(site: Path) -> None:
    reasons_json = json.loads((site / "reasons.json").read_text())
    sizes = [
        len((site / api["api"] / f"{domain['domain']}.md").read_text())
        for api in reasons_json["apis"]
        for domain in api["domains"]
    ]
    assert sum(size < PAGE_CHARACTERS for size in sizes) >= 0.95 * len(sizes)


def test_the_estimate_is_never_less_than_the_count(site: Path, count: Count) -> None:
    # Without this, a large catalogue could break the budget of its index.
    paths = [*site.rglob("*.md"), *site.rglob("llms.txt")]
    texts = [path.read_text() for path in paths]
    for text, tokens in zip(texts, count(texts), strict=True):
        assert estimate_tokens(text) >= tokens


def test_the_estimate_is_not_far_above_the_count(
    site: Path, catalogue: Catalogue, urls: SiteUrls, count: Count
) -> None:
    index = root_index_at(urls, catalogue, site)
    (tokens,) = count([index])
    assert estimate_tokens(index) <= 1.3 * tokens


@pytest.fixture(scope="module")
def catalogue_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Catalogue]:
    """Make a catalogue of some size, once for all addresses."""

    @cache
    def make(*sizes: int) -> Catalogue:
        folder = tmp_path_factory.mktemp("sized")
        write_catalogue(folder, sized(*sizes))
        return load_catalogue(folder).catalogue

    return make


@pytest.mark.parametrize("sizes", [None, (3, 10, 12), (36, 2, 5)])
def test_the_estimate_at_odd_addresses_is_not_far_below_the_count(
    monkeypatch: pytest.MonkeyPatch,
    catalogue: Catalogue,
    catalogue_of: Callable[..., Catalogue],
    count: Count,
    sizes: tuple[int, int, int] | None,
) -> None:
    monkeypatch.setattr(limits, "INDEX_TOKENS", 10**6)
    if sizes:
        catalogue = catalogue_of(*sizes)
    texts = [
        llms.root_index(catalogue, SiteUrls.of(base, Addresses("")), "Errors", GUIDES)
        for base in MANY_ADDRESSES
    ]
    for text, tokens in zip(texts, count(texts), strict=True):
        assert tokens <= 1.1 * estimate_tokens(text)


@pytest.mark.parametrize(
    "sizes", [(1, 12, 30), (3, 10, 12), (36, 2, 5), (120, 3, 1), (360, 1, 1)], ids=str
)
def test_360_reasons(
    catalogue_of: Callable[..., Catalogue],
    urls: SiteUrls,
    count: Count,
    sizes: tuple[int, int, int],
) -> None:
    catalogue = catalogue_of(*sizes)
    assert len([*catalogue.reasons()]) == 360
    root = llms.root_index(catalogue, urls, "Errors", GUIDES)
    pages = [
        reason_page(reason, api, urls)
        for api in catalogue.apis.values()
        for reason in api.reasons.values()
    ]
    cost, *costs = count([root, *pages])
    assert cost <= ROOT_TOKENS
    assert cost + max(costs) <= TWO_FETCHES_TOKENS
