"""From a wrong address to the right one: for hosts that can rewrite, and for the 404 page."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.format.model import Api
from reasonbook.render.page_kinds import OVERVIEW, REASON, Pages
from reasonbook.render.urls import SiteUrls


def nginx_map(pages: Pages, urls: SiteUrls) -> str:
    """Return the lines of an nginx ``map``, which compares without regard to case.

    It is asked without the last slash and ``.html`` of an address. The names are safe as file
    names, so nothing in them needs a quote.
    """
    lines = (
        f"{asked} {target};\n"
        for api in pages.checked.catalogue.apis.values()
        for asked, target in _right_addresses(api, pages, urls)
    )
    return "".join(lines)


def _right_addresses(api: Api, pages: Pages, urls: SiteUrls) -> Iterator[tuple[str, str]]:
    folder = f"/{urls.folder(api.name)}"
    yield folder.removesuffix("/"), folder
    yield f"{folder}index", folder
    yield f"{folder}llms.txt", f"{folder}llms.txt"
    for page in pages.of_api(api):
        address = f"/{page.docname}"
        if page.kind.html != "none" and page.kind is not OVERVIEW:
            yield address, f"{address}/" if urls.folders else f"{address}.html"
        yield f"{address}.md", f"{address}.md"
        if page.kind.json:
            yield f"{address}.json", f"{address}.json"


def address_list(pages: Pages, urls: SiteUrls) -> dict[str, dict[str, list[str]]]:
    """Return what the 404 page compares a wrong address with, by the folder of each API."""
    return {
        urls.folder(api.name): {
            "pages": [
                page.docname.removeprefix(urls.folder(api.name))
                for page in pages.of_api(api)
                if page.kind.html != "none" and page.kind not in (OVERVIEW, REASON)
            ],
            "reasons": [reason.slug for reason in api.reasons.values()],
        }
        for api in pages.checked.catalogue.apis.values()
    }
