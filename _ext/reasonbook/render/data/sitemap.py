"""What tells crawlers of the pages: a site map and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from reasonbook import limits

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(base: str, addresses: Iterable[str]) -> dict[str, str]:
    """Return the site map, by file name; with too many addresses, its parts and their index."""
    every = list(addresses)
    parts = [
        every[i : i + limits.SITEMAP_URLS] for i in range(0, len(every), limits.SITEMAP_URLS)
    ] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _document("urlset", "url", parts[0])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = _document("sitemapindex", "sitemap", [base + name for name in names])
    maps = [_document("urlset", "url", part) for part in parts]
    return {"sitemap.xml": index, **dict(zip(names, maps, strict=True))}


def _document(root: str, item: str, addresses: list[str]) -> str:
    items = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{items}</{root}>\n'
    )


def robots(base: str) -> str:
    """Return robots.txt: everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"
