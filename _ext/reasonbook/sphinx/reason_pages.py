"""A page for each reason, written once per build from the theme's own skeleton.

As ordinary documents, a thousand of these pages would have the theme render its navigation a
thousand times. So the theme renders one page with marks, and each reason fills them in; the text
comes from the same nodes as everywhere, through the builder's own translator. What a former build
made from the same stays. The pages are in Sphinx's inventory like any other, and in its search by
their names: of the rest of their text, the search has what is on the pages of the domains.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
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

from reasonbook.diagnostics.progress import tracked
from reasonbook.diagnostics.progress_line import progress
from reasonbook.format.model import Reason
from reasonbook.render import wording
from reasonbook.render.facts.short import plain_description
from reasonbook.render.fingerprints import fingerprint
from reasonbook.render.page_kinds import REASON, Page
from reasonbook.sphinx.accordions import document_of, page_html
from reasonbook.sphinx.assets import OWN_PAGE
from reasonbook.sphinx.own_files import write_if_changed
from reasonbook.sphinx.page_nodes import page_section, search_entries
from reasonbook.sphinx.repository import source_address
from reasonbook.sphinx.siblings import Siblings, Surroundings
from reasonbook.sphinx.skeleton import Renderer, mark
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, state_of
from reasonbook.sphinx.state import State
from reasonbook.sphinx.unchanged import Unchanged

_TITLE, _BODY, _META, _SLUG, _SUB_SLUG, _API = map(
    mark, ("title", "body", "meta", "slug", "sub", "api")
)
_DESCRIPTION, _SIBLINGS = map(mark, ("description", "siblings"))
_AROUND = {side: (mark(f"{side}link"), mark(f"{side}title")) for side in ("prev", "next")}


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
        with progress_message("writing reason pages"), progress(wanted=not app.quiet):
            renderer, unchanged = Renderer(app, builder), Unchanged.of(app, "pages")
            siblings, context = Siblings(builder, state), _context(builder)
            settings = fingerprint(vars(builder.build_info))  # digests of what counts for HTML
            index = _Index(builder)
            for page in tracked(pages, "Writing reason pages"):
                _write(renderer, unchanged, siblings, context, settings, page)
                index.add(page)
            unchanged.keep()
    return iter(())


def _write(
    renderer: Renderer,
    unchanged: Unchanged,
    siblings: Siblings,
    context: dict[str, Any],
    settings: str,
    page: Page[Reason],
) -> None:
    builder, docname, state = renderer.builder, page.docname, siblings.state
    marked = _marked_name(page)
    skeleton = renderer.skeleton(marked, context)
    of_reason, at = state.fingerprints.of(page.subject), source_address(builder, page.subject)
    made_from = fingerprint(of_reason, skeleton.digest, settings, at)
    # What other extensions do to a page may depend on anything.
    if not renderer.others and unchanged.names(docname, made_from):
        return
    path = Path(builder.get_output_path(docname))
    name = path.relative_to(builder.outdir).as_posix()
    document = functools.cache(lambda: _document(builder, state, page))
    body = page_html(builder, page, document)
    if at:
        body += f'<p class="rb-yaml"><a class="reference external" href="{escape(at)}">'
        body += f"{wording.YAML}</a></p>\n"
    texts = _texts(page, body, siblings.around(page))
    write_if_changed(path, renderer.render(docname, marked, context, texts, document))
    unchanged.note(docname, made_from, [name])


class _Index:
    """Has Sphinx's search find a page by its title, its object, and the parts of its name.

    Its nodes are the same for all pages, with other texts: to make them took longer than the rest.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self.builder = builder
        self.title, self.entries = nodes.title(), addnodes.index(entries=[])
        # Were the heading another text than the title, the search would list both.
        self.document = new_document("", builder.docsettings)
        self.document += nodes.section("", self.title, self.entries)

    def add(self, page: Page[Reason]) -> None:
        """Add a page."""
        docname, title, env = page.docname, page.title, self.builder.env
        # What the search index keeps is pruned to the documents of the environment.
        env.all_docs[docname] = 0
        env.titles[docname] = nodes.title("", title)
        if self.builder.indexer is not None:
            self.title.children = [nodes.Text(title)]
            self.entries["entries"] = search_entries(page.subject)
            self.builder.indexer.feed(docname, f"{docname}.yaml", title, self.document)


def _forget_pages(app: Sphinx, exception: Exception | None) -> None:
    """Take the pages out of the environment again: for Sphinx they are not documents."""
    for page in _pages(app.env):
        app.env.all_docs.pop(page.docname, None)
        app.env.titles.pop(page.docname, None)


def _stem_once(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Have Sphinx's search stem each word once in a build, not on each page that has it.

    A handler of ``doctree-resolved``: the first event with the index that comes before its use.
    """
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None and not hasattr(indexer.lang.stem, "cache_info"):
        indexer.lang.stem = functools.cache(indexer.lang.stem)


def _marked_name(page: Page[Reason]) -> str:
    """Return the name of a page with marks for what differs at its depth."""
    marks = f"{_SLUG}/{_SUB_SLUG}" if "/" in page.subject.slug else _SLUG
    own = REASON.address.format(api=page.api.name, slug=page.subject.slug)
    return page.docname.removesuffix(own) + REASON.address.format(api=_API, slug=marks)


def _context(builder: StandaloneHTMLBuilder) -> dict[str, Any]:
    """Return what the template gets; as for other pages without a file, no name of a source."""
    return {
        "parents": [],
        **{side: {"link": link, "title": title} for side, (link, title) in _AROUND.items()},
        "title": _TITLE,
        "meta": {},
        "body": _BODY,
        "metatags": _META,
        "rellinks": builder.globalcontext["rellinks"][:],
        "toc": "",
        "display_toc": False,
        "reasonbook_twin": True,
        "reasonbook_description": _DESCRIPTION,
        "reasonbook_siblings": _SIBLINGS,  # for templates of the project
        OWN_PAGE: True,
    }


def _texts(page: Page[Reason], body: str, around: Surroundings) -> dict[str, str]:
    """Return what to put in the place of each mark."""
    description = escape(plain_description(page.subject, page.api))
    slug, _, sub_slug = page.subject.slug.partition("/")
    return {
        _META: f'<meta name="description" content="{description}" />',
        _DESCRIPTION: description,
        _SIBLINGS: around.listed,
        **dict(zip(_AROUND["prev"], around.before, strict=True)),
        **dict(zip(_AROUND["next"], around.after, strict=True)),
        _TITLE: escape(page.title),
        _API: page.api.name,
        _SLUG: slug,
        _SUB_SLUG: sub_slug,
        _BODY: body,
    }


def _document(builder: StandaloneHTMLBuilder, state: State, page: Page[Reason]) -> nodes.document:
    """Return the page as a doctree with its references resolved."""
    sphinx_domain = ErrSphinxDomain.of(builder.env)

    def resolve(node: addnodes.pending_xref) -> nodes.reference | None:
        kind, target, content = node["reftype"], node["reftarget"], node[0]
        return sphinx_domain.resolve_xref(
            builder.env,
            page.docname,
            builder,
            kind,
            target,
            node,
            content,  # type: ignore[arg-type]
        )

    return document_of(builder, page.docname, page_section(page, state.pages), resolve)


def setup_reason_pages(app: Sphinx) -> None:
    """Have the pages written with the others, and forgotten when the build ends."""
    app.connect("doctree-resolved", _stem_once)
    app.connect("html-collect-pages", _write_pages)
    app.connect("build-finished", _forget_pages)
