"""The generated documents, which have no file in the source folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser
from sphinx.util.osutil import relative_uri

from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.sphinx.config import catalogue_folder
from reasonbook.sphinx.nodes.reason import reason_rows
from reasonbook.sphinx.page_nodes import feed_reference, page_section
from reasonbook.sphinx.project import SUFFIX, CatalogueProject, is_generated, output_folder
from reasonbook.sphinx.report import fail
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, state_of
from reasonbook.sphinx.state import State


class PageParser(Parser):
    """Builds a generated document from the model; the text of the file has been read already."""

    supported = ("reasonbook",)

    def parse(self, inputstring: str | Any, document: nodes.document) -> None:
        """Fill *document*; its name tells which page it is."""
        env: BuildEnvironment = document.settings.env
        docname = env.current_document.docname
        pages = state_of(env).pages
        page = pages.by_docname[docname]
        if isinstance(page.subject, Api | ErrorDomain):
            env.metadata[docname]["api"] = page.api.name
        sphinx_domain = ErrSphinxDomain.of(env)
        if isinstance(page.subject, Checked):
            sphinx_domain.note_question(docname, "apis")
        if page.kind.lists:
            every = page.checked.catalogue.apis.values()
            is_of_all = isinstance(page.subject, Checked)
            sphinx_domain.note_lists(docname, every if is_of_all else [page.api])
        for path in page.sources:
            env.note_dependency(path.as_posix())
        env.metadata[docname]["orphan"] = ""
        section = page_section(page, pages)
        for number, place in enumerate(section.findall(reason_rows)):
            place.keep(docname, number)
        document += section


def add_pages(app: Sphinx, state: State) -> None:
    """Give the pages to Sphinx as documents."""
    pages = state.pages.by_docname if state.has_pages else {}
    files = {
        docname: page.sources[0] for docname, page in pages.items() if page.kind.html == "document"
    }
    # The suffix is that of the generated documents: such files in the source folder are not pages.
    suffixes = [suffix for suffix in app.config.source_suffix if suffix != SUFFIX]
    app.project = CatalogueProject(app.project, suffixes, files, output_folder(app))
    app.env.project = app.project


def _add_suffix(app: Sphinx, config: Config) -> None:
    """Name the parser of the generated documents, in a copy, since Sphinx shares its default.

    Later, when the build begins, it would look like a change of conf.py and cost a full build.
    """
    if catalogue_folder(app):
        if SUFFIX in config.source_suffix:
            fail(
                f"source_suffix has {SUFFIX!r}, the suffix of the catalogue and of the pages that "
                "are generated from it. Give the pages of the project another one."
            )
        config.source_suffix = {**config.source_suffix, SUFFIX: "reasonbook"}


def _link_feed(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the link to the feed into a usual one; a handler of ``doctree-resolved``.

    Only a site has the feed beside the page; what else is built leads to that of the site.
    """
    for node in list(doctree.findall(feed_reference)):
        state, address = state_of(app.env), f"{docname}.xml"
        if state.writes_site:
            uri = relative_uri(app.builder.get_target_uri(docname), address)
        else:
            uri = state.urls.base + address
        node.replace_self(nodes.reference("", "", *node.children, refuri=uri, internal=False))


def _keep_labels(app: Sphinx) -> None:
    """Have ``sphinx.ext.autosectionlabel`` pass over the generated documents.

    It names every section by its heading alone, so "Changes" would take the label of that of the
    project. It has no setting for this.
    """

    def but_generated(handler: Callable[..., Any]) -> Callable[..., Any]:
        def handle(app: Sphinx, doctree: nodes.document) -> None:
            if not is_generated(app.env, app.env.current_document.docname):
                handler(app, doctree)

        return handle

    listeners = app.events.listeners["doctree-read"]
    for index, one in enumerate(listeners):
        if getattr(one.handler, "__module__", "") == "sphinx.ext.autosectionlabel":
            listeners[index] = one._replace(handler=but_generated(one.handler))


def setup_pages(app: Sphinx) -> None:
    """Register the parser of the generated documents."""
    app.connect("builder-inited", _keep_labels)
    app.add_source_parser(PageParser)
    app.connect("config-inited", _add_suffix, priority=900)  # when Sphinx has its own together
    app.connect("doctree-resolved", _link_feed)
