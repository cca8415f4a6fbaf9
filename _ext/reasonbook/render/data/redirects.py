"""From a wrong address to the right one: for hosts that can rewrite, and for the 404 page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from reasonbook.render.page_kinds import HTTP, OVERVIEW, REASON, Page, Pages
from reasonbook.render.urls import SiteUrls, http_anchor

#: Files that had another address once: published ones are permanent.
_MOVED = {"/llms-contents.md": "/llms-contents.txt"}


def nginx_map(pages: Pages, urls: SiteUrls) -> str:
    """Return the lines of an nginx ``map``, which compares without regard to case.

    It is asked without the last slash and ``.html`` of an address. The names are safe as file
    names, so nothing in them needs a quote. No two lines are for the same address.
    """
    right: dict[str, str] = {}
    found = [*_MOVED.items(), *_right_addresses(pages, urls)]
    found = [*found, *_with_hyphens(found)]
    for asked, target in [*found, *_without_folder(found), *_of_statuses(pages, urls)]:
        right.setdefault(asked.casefold(), f"{asked} {target};\n")
    return "".join(right.values())


def index_map(pages: Pages, urls: SiteUrls) -> str:
    """Return the lines of an nginx ``map`` from an address to the most specific index."""
    folders = [f"/{urls.folder(name)}" for name in pages.checked.catalogue.apis]
    return "".join(f"~^{re.escape(folder)} {folder}llms.txt;\n" for folder in folders)


def _right_addresses(pages: Pages, urls: SiteUrls) -> Iterator[tuple[str, str]]:
    for api in pages.checked.catalogue.apis.values():
        folder = f"/{urls.folder(api.name)}"
        yield folder.removesuffix("/"), folder
        yield f"{folder}index", folder
        yield f"{folder}llms.txt", f"{folder}llms.txt"
        for page in pages.of_api(api):
            yield from _of_page(page, urls)
    for code in pages.codes:
        for page in pages.about(code):
            yield from _of_page(page, urls)


def _of_page(page: Page[Any], urls: SiteUrls) -> Iterator[tuple[str, str]]:
    address = f"/{page.docname}"
    if page.kind.html != "none" and page.kind is not OVERVIEW:
        yield address, f"{address}/" if urls.folders else f"{address}{urls.suffix}"
    yield f"{address}.md", f"{address}.md"
    if page.kind.json:
        yield f"{address}.json", f"{address}.json"


def _with_hyphens(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield where a reason is that is written as in an address, with hyphens."""
    for asked, target in found:
        folder, _, name = asked.rpartition("/reasons/")
        if "_" in name:
            yield f"{folder}/reasons/{name.replace('_', '-')}", target


def _without_folder(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield where a reason is that is asked for in the folder of its API."""
    for asked, target in found:
        folder, is_reason, name = asked.rpartition("/reasons/")
        if is_reason:
            yield f"{folder}/{name}", target


def _of_statuses(pages: Pages, urls: SiteUrls) -> Iterator[tuple[str, str]]:
    """Yield where the reasons of an HTTP status are."""
    for api in pages.checked.catalogue.apis.values():
        folder = f"/{urls.folder(api.name)}"
        page = urls.html(urls.addresses.page(HTTP, api)).removeprefix(urls.base)
        for code in api.http_codes:
            for asked in (f"{folder}http/{code}", f"{folder}{code}"):
                yield asked, f"/{page}#{http_anchor(code)}"


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
