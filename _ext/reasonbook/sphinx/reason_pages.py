"""A page for each reason, written once per build from the theme's own skeleton.

As ordinary documents, a thousand of these pages would have the theme render its navigation a
thousand times. So the theme renders one page with marks in place of title, text and name, and each
reason fills in the marks; the text comes from the same nodes as everywhere, through the builder's
own translator. The pages are in Sphinx's search and inventory like any other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.display import progress_message
from sphinx.util.osutil import relative_uri

from reasonbook.format.model import Reason
from reasonbook.render.facts.short import plain_description
from reasonbook.render.page_kinds import REASON, Page
from reasonbook.sphinx.exports import write_if_changed
from reasonbook.sphinx.page_nodes import page_section
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, state_of
from reasonbook.sphinx.state import State

# Marks in the skeleton: letters only, so that no template or filter changes them.
_TITLE, _BODY, _META, _SLUG, _SUB_SLUG, _API = (
    f"reasonbookmark{name}q" for name in ("title", "body", "meta", "slug", "sub", "api")
)


def _pages(env: BuildEnvironment) -> list[Page[Reason]]:
    """Return the pages of reasons but those written by hand, which win."""
    pages = state_of(env).pages.by_docname.values()
    return [page for page in pages if page.kind is REASON and page.docname not in env.found_docs]


def _write_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write and index the page of every reason; a handler of ``html-collect-pages``.

    Yields nothing: Sphinx would render each page through the whole theme.
    """
    state, builder = state_of(app.env), app.builder
    if state.writes_site and (pages := _pages(app.env)):
        assert isinstance(builder, StandaloneHTMLBuilder)
        with progress_message("writing reason pages"):
            skeletons: dict[bool, _Skeleton] = {}  # by whether it is of the deeper folder
            for page in pages:
                is_deep = "/" in page.subject.slug
                if is_deep not in skeletons:
                    skeletons[is_deep] = _Skeleton.render(builder, page)
                _write(builder, state, page, skeletons[is_deep])
    return iter(())


def _write(
    builder: StandaloneHTMLBuilder, state: State, page: Page[Reason], skeleton: _Skeleton
) -> None:
    env, docname, title = builder.env, page.docname, page.title
    document = _document(builder, state, page)
    text = skeleton.fill(page, _body(builder, docname, document))
    write_if_changed(Path(builder.get_output_path(docname)), text)
    # What the search index keeps is pruned to the documents of the environment.
    env.all_docs[docname] = 0
    env.titles[docname] = nodes.title("", title)
    if builder.indexer is not None:
        # Were the heading another text than the title, the search would list both.
        next(document.findall(nodes.title)).children = [nodes.Text(title)]
        builder.indexer.feed(docname, f"{docname}.yaml", title, document)


def _forget_pages(app: Sphinx, exception: Exception | None) -> None:
    """Take the pages out of the environment again: for Sphinx they are no documents."""
    for page in _pages(app.env):
        app.env.all_docs.pop(page.docname, None)
        app.env.titles.pop(page.docname, None)


@dataclass(frozen=True)
class _Skeleton:
    html: str

    @classmethod
    def render(cls, builder: StandaloneHTMLBuilder, page: Page[Reason]) -> _Skeleton:
        """Have the theme render one page at the depth of *page*."""
        marks = f"{_SLUG}/{_SUB_SLUG}" if "/" in page.subject.slug else _SLUG
        pattern = REASON.address.format(api=_API, slug=marks)
        head = page.docname.removesuffix(
            REASON.address.format(api=page.api.name, slug=page.subject.slug)
        )
        context = {
            "parents": [],
            "prev": None,
            "next": None,
            "title": _TITLE,
            "meta": {},
            "body": _BODY,
            "metatags": f"<!--{_META}-->",
            "rellinks": builder.globalcontext["rellinks"][:],
            "sourcename": "",
            "toc": "",
            "display_toc": False,
            "page_source_suffix": ".yaml",
            "reasonbook_twin": True,
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "skeleton.html")
            builder.handle_page(f"{head}{pattern}", context, outfilename=path)
            return cls(path.read_text(encoding=builder.config.html_output_encoding))

    def fill(self, page: Page[Reason], body: str) -> str:
        """Return the page of a reason."""
        reason, api = page.subject, page.api
        description = escape(plain_description(reason, api))
        text = self.html.replace(
            f"<!--{_META}-->", f'<meta name="description" content="{description}" />'
        )
        text = text.replace(_TITLE, escape(page.title)).replace(_API, api.name)
        slug, _, sub_slug = reason.slug.partition("/")
        return text.replace(_SLUG, slug).replace(_SUB_SLUG, sub_slug).replace(_BODY, body)


def _document(builder: StandaloneHTMLBuilder, state: State, page: Page[Reason]) -> nodes.document:
    """Return the page as a doctree with its references resolved."""
    document = new_document(page.docname, builder.docsettings)
    document += page_section(page, state.pages)
    for node in list(document.findall(addnodes.pending_xref)):
        link = ErrSphinxDomain.of(builder.env).resolve_xref(
            builder.env,
            page.docname,
            builder,
            node["reftype"],
            node["reftarget"],
            node,
            node[0],  # type: ignore[arg-type]
        )
        node.replace_self(link if link is not None else node.children)
    return document


def _body(builder: StandaloneHTMLBuilder, docname: str, document: nodes.document) -> str:
    # As in the builder's write_doc; where no document was written, nothing of this is there yet.
    builder.secnumbers, builder.fignumbers = {}, {}
    builder.imgpath = relative_uri(builder.get_target_uri(docname), "_images")
    builder.dlpath = relative_uri(builder.get_target_uri(docname), "_downloads")
    builder.current_docname = docname
    visitor = builder.create_translator(document, builder)
    document.walkabout(visitor)
    return "".join(visitor.body)  # type: ignore[attr-defined]


def setup_reason_pages(app: Sphinx) -> None:
    """Have the pages written with the others, and forgotten when the build ends."""
    app.connect("html-collect-pages", _write_pages)
    app.connect("build-finished", _forget_pages)
