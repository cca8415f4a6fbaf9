"""A map for hosts that can rewrite: from any spelling of a reason's address to the right one."""

from __future__ import annotations

from reasonbook.core.model import Catalogue

from .site_urls import SiteUrls


def nginx_map(catalogue: Catalogue, urls: SiteUrls) -> str:
    """Return the lines of an nginx ``map``, which compares without regard to case.

    The names are safe as file names, so nothing in them needs a quote.
    """
    lines = []
    for reason in catalogue.reasons():
        page = f"/{urls.addresses.reason(reason)}"
        target = f"{page}/" if urls.folders else f"{page}.html"
        lines += [f"{page} {target};", f"{page}.html {target};"]
        lines += [f"{page}{suffix} {page}{suffix};" for suffix in (".md", ".json")]
    return "\n".join(lines) + "\n"
