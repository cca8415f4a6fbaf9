"""The files about a whole site: for crawlers, for hosts, and for the 404 page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from reasonbook.render.data import redirects, sitemap
from reasonbook.render.data.export import dump_small
from reasonbook.sphinx.exports import write_if_changed
from reasonbook.sphinx.sphinx_domain import state_of
from reasonbook.sphinx.state import State

#: What the page for a wrong address compares it with.
ADDRESS_LIST = "_static/reasonbook-addresses.json"
#: What ``deploy/nginx.conf`` includes.
REDIRECTS = "_static/reasonbook-redirects.map"


def write_site_files(app: Sphinx, exception: Exception | None) -> None:
    """Write them; a handler of ``build-finished``."""
    if exception is None and (state := state_of(app.env)).writes_site:
        for name, text in _files(app, state):
            write_if_changed(Path(app.outdir, name), text)


def _files(app: Sphinx, state: State) -> Iterator[tuple[str, str]]:
    pages, urls = state.pages, state.urls
    # The page for a wrong address is none that one looks for.
    late = {
        page.docname
        for page in pages.by_docname.values()
        if page.kind.html == "late" and not page.kind.whole_site
    }
    addresses = [urls.html(docname) for docname in sorted(app.env.found_docs | late)]
    yield from sitemap.sitemaps(urls.base, addresses).items()
    yield "robots.txt", sitemap.robots(urls.base)
    yield ADDRESS_LIST, dump_small(redirects.address_list(pages, urls))
    yield REDIRECTS, redirects.nginx_map(pages, urls)
