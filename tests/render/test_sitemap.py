from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from reasonbook import limits
from reasonbook.render.data.sitemap import robots, sitemaps


def named(text: str) -> list[str | None]:
    return [item.text for item in ElementTree.fromstring(text).iter() if item.tag.endswith("loc")]


def test_one_map() -> None:
    addresses = ["https://x/a.html", "https://x/b.html?c=1&d=2"]
    (text,) = sitemaps("https://x/", addresses).values()
    assert named(text) == addresses


def test_a_large_site_has_several_maps_and_their_index() -> None:
    addresses = [f"https://x/{number}" for number in range(limits.SITEMAP_URLS + 1)]
    files = sitemaps("https://x/", addresses)
    assert [*files] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert named(files["sitemap.xml"]) == ["https://x/sitemap-1.xml", "https://x/sitemap-2.xml"]
    assert named(files["sitemap-1.xml"]) + named(files["sitemap-2.xml"]) == addresses


def test_robots() -> None:
    assert "Sitemap: https://x/sitemap.xml\n" in robots("https://x/")
