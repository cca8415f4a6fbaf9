"""The Markdown twin of every hand-written page, written when the page is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from reasonbook.render.markdown.llms import HandWritten
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.urls import SiteUrls
from reasonbook.site.doctree_markdown import DoctreeMarkdown
from reasonbook.site.twin_links import TwinLinks
from reasonbook.sphinx.project import SUFFIX
from reasonbook.sphinx.reason_pages import write_if_changed
from reasonbook.sphinx.sphinx_domain import REASON_PAGE_BUILDERS, ErrSphinxDomain

PLACEHOLDER_URL = "http://localhost:8000/"


def writes_exports(app: Sphinx) -> bool:
    """Tell whether this build writes a site with pages of the catalogue."""
    return app.builder.name in REASON_PAGE_BUILDERS and ErrSphinxDomain.of(app.env).has_pages


def site_urls(app: Sphinx) -> SiteUrls:
    """Return the absolute addresses of the site, by ``html_baseurl``."""
    base = app.config.html_baseurl or PLACEHOLDER_URL
    addresses = ErrSphinxDomain.of(app.env).addresses
    return SiteUrls.of(base, addresses, folders=app.builder.name == "dirhtml")


def is_generated(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is a page of the catalogue, and not one that a person wrote."""
    return str(env.doc2path(docname, False)).endswith(SUFFIX)


def is_from_model(app: Sphinx, docname: str) -> bool:
    """Tell whether the twin of a document is written from the model, with the exports."""
    if not is_generated(app.env, docname):
        return False
    sphinx_domain = ErrSphinxDomain.of(app.env)
    addresses = sphinx_domain.addresses
    for api in sphinx_domain.catalogue.apis.values():
        if docname.startswith(addresses.overview(api.name).removesuffix("index")):
            return True
    return False


def write_twin(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the twin of a hand-written page; a handler of ``doctree-resolved``.

    Sphinx calls it for the pages that it writes, in the process that writes them.
    """
    if not writes_exports(app) or is_from_model(app, docname):
        return
    urls = site_urls(app)
    uri = app.builder.get_target_uri(docname)
    page = DoctreeMarkdown(uri, TwinLinks(app, urls, docname)).page(doctree)
    folder = docname.partition("/")[0]
    apis = ErrSphinxDomain.of(app.env).catalogue.apis
    index = urls.index(folder if folder in apis and "/" in docname else "")
    write_if_changed(Path(app.outdir, f"{docname}.md"), f"{index_line(index)}\n\n{page}")


def twin_text(app: Sphinx, docname: str) -> str:
    """Return the twin of a hand-written page, whether this build wrote it or a former one.

    One that none wrote, since only other pages were asked for, or that someone removed, is made.
    """
    path = Path(app.outdir, f"{docname}.md")
    if not path.is_file():
        # Resolving the page calls write_twin.
        app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags)
    return path.read_text(encoding="utf-8")


def hand_written(app: Sphinx) -> list[HandWritten]:
    """Return the pages with a twin from their doctree, in reading order, the front page first."""
    env = app.env
    return [
        HandWritten(
            docname,
            env.titles[docname].astext(),
            str(env.metadata[docname].get("description", "")) or env.titles[docname].astext(),
        )
        for docname in _reading_order(app)
        if not is_from_model(app, docname)
    ]


def _reading_order(app: Sphinx) -> Iterator[str]:
    env = app.env
    seen = set()
    pending = [*sorted(env.found_docs, reverse=True), str(app.config.root_doc)]
    while pending:
        docname = pending.pop()
        if docname in seen or docname not in env.found_docs:
            continue
        seen.add(docname)
        yield docname
        pending += reversed(env.toctree_includes.get(docname, ()))
