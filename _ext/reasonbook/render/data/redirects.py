"""From a wrong address to the right one: for hosts that can rewrite, and for the 404 page."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.format.model import Api, Catalogue
from reasonbook.render.urls import SiteUrls


def nginx_map(catalogue: Catalogue, urls: SiteUrls) -> str:
    """Return the lines of an nginx ``map``, which compares without regard to case.

    It is asked without the last slash and ``.html`` of an address. The names are safe as file
    names, so nothing in them needs a quote.
    """
    lines = (
        f"{asked} {target};\n"
        for api in catalogue.apis.values()
        for asked, target in _right_addresses(api, urls)
    )
    return "".join(lines)


def _right_addresses(api: Api, urls: SiteUrls) -> Iterator[tuple[str, str]]:
    folder = f"/{urls.folder(api.name)}"
    yield folder.removesuffix("/"), folder
    yield f"{folder}index", folder
    for name in ("index.md", "llms.txt"):
        yield f"{folder}{name}", f"{folder}{name}"
    reasons = [f"/{urls.addresses.reason(reason)}" for reason in api.reasons.values()]
    for page in [*(f"{folder}{name}" for name in _page_names(api, urls)), *reasons]:
        yield page, f"{page}/" if urls.folders else f"{page}.html"
        yield f"{page}.md", f"{page}.md"
    for page in reasons:
        yield f"{page}.json", f"{page}.json"


def address_list(catalogue: Catalogue, urls: SiteUrls) -> dict[str, dict[str, list[str]]]:
    """Return what the 404 page compares a wrong address with, by the folder of each API."""
    return {
        urls.folder(api.name): {
            "pages": _page_names(api, urls),
            "reasons": [reason.slug for reason in api.reasons.values()],
        }
        for api in catalogue.apis.values()
    }


def _page_names(api: Api, urls: SiteUrls) -> list[str]:
    """Return the pages in the folder of an API, without its first."""
    addresses = urls.addresses
    pages = [addresses.envelope(api.name)]
    if api.operations:
        pages.append(addresses.endpoints(api.name))
    pages += [addresses.domain(api.name, domain.name) for domain in api.domains]
    return [page.removeprefix(urls.folder(api.name)) for page in pages]
