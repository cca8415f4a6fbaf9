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
from sphinx.util.display import progress_message
from sphinx.util.osutil import relative_uri

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import plain_text
from reasonbook.render import wording
from reasonbook.render.addresses import reason_anchor
from reasonbook.sphinx.nodes.custom import code_name
from reasonbook.sphinx.nodes.prose import reference
from reasonbook.sphinx.nodes.reason import reason_nodes
from reasonbook.sphinx.sphinx_domain import REASON_PAGE_BUILDERS, ErrSphinxDomain

# Marks in the skeleton: letters only, so that no template or filter changes them.
_TITLE, _BODY, _META, _SLUG, _API = (
    f"reasonbookmark{name}q" for name in ("title", "body", "meta", "slug", "api")
)


def write_reason_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write and index the page of every reason; a handler of ``html-collect-pages``.

    Yields nothing: Sphinx would render each page through the whole theme.
    """
    sphinx_domain = ErrSphinxDomain.of(app.env)
    builder = app.builder
    if not sphinx_domain.has_pages or builder.name not in REASON_PAGE_BUILDERS:
        return iter(())
    assert isinstance(builder, StandaloneHTMLBuilder)
    if any(sphinx_domain.catalogue.reasons()):
        with progress_message("writing reason pages"):
            _write_all(builder, sphinx_domain)
    return iter(())


def _write_all(builder: StandaloneHTMLBuilder, sphinx_domain: ErrSphinxDomain) -> None:
    env = builder.env
    skeleton = _Skeleton.render(builder, sphinx_domain)
    for api in sphinx_domain.catalogue.apis.values():
        for reason in api.reasons.values():
            docname = sphinx_domain.addresses.reason(reason)
            if docname in env.found_docs:
                continue  # a page written by hand wins
            title = f"{reason.name} – {api.title}"
            document = _document(builder, sphinx_domain, docname, reason, api)
            page = skeleton.fill(reason, api, title, _body(builder, docname, document))
            write_if_changed(Path(builder.get_output_path(docname)), page)
            # What the search index keeps is pruned to the documents of the environment.
            env.all_docs[docname] = 0
            env.titles[docname] = nodes.title("", title)
            if builder.indexer is not None:
                # Were the heading another text than the title, the search would list both.
                next(document.findall(nodes.title)).children = [nodes.Text(title)]
                builder.indexer.feed(docname, f"{docname}.yaml", title, document)


def forget_reason_pages(app: Sphinx, exception: Exception | None) -> None:
    """Take the pages out of the environment again: for Sphinx they are no documents."""
    sphinx_domain = ErrSphinxDomain.of(app.env)
    for reason in sphinx_domain.catalogue.reasons():
        docname = sphinx_domain.addresses.reason(reason)
        if docname not in app.env.found_docs:
            app.env.all_docs.pop(docname, None)
            app.env.titles.pop(docname, None)


@dataclass(frozen=True)
class _Skeleton:
    html: str

    @classmethod
    def render(cls, builder: StandaloneHTMLBuilder, sphinx_domain: ErrSphinxDomain) -> _Skeleton:
        """Have the theme render one page at the depth of the reason pages."""
        reason = next(sphinx_domain.catalogue.reasons())
        docname = sphinx_domain.addresses.reason(reason)
        head, _, _ = docname.rpartition(f"{reason.api}/reasons/{reason.slug}")
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
            builder.handle_page(f"{head}{_API}/reasons/{_SLUG}", context, outfilename=path)
            return cls(path.read_text(encoding=builder.config.html_output_encoding))

    def fill(self, reason: Reason, api: Api, title: str, body: str) -> str:
        """Return the page of a reason."""
        description = f"{reason.http} {wording.http_title(api, reason.http)}: "
        description = escape(description + plain_text(reason.cause))
        page = self.html.replace(
            f"<!--{_META}-->", f'<meta name="description" content="{description}" />'
        )
        page = page.replace(_TITLE, escape(title)).replace(_API, api.name)
        return page.replace(_SLUG, reason.slug).replace(_BODY, body)


def _document(
    builder: StandaloneHTMLBuilder,
    sphinx_domain: ErrSphinxDomain,
    docname: str,
    reason: Reason,
    api: Api,
) -> nodes.document:
    """Return the page as a doctree with its references resolved."""
    title = nodes.title("", "", code_name("", reason.name))
    section = nodes.section("", title, ids=[reason_anchor(reason)])
    section["support_smartquotes"] = False
    section += [_breadcrumbs(reason, api), _search_entries(reason, api), *reason_nodes(reason, api)]
    document = new_document(docname, builder._settings)
    document += section
    for node in list(document.findall(addnodes.pending_xref)):
        link = sphinx_domain.resolve_xref(
            builder.env,
            docname,
            builder,
            node["reftype"],
            node["reftarget"],
            node,
            node[0],  # type: ignore[arg-type]
        )
        node.replace_self(link if link is not None else node.children)
    return document


def _breadcrumbs(reason: Reason, api: Api) -> nodes.paragraph:
    domain = api.domain(reason.domain)
    assert domain
    return nodes.paragraph(
        "",
        "",
        reference("api", api.name, nodes.inline("", api.title)),
        nodes.Text(" › "),
        reference("domain", f"{api.name}/{domain.name}", nodes.inline("", domain.title)),
        nodes.Text(" › HTTP "),
        nodes.Text(str(reason.http)),
        classes=["rb-breadcrumbs"],
    )


def _search_entries(reason: Reason, api: Api) -> addnodes.index:
    """Return what else finds this page: Sphinx's search drops numbers and joins UPPER_SNAKE.

    The entries have no anchor, so that the search lists the page once, however it found it.
    """
    parts = [part for part in reason.name.replace("-", "_").split("_") if len(part) > 1]
    entries = {str(reason.http), " ".join(parts).lower(), *(part.lower() for part in parts)}
    if reason.status:
        entries.add(reason.status)
    return addnodes.index(entries=[("single", entry, "", "", None) for entry in sorted(entries)])


def _body(builder: StandaloneHTMLBuilder, docname: str, document: nodes.document) -> str:
    # As in the builder's write_doc; where no document was written, nothing of this is there yet.
    builder.secnumbers, builder.fignumbers = {}, {}
    builder.imgpath = relative_uri(builder.get_target_uri(docname), "_images")
    builder.dlpath = relative_uri(builder.get_target_uri(docname), "_downloads")
    builder.current_docname = docname
    visitor = builder.create_translator(document, builder)
    document.walkabout(visitor)
    return "".join(visitor.body)  # type: ignore[attr-defined]


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file unless it has this text already; say whether it was written."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
