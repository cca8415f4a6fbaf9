"""The Markdown twin of every hand-written page, written when the page is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from reasonbook.render.llms import HandWritten
from reasonbook.render.reason_markdown import index_line
from reasonbook.render.site_urls import SiteUrls

from .catalogue_project import SUFFIX
from .doctree_markdown import DoctreeMarkdown
from .reason_pages import write_if_changed
from .sphinx_domain import REASON_PAGE_BUILDERS, ErrSphinxDomain

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


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's description; a handler of ``doctree-read``.

    It stands in the front matter, else in a ``meta`` of its HTML, else it is how the page begins.
    """
    metadata = app.env.metadata[app.env.current_document.docname]
    if metadata.get("description"):
        return
    said = [
        str(node["content"])
        for node in doctree.findall(nodes.meta)
        if node.get("name") == "description"
    ]
    said += [node.astext() for node in doctree.findall(nodes.paragraph)][:1]
    if said:
        first, *_ = re.split(r"(?<=[.!?])\s", " ".join(said[0].split()))
        metadata["description"] = first


def write_twin(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the twin of a hand-written page; a handler of ``doctree-resolved``.

    Sphinx calls it for the pages that it writes, in the process that writes them.
    """
    if not writes_exports(app) or is_from_model(app, docname):
        return
    urls = site_urls(app)
    links = _Links(app, urls)
    page = DoctreeMarkdown(app.builder.get_target_uri(docname), links.twin).page(doctree)
    folder = docname.partition("/")[0]
    apis = ErrSphinxDomain.of(app.env).catalogue.apis
    index = urls.index(folder if folder in apis and "/" in docname else "")
    write_if_changed(Path(app.outdir, f"{docname}.md"), f"{index_line(index)}\n\n{page}")


@dataclass(frozen=True)
class _Links:
    app: Sphinx
    urls: SiteUrls

    def twin(self, path: str, fragment: str) -> str:
        """Return the absolute address for one on the site: of the Markdown, where there is any."""
        docname = self._docname(path)
        if docname is None:
            return self.urls.base + path.removeprefix("./")
        return self.urls.markdown(self._reason_at(docname, fragment) or docname)

    def _docname(self, path: str) -> str | None:
        sphinx_domain = ErrSphinxDomain.of(self.app.env)
        bare = normpath(path).removesuffix(".html").removesuffix("/")
        candidates = ["index"] if bare in (".", "") else [bare, f"{bare}/index"]
        for docname in candidates:
            if docname in self.app.env.found_docs:
                return docname
        folder, _, slug = bare.rpartition("/")
        for api in sphinx_domain.catalogue.apis.values():
            if f"{folder}/" == f"{sphinx_domain.addresses.overview(api.name)[:-5]}reasons/":
                return bare if any(r.slug == slug for r in api.reasons.values()) else None
        return None

    def _reason_at(self, docname: str, fragment: str) -> str | None:
        """Return the page of the reason whose accordion an address names."""
        sphinx_domain = ErrSphinxDomain.of(self.app.env)
        if not fragment:
            return None
        for api in sphinx_domain.catalogue.apis.values():
            for domain in api.domains:
                if sphinx_domain.addresses.domain(api.name, domain.name) == docname:
                    found = (r for r in domain.reasons if r.slug == fragment)
                    reason = next(found, None)
                    return sphinx_domain.addresses.reason(reason) if reason else None
        return None


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
