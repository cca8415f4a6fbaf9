"""What tells crawlers of the pages: a site map and robots.txt."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from reasonbook import limits
from reasonbook.ledger.record import Ledger
from reasonbook.render.page_kinds import REASON, Pages

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(base: str, addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the site map, by file name; with too many addresses, its parts and their index.

    Each address has the day on which its page changed last, or nothing where that is not known.
    """
    every = list(addresses.items())
    parts = [
        every[i : i + limits.SITEMAP_URLS] for i in range(0, len(every), limits.SITEMAP_URLS)
    ] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _document("urlset", "url", parts[0])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = _document("sitemapindex", "sitemap", [(base + name, "") for name in names])
    maps = [_document("urlset", "url", part) for part in parts]
    return {"sitemap.xml": index, **dict(zip(names, maps, strict=True))}


def _document(root: str, item: str, addresses: list[tuple[str, str]]) -> str:
    items = "".join(
        f"<{item}><loc>{escape(address)}</loc>{day and f'<lastmod>{day}</lastmod>'}</{item}>\n"
        for address, day in addresses
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{items}</{root}>\n'
    )


def last_changes(pages: Pages) -> dict[str, str]:
    """Return, by document name, the day on which the ledger last recorded a change of a reason."""
    return {
        page.docname: day
        for page in pages.by_docname.values()
        if page.kind is REASON and (day := _last_change(page.ledger, page.subject.name))
    }


def _last_change(ledger: Ledger | None, reason: str) -> str:
    entry = ledger.entries.get(reason) if ledger else None
    days = (entry.first, entry.recorded, entry.deprecated, entry.retired) if entry else ()
    return max(filter(None, days), default="")


def robots(base: str) -> str:
    """Return robots.txt: everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"
