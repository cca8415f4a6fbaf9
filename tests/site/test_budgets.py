"""What an agent pays for what it fetches, counted with o200k."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ..render.conftest import sized, write_catalogue

HEAD_TOKENS = 120
PAGE_TOKENS, FEW_PAGES_TOKENS = 220, 330
ROOT_TOKENS = 1_000
TWO_FETCHES_TOKENS = 1_500
NOT_FOUND_TOKENS = 150
PAGE_CHARACTERS, FILE_CHARACTERS = 5_000, 50_000
# Everything in one file is for tools that take it in as a whole, not for a fetch.
NO_FETCH = {"llms-full.txt"}

Count = Callable[[list[str]], list[int]]


@pytest.fixture(scope="module")
def count(node_tools: Path) -> Count:
    def tokens(texts: list[str]) -> list[int]:
        command = ["node", "count.mjs"]
        result = subprocess.run(
            command,
            cwd=node_tools,
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
        )
        return list(json.loads(result.stdout))

    return tokens


def reasons(site: Path) -> list[Path]:
    found = sorted(site.glob("*/reasons/*.md"))
    assert len(found) >= 34
    return found


def test_the_tokenizer_is_that_of_the_budgets(count: Count) -> None:
    assert count(["", "hello world", "CALL_NOT_FOUND", "→ 日本語"]) == [0, 2, 3, 3]


def test_identity_and_decision_come_first(site: Path, count: Count) -> None:
    heads = []
    for page in reasons(site):
        index, title, identity, decision, _ = page.read_text().split("\n\n", 4)
        assert index.startswith("> Index: ")
        assert title == f"# {page.stem}"
        assert " HTTP " in identity
        assert decision.startswith("Retry ")
        heads.append("\n\n".join([index, title, identity, decision]))
    assert max(count(heads)) <= HEAD_TOKENS


def test_a_whole_page_of_a_reason(site: Path, count: Count) -> None:
    pages = reasons(site)
    costs = dict(zip(pages, count([page.read_text() for page in pages]), strict=True))
    over = {page.stem: cost for page, cost in costs.items() if cost > PAGE_TOKENS}
    assert len(over) <= len(pages) / 10, over
    assert max(costs.values()) <= FEW_PAGES_TOKENS, over


def test_the_index_and_then_the_page(site: Path, count: Count) -> None:
    (root,) = count([(site / "llms.txt").read_text()])
    assert root <= ROOT_TOKENS
    worst = max(count([page.read_text() for page in reasons(site)]))
    assert root + worst <= TWO_FETCHES_TOKENS


def test_a_wrong_address(site: Path, count: Count) -> None:
    (cost,) = count([(site / "404.md").read_text()])
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
    from reasonbook.render.parts import estimate_tokens

    texts = [path.read_text() for path in [*site.rglob("*.md"), *site.rglob("llms.txt")]]
    for text, tokens in zip(texts, count(texts), strict=True):
        assert estimate_tokens(text) >= tokens


@pytest.mark.parametrize(
    ("apis", "domains", "reasons"),
    [(1, 12, 30), (3, 10, 12), (36, 2, 5), (120, 3, 1), (360, 1, 1)],
)
def test_360_reasons(tmp_path: Path, count: Count, apis: int, domains: int, reasons: int) -> None:
    from reasonbook.core.loader import load_catalogue
    from reasonbook.render import llms
    from reasonbook.render.addresses import Addresses
    from reasonbook.render.reason_markdown import reason_page
    from reasonbook.render.site_urls import SiteUrls

    write_catalogue(tmp_path, sized(apis, domains, reasons))
    catalogue = load_catalogue(tmp_path).catalogue
    assert len([*catalogue.reasons()]) == 360
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    guides = [llms.HandWritten(f"guide/p{n}", f"Guide {n}", "What it says.") for n in range(8)]
    root = llms.root_index(catalogue, urls, "Errors", guides)
    pages = [
        reason_page(reason, api, urls)
        for api in catalogue.apis.values()
        for reason in api.reasons.values()
    ]
    cost, *costs = count([root, *pages])
    assert cost <= ROOT_TOKENS
    assert cost + max(costs) <= TWO_FETCHES_TOKENS
