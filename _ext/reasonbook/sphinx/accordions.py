"""Reasons in HTML: their accordions and pages, written from the facts, or from stock nodes.

The facts are much faster: Sphinx has one node to read, keep, resolve and write for each accordion.
They are used where the two give the same page, and else stock nodes: for builders of another
format, on pages that people wrote, and where a theme or extension writes or changes such nodes.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator
from sphinx_design.icons import get_octicon

from reasonbook.format.model import Reason
from reasonbook.format.prose import Reference
from reasonbook.render.facts import whole
from reasonbook.render.html import sample
from reasonbook.render.html.reason import ReasonHtml
from reasonbook.render.html.statements import Html
from reasonbook.render.page_kinds import Page
from reasonbook.render.urls import reason_anchor
from reasonbook.sphinx.nodes.prose import block_node, line_nodes
from reasonbook.sphinx.nodes.reason import accordion_node, reason_accordion, statements_nodes
from reasonbook.sphinx.project import is_generated
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, state_of
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS

Resolve = Callable[[addnodes.pending_xref], nodes.Node | None]
#: Whose handlers leave the nodes of a reason as they are.
_KNOWN = frozenset({"reasonbook", "sphinx", "sphinx_design", "myst_parser"})


def page_html(builder: StandaloneHTMLBuilder, page: Page[Reason]) -> str:
    """Return the content of a reason's own page."""
    reason, api = page.subject, page.api
    return _writer(builder, page.docname).page(
        whole.page_title(reason),
        whole.breadcrumbs(reason, api),
        whole.everything(reason, api),
        reason_anchor(reason),
    )


def stock_accordion(env: BuildEnvironment, place: reason_accordion) -> nodes.container:
    """Return an accordion as stock nodes."""
    state = state_of(env)
    reason, api = state.reason(place["reason"])
    permalink = whole.permalink(reason) if state.has_pages else None
    everything = whole.everything(reason, api)
    node = accordion_node(whole.accordion_title(reason), everything, permalink, place["ids"])
    node.source, node.line = place.source, place.line
    return node


def document_of(
    builder: Builder, docname: str, content: nodes.Element, resolve: Resolve
) -> nodes.document:
    """Return a doctree with its references resolved."""
    document = new_document(docname, builder.docsettings)
    document += content
    for node in list(document.findall(addnodes.pending_xref)):
        link = resolve(node)
        node.replace_self(link if link is not None else node.children)
    return document


def stock_html(builder: StandaloneHTMLBuilder, docname: str, document: nodes.document) -> str:
    """Return a doctree as the builder's own translator writes it."""
    # As in the builder's write_doc; where no document was written, nothing of this is there yet.
    builder.secnumbers, builder.fignumbers = {}, {}
    builder.imgpath = relative_uri(builder.get_target_uri(docname), "_images")
    builder.dlpath = relative_uri(builder.get_target_uri(docname), "_downloads")
    builder.current_docname = docname
    visitor = builder.create_translator(document, builder)
    document.walkabout(visitor)
    return "".join(visitor.body)  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=1)
def writes_facts(builder: Builder) -> bool:
    """Tell whether HTML from the facts is what a builder would write from stock nodes."""
    return (
        builder.name in REASON_PAGE_BUILDERS
        and isinstance(builder, StandaloneHTMLBuilder)
        and not _is_watched(builder.app)
        and all(one == other for one, other in _samples(builder))
    )


def _is_watched(app: Sphinx) -> bool:
    """Tell whether an extension may change the nodes of a page before they are written."""
    handlers = [listener.handler for listener in app.events.listeners["doctree-resolved"]]
    found = [*handlers, *app.registry.get_post_transforms()]
    return any(one.__module__.partition(".")[0] not in _KNOWN for one in found)


def _samples(builder: StandaloneHTMLBuilder) -> list[tuple[str, str]]:
    """Return a sample of an accordion and of a page, each from the facts and from stock nodes."""
    docname, address = "sample", "../a.html#A_B"
    writer = ReasonHtml(Html(lambda reference: address), *_looks(builder))
    title, statements = sample.LINE, sample.STATEMENTS
    section = nodes.section("", nodes.title("", "", *line_nodes(title)), ids=["A"])
    section["classes"].append("rb-page")
    section += [block_node(sample.BREADCRUMBS), *statements_nodes(statements)]
    dropdown = accordion_node(title, statements, None, ["A"])

    def resolve(node: addnodes.pending_xref) -> nodes.Node:
        return nodes.reference("", "", *node.children, internal=True, refuri=address)

    documents = [document_of(builder, docname, each, resolve) for each in (section, dropdown)]
    for transform in builder.app.registry.get_post_transforms():
        if transform.__module__.startswith("sphinx_design"):
            transform(documents[1]).apply()
    stock = (stock_html(builder, docname, document) for document in documents)
    ours = (
        writer.page(title, sample.BREADCRUMBS, statements, "A"),
        writer.accordion(title, statements, None, "A"),
    )
    return [*zip(ours, stock, strict=True)]


def statements_writer(builder: StandaloneHTMLBuilder, docname: str) -> Html:
    """Return what writes statements for a page, with links as they are from there."""
    return _writer(builder, docname).html


@functools.lru_cache(maxsize=1)
def _writer(builder: StandaloneHTMLBuilder, docname: str) -> ReasonHtml:
    """Return what writes reasons for one page."""
    sphinx_domain = ErrSphinxDomain.of(builder.env)

    @functools.cache
    def address(kind: str, target: str) -> str | None:
        found = sphinx_domain.find(kind, target, docname)
        place = sphinx_domain.place(kind, *found, builder) if found else None
        if place is None:
            return None
        fragment = f"#{place.anchor}" if place.anchor else ""
        if place.docname == docname and fragment:
            return fragment
        return builder.get_relative_uri(docname, place.docname) + fragment

    def address_of(reference: Reference) -> str | None:
        return address(reference.kind, reference.target)

    return ReasonHtml(Html(address_of), *_looks(builder))


def _looks(builder: StandaloneHTMLBuilder) -> tuple[str, str]:
    """Return the mark of an accordion, and the link of a heading to itself."""
    octicon = get_octicon("chevron-right", height="1.5em")
    marker = f'<span class="sd-summary-state-marker sd-summary-chevron-right">{octicon}</span>'
    config, link = builder.config, ""
    if config.html_permalinks and builder.add_permalinks:
        said = f'title="{_("Link to this heading")}">{config.html_permalinks_icon}</a>'
        said = said.replace("{", "{{").replace("}", "}}")
        link = f'<a class="headerlink" href="#{{}}" {said}'
    return marker, link


class _ExpandAccordions(SphinxPostTransform):
    """Puts stock nodes in the place of accordions that are not written from the facts."""

    default_priority = 1  # before references are resolved

    def run(self) -> None:
        builder, env = self.app.builder, self.env
        if is_generated(env, env.current_document.docname) and writes_facts(builder):
            return
        for place in list(self.document.findall(reason_accordion)):
            node = stock_accordion(env, place)
            place["ids"] = []  # they are inside
            place.replace_self(node)


def _write_accordion(self: HTML5Translator, node: reason_accordion) -> None:
    builder = self.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    reason, api = state_of(builder.env).reason(node["reason"])
    writer = _writer(builder, builder.current_docname)
    html = writer.accordion(
        whole.accordion_title(reason),
        whole.everything(reason, api),
        whole.permalink(reason),
        *node["ids"],
    )
    self.body.append(html)
    raise nodes.SkipNode


def setup_accordions(app: Sphinx) -> None:
    """Have accordions written, or expanded."""
    app.add_node(reason_accordion, html=(_write_accordion, None))
    app.add_post_transform(_ExpandAccordions)
