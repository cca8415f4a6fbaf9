from __future__ import annotations

import pytest

from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls


@pytest.mark.parametrize("base", ["https://x/docs", "https://x/docs/"])
def test_addresses(base: str) -> None:
    urls = SiteUrls.of(base, Addresses("errors"))
    assert urls.html("a/b") == "https://x/docs/a/b.html"
    assert urls.markdown("a/b") == "https://x/docs/a/b.md"
    assert urls.index() == "https://x/docs/llms.txt"
    assert urls.index("shop") == "https://x/docs/errors/shop/llms.txt"
    assert urls.reason_pattern() == "https://x/docs/errors/API/reasons/REASON.md"


@pytest.mark.parametrize(
    ("docname", "page"),
    [("index", ""), ("a/index", "a/"), ("a/b", "a/b/"), ("a/reindex", "a/reindex/")],
)
def test_addresses_of_folders(docname: str, page: str) -> None:
    urls = SiteUrls.of("https://x", Addresses(""), folders=True)
    assert urls.html(docname) == f"https://x/{page}"
    assert urls.markdown(docname) == f"https://x/{docname}.md"
