"""Reasons in HTML: their accordions and pages, written from the facts, or from stock nodes.

The facts are much faster: Sphinx has one node to read, keep, resolve and write for each accordion.
They are used where the two give the same page, and else stock nodes: for builders of another
format, on pages that people wrote, and where a theme or extension writes or changes such nodes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

from docutils import nodes
from docutils.transforms import Transform
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import apply_source_workaround, get_node_source
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator
from sphinx_design.icons import get_octicon

from reasonbook.format.model import Reason
from reasonbook.format.prose import Reference
from reasonbook.render.facts import whole
from reasonbook.render.facts.statements import Table
from reasonbook.render.html import sample
from reasonbook.render.html.reason import Look, ReasonHtml
from reasonbook.render.html.statements import TABLE_KIND, Html
from reasonbook.render.page_kinds import Page
from reasonbook.render.urls import reason_anchor
from reasonbook.sphinx.nodes.prose import block_node, line_nodes
from reasonbook.sphinx.nodes.reason import (
    accordion_node,
    reason_accordion,
    reason_rows,
    statements_nodes,
)
from reasonbook.sphinx.page_nodes import page_section
from reasonbook.sphinx.project import is_generated
from reasonbook.sphinx.skeleton import package_of, packages_of_theme
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, Place, state_of
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS

Resolve = Callable[[addnodes.pending_xref], nodes.Node | None]


def page_html(
    builder: StandaloneHTMLBuilder, page: Page[Reason], document: Callable[[], nodes.document]
) -> str:
    """Return the content of a reason's own page; *document* makes its doctree, if need be."""
    look, reason, api = page_look(builder), page.subject, page.api
    if look is None:
        return _stock_html(builder, page.docname, document())
    return _writer(builder, page.docname, look).page(
        whole.page_title(reason),
        whole.breadcrumbs(reason, api),
        whole.everything(reason, api),
        reason_anchor(reason),
    )


def stock_accordion(env: BuildEnvironment, place: reason_accordion) -> nodes.container:
    """Return an accordion as stock nodes."""
    state = state_of(env)
    reason, api = state.reason(place["reason"])
    permalink = whole.permalink(reason, *place["ids"]) if state.has_pages else None
    everything = whole.everything(reason, api)
    node = accordion_node(whole.accordion_title(reason), everything, permalink, place["ids"])
    domain = api.domain(reason.domain)
    # Where those who translate find its labels.
    node.source = place.source or (str(domain.path) if domain else None)
    node.line = place.line
    return node


def document_of(
    builder: StandaloneHTMLBuilder, docname: str, content: nodes.Element, resolve: Resolve
) -> nodes.document:
    """Return a doctree with its references resolved."""
    document = new_document(docname, builder.docsettings)
    document += content
    for node in list(document.findall(addnodes.pending_xref)):
        link = resolve(node)
        node.replace_self(link if link is not None else node.children)
    return document


def _stock_html(builder: StandaloneHTMLBuilder, docname: str, document: nodes.document) -> str:
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
def page_look(builder: StandaloneHTMLBuilder) -> Look | None:
    """Return how a builder has pages of reasons look; none where only stock nodes tell."""
    look = _look(builder, ())
    title = nodes.title("", "", *line_nodes(sample.LINE))
    section = nodes.section("", title, ids=["A"], classes=["rb-page"])
    section += [block_node(sample.BREADCRUMBS), *statements_nodes(sample.STATEMENTS)]
    ours = ReasonHtml(lambda _: sample.ADDRESS, look).page(
        sample.LINE, sample.BREADCRUMBS, sample.STATEMENTS, "A"
    )
    return look if ours == _sample_html(builder, section, ()) else None


@functools.lru_cache(maxsize=1)
def accordion_look(builder: Builder) -> Look | None:
    """Return how a builder has accordions look; none where only stock nodes tell."""
    if builder.name not in REASON_PAGE_BUILDERS or not isinstance(builder, StandaloneHTMLBuilder):
        return None
    app = state_of(builder.env).app
    known = {"myst_parser", "sphinx_design", *packages_of_theme(app, builder)}
    transforms = app.registry.get_post_transforms()
    handlers = [each.handler for each in app.events.listeners["doctree-resolved"]]
    if not {*map(package_of, handlers), *map(package_of, transforms)} <= known:
        return None  # an extension may change the nodes of a page before they are written
    changing = [each for each in transforms if package_of(each) not in ("reasonbook", "sphinx")]
    look = _look(builder, changing)
    node = accordion_node(sample.LINE, sample.STATEMENTS, None, ["A"])
    ours = ReasonHtml(lambda _: sample.ADDRESS, look).accordion(
        sample.LINE, sample.STATEMENTS, None, "A"
    )
    return look if ours == _sample_html(builder, node, changing) else None


def _look(builder: StandaloneHTMLBuilder, transforms: Sequence[type[Transform]]) -> Look:
    octicon = get_octicon("chevron-right", height="1.5em")
    marker = f'<span class="sd-summary-state-marker sd-summary-chevron-right">{octicon}</span>'
    config, link = builder.config, ""
    if config.html_permalinks and builder.add_permalinks:
        said = f'title="{_("Link to this heading")}">{config.html_permalinks_icon}</a>'
        said = said.replace("{", "{{").replace("}", "}}")
        link = f'<a class="headerlink" href="#{{}}" {said}'
    table = block_node(Table(TABLE_KIND, "", ("",), ()))
    before, _table, after = re.split(
        r"(<table.*</table>\n|\Z)", _sample_html(builder, table, transforms), maxsplit=1, flags=re.S
    )
    return Look(marker, link, (before, after))


def _sample_html(
    builder: StandaloneHTMLBuilder, content: nodes.Element, transforms: Sequence[type[Transform]]
) -> str:
    """Return a sample as the builder writes it from stock nodes."""
    document = document_of(
        builder,
        "sample",
        content,
        lambda node: nodes.reference("", "", *node.children, internal=True, refuri=sample.ADDRESS),
    )
    for transform in sorted(transforms, key=lambda each: each.default_priority or 0):
        transform(document).apply()
    return _stock_html(builder, "sample", document)


@functools.lru_cache(maxsize=1)
def _writer(builder: StandaloneHTMLBuilder, docname: str, look: Look) -> ReasonHtml:
    """Return what writes reasons for one page."""
    place_of = _places(builder, builder.get_target_uri(docname).rpartition("/")[0])

    def address(reference: Reference) -> str | None:
        place, uri = place_of(reference.kind, reference.target)
        if place is None:
            return None
        fragment = f"#{place.anchor}" if place.anchor else ""
        return fragment if place.docname == docname else uri + fragment

    return ReasonHtml(address, look)


@functools.lru_cache(maxsize=4)
def _places(
    builder: StandaloneHTMLBuilder, folder: str
) -> Callable[[str, str], tuple[Place | None, str]]:
    """Return what finds an object by its full name, with the link from pages of a folder."""
    sphinx_domain = ErrSphinxDomain.of(builder.env)

    @functools.cache
    def place_of(kind: str, target: str) -> tuple[Place | None, str]:
        found = sphinx_domain.find(kind, target, "")
        place = sphinx_domain.place(kind, *found, builder) if found else None
        here = f"{folder}/" if folder else ""
        return place, relative_uri(here, builder.get_target_uri(place.docname)) if place else ""

    return place_of


def statements_writer(builder: StandaloneHTMLBuilder, docname: str) -> Html:
    """Return what writes statements for a page, with links as they are from there."""
    return _writer(builder, docname, page_look(builder) or _look(builder, ())).html


class _ExpandAccordions(SphinxPostTransform):
    """Puts stock nodes in the place of accordions that are not written from the facts."""

    default_priority = 1  # before references are resolved

    def run(self, **kwargs: Any) -> None:
        env, builder = self.env, state_of(self.env).builder
        if is_generated(env, env.current_document.docname) and accordion_look(builder):
            return
        _expand(env, self.document)


@functools.lru_cache(maxsize=1)
def _tables(env: BuildEnvironment, docname: str) -> list[Callable[[], Table]]:
    """Return what makes each table of a page of which the doctree has only the place."""
    pages = state_of(env).pages
    section = page_section(pages.by_docname[docname], pages)
    return [place.make for place in section.findall(reason_rows)]


def _table(env: BuildEnvironment, place: reason_rows) -> Table:
    number: int = place["number"]
    return _tables(env, place["page"])[number]()


def _stock_table(env: BuildEnvironment, place: reason_rows) -> nodes.Element:
    node = block_node(_table(env, place))
    node.source, node.line = get_node_source(place), place.line
    return node


#: What holds facts in place of stock nodes, and how it becomes these.
_LIGHT: dict[type[nodes.Element], Callable[[BuildEnvironment, Any], nodes.Element]] = {
    reason_accordion: stock_accordion,
    reason_rows: _stock_table,
}


def _expand(env: BuildEnvironment, document: nodes.document) -> None:
    for place in [each for kind in _LIGHT for each in document.findall(kind)]:
        node = _LIGHT[type(place)](env, place)
        place["ids"] = []  # they are inside
        place.replace_self(node)
        for part in node.findall(nodes.TextElement):  # as Sphinx does when it reads a document
            apply_source_workaround(part)
            part.uid = ""  # type: ignore[attr-defined] # else the gettext builder leaves it out


def _write_accordion(self: HTML5Translator, node: reason_accordion) -> None:
    builder = self.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    reason, api = state_of(builder.env).reason(node["reason"])
    look = accordion_look(builder)
    assert look
    html = _writer(builder, builder.current_docname, look).accordion(
        whole.accordion_title(reason),
        whole.everything(reason, api),
        whole.permalink(reason, *node["ids"]),
        *node["ids"],
    )
    self.body.append(html)
    raise nodes.SkipNode


def _write_rows(self: HTML5Translator, node: reason_rows) -> None:
    builder = self.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    look = accordion_look(builder)
    assert look
    writer = _writer(builder, builder.current_docname, look)
    self.body.append(writer.html.statements([_table(builder.env, node)]))
    raise nodes.SkipNode


def setup_accordions(app: Sphinx) -> None:
    """Have accordions written, or expanded."""
    app.add_node(reason_accordion, html=(_write_accordion, None))
    app.add_node(reason_rows, html=(_write_rows, None))
    app.add_post_transform(_ExpandAccordions)
