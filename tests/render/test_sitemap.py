from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from reasonbook import limits
from reasonbook.checking import check_catalogue
from reasonbook.render.data.sitemap import last_changes, robots, sitemaps
from reasonbook.render.page_kinds import Addresses, Pages


def named(text: str) -> list[str | None]:
    return [item.text for item in ElementTree.fromstring(text).iter() if item.tag.endswith("loc")]


def test_one_map() -> None:
    addresses = {"https://x/a.html": "2026-04-25", "https://x/b.html?c=1&d=2": ""}
    (text,) = sitemaps("https://x/", addresses).values()
    assert named(text) == [*addresses]
    assert "<loc>https://x/a.html</loc><lastmod>2026-04-25</lastmod></url>" in text
    assert text.count("<lastmod>") == 1


def test_a_large_site_has_several_maps_and_their_index() -> None:
    addresses = [f"https://x/{number}" for number in range(limits.SITEMAP_URLS + 1)]
    files = sitemaps("https://x/", dict.fromkeys(addresses, ""))
    assert [*files] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert named(files["sitemap.xml"]) == ["https://x/sitemap-1.xml", "https://x/sitemap-2.xml"]
    assert named(files["sitemap-1.xml"]) + named(files["sitemap-2.xml"]) == addresses


def test_robots() -> None:
    assert "Sitemap: https://x/sitemap.xml\n" in robots("https://x/")


def test_a_page_of_a_reason_has_the_day_of_the_ledger(project: Path) -> None:
    pages = Pages(check_catalogue(project / "catalogue"), Addresses(""))
    days = last_changes(pages)
    for api, ledger in pages.checked.ledgers.items():
        for entry in ledger.entries.values():
            reason = pages.checked.catalogue.apis[api].reasons[entry.reason]
            day = days[pages.addresses.reason(reason)]
            assert day >= (entry.retired or entry.first or "")
