"""Writes what programs and agents read beside the pages: Markdown, JSON, indexes.

What the catalogue says is written from the model, once, when the build ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from reasonbook.format.model import Api
from reasonbook.ledger.record import moved_away
from reasonbook.render import changes
from reasonbook.render.data import export as json_export
from reasonbook.render.data import redirects, sitemap
from reasonbook.render.data.schema import export_schema
from reasonbook.render.markdown import api as page_markdown
from reasonbook.render.markdown import llms
from reasonbook.render.markdown.domain import domain_pages
from reasonbook.render.markdown.reason import reason_page
from reasonbook.render.markdown.unknown import unknown_json, unknown_page
from reasonbook.render.urls import SiteUrls
from reasonbook.site.twins import hand_written, is_generated, site_urls, twin_text, writes_exports
from reasonbook.sphinx.reason_pages import write_if_changed
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain

#: What the page for a wrong address compares it with.
ADDRESS_LIST = "_static/reasonbook-addresses.json"
#: What ``deploy/nginx.conf`` includes.
REDIRECTS = "_static/reasonbook-redirects.map"


def write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write everything that comes from the model; a handler of ``build-finished``."""
    if exception is not None or not writes_exports(app):
        return
    for name, text in _files(app):
        write_if_changed(Path(app.outdir, name), text)


def _files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield the path below the output folder, and the text, of every file."""
    sphinx_domain = ErrSphinxDomain.of(app.env)
    catalogue, urls = sphinx_domain.catalogue, site_urls(app)
    written = hand_written(app)
    pages: dict[str, str] = {}
    for api in catalogue.apis.values():
        pages |= _pages(app, api, urls)
        yield from _api_data(api, urls)
    yield from ((f"{docname}.md", text) for docname, text in pages.items())
    everything = json_export.catalogue_json(catalogue, urls)
    yield "reasons.json", json_export.dump(everything, depth=json_export.CATALOGUE_DEPTH)
    yield json_export.SCHEMA_NAME, json_export.dump(export_schema(), depth=6)
    yield "llms.txt", llms.root_index(catalogue, urls, str(app.config.project), written)
    contents = dict(llms.contents_pages(catalogue, urls, written))
    yield from ((f"{docname}.md", text) for docname, text in contents.items())
    by_hand = [twin_text(app, page.docname) for page in written]
    yield "llms-full.txt", "\n".join([*by_hand[:1], *pages.values(), *by_hand[1:]])
    addresses = [urls.html(docname) for docname in _html_pages(app)]
    yield from sitemap.sitemaps(urls.base, addresses).items()
    yield "robots.txt", sitemap.robots(urls.base)
    if sphinx_domain.ledgers:
        found = changes.events(sphinx_domain.ledgers)
        folder = urls.addresses.changes()
        yield f"{folder}.json", json_export.dump(changes.changes_json(found, catalogue, urls))
        feed = changes.atom_feed(found, catalogue, urls, str(app.config.project))
        yield f"{folder}.xml", feed
    yield ADDRESS_LIST, json_export.dump_small(redirects.address_list(catalogue, urls))
    yield REDIRECTS, redirects.nginx_map(catalogue, urls)


def _pages(app: Sphinx, api: Api, urls: SiteUrls) -> dict[str, str]:
    """Return the Markdown of an API by document name, in reading order."""
    addresses = urls.addresses
    pages = {
        addresses.overview(api.name): page_markdown.overview_page(api, urls),
        addresses.envelope(api.name): page_markdown.envelope_page(api, urls),
        addresses.unknown(api.name): unknown_page(api, urls),
    }
    if api.operations:
        pages |= page_markdown.endpoints_pages(api, urls)
    for domain in api.domains:
        moved = moved_away(domain, api, ErrSphinxDomain.of(app.env).ledgers.get(api.name))
        pages |= domain_pages(domain, api, urls, moved)
        pages |= {addresses.reason(r): reason_page(r, api, urls) for r in domain.reasons}
    by_hand = [name for name in pages if name in app.env.found_docs]
    return {
        name: text
        for name, text in pages.items()
        if name not in by_hand or is_generated(app.env, name)
    }


def _api_data(api: Api, urls: SiteUrls) -> Iterator[tuple[str, str]]:
    folder = urls.folder(api.name)
    for reason in api.reasons.values():
        data: dict[str, Any] = {"$schema": urls.base + json_export.SCHEMA_NAME}
        data |= json_export.reason_json(reason, urls)
        yield f"{urls.addresses.reason(reason)}.json", json_export.dump(data)
    yield f"{folder}unknown.json", json_export.dump(unknown_json(api, urls), depth=2)
    yield f"{folder}llms.txt", llms.api_index(api, urls)
    whole = json_export.single_api_json(api, urls)
    yield f"{folder}reasons.json", json_export.dump(whole, depth=json_export.CATALOGUE_DEPTH)
    yield f"{folder}envelope.schema.json", api.envelope.schema_path.read_text(encoding="utf-8")


def _html_pages(app: Sphinx) -> list[str]:
    env = app.env
    addresses = ErrSphinxDomain.of(env).addresses
    reasons = [addresses.reason(r) for r in ErrSphinxDomain.of(env).catalogue.reasons()]
    return sorted({*env.found_docs, *reasons})
