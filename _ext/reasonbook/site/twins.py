"""Hand-written pages: the address of the site in them, and their Markdown twins.

A twin is written when its page is, from its resolved doctree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import quote
from zlib import crc32

from docutils import nodes
from sphinx import addnodes, version_info
from sphinx.application import Sphinx

from reasonbook.render.markdown.llms import Guide
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.page_kinds import DOMAIN
from reasonbook.render.urls import SiteUrls
from reasonbook.site.doctree_markdown import DoctreeMarkdown
from reasonbook.sphinx.own_files import write_if_changed
from reasonbook.sphinx.project import is_generated
from reasonbook.sphinx.sphinx_domain import state_of

#: On a page, in text or in a block of code, it becomes the address of the site.
SITE_URL = "{site-url}"


def fill_in_address(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the address of the site in its places; a handler of ``doctree-resolved``.

    So what one copies works as it stands. It is filled in when the page is written, since that is
    when a change of ``html_baseurl`` is seen.
    """
    if is_generated(app.env, docname):
        return
    base = state_of(app.env).urls.base.rstrip("/")
    for text in list(doctree.findall(nodes.Text)):
        if SITE_URL not in text:
            continue
        parent = text.parent
        parent.replace(text, nodes.Text(text.replace(SITE_URL, base)))
        if isinstance(parent, nodes.literal_block):
            # Where the two differ, Sphinx takes the block for one with marks, and colours nothing.
            parent.rawsource = parent.astext()


def write_twin(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the twin of a hand-written page; a handler of ``doctree-resolved``.

    Sphinx calls it for the pages that it writes, in the process that writes them. The twin waits
    beside the doctrees until the end of the build, when all files are written.
    """
    state = state_of(app.env)
    if not state.writes_site or is_generated(app.env, docname):
        return
    uri = app.builder.get_target_uri(docname)
    page = DoctreeMarkdown(uri, _Links(app, state.urls, docname)).page(doctree)
    folder = docname.partition("/")[0]
    index = state.urls.index(folder if folder in state.catalogue.apis and "/" in docname else "")
    write_if_changed(_twin_path(app, docname), f"{index_line(index)}\n\n{page}")


def _twin_path(app: Sphinx, docname: str) -> Path:
    """Return where the twin waits; builds into other folders may share the doctrees."""
    folder = f"{crc32(str(app.outdir).encode()):08x}"
    return Path(app.doctreedir, "reasonbook-twins", folder, f"{docname}.md")


def guides(app: Sphinx) -> list[tuple[Guide, str]]:
    """Return the hand-written pages with their twins, in reading order, the front page first."""
    env = app.env
    return [
        (
            Guide(
                docname,
                env.titles[docname].astext(),
                str(env.metadata[docname].get("description", "")) or env.titles[docname].astext(),
            ),
            _twin_text(app, docname),
        )
        for docname in _reading_order(app)
        if not is_generated(env, docname)
    ]


def _twin_text(app: Sphinx, docname: str) -> str:
    """Return the twin of a hand-written page, whether this build wrote it or a former one.

    One that none wrote, since only other pages were asked for, is made.
    """
    path = _twin_path(app, docname)
    if not path.is_file():
        # Resolving the page calls write_twin.
        tags: dict[str, Any] = {} if version_info < (9,) else {"tags": app.tags}
        app.env.get_and_resolve_doctree(docname, app.builder, **tags)
    return path.read_text(encoding="utf-8")


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


@dataclass(frozen=True)
class _Links:
    """What one page of the site leads to: other twins, images, its contents."""

    app: Sphinx
    urls: SiteUrls
    docname: str

    def twin(self, path: str, fragment: str) -> str:
        """Return the absolute address for one on the site: of the Markdown, where there is any."""
        docname = self._document_at(path)
        if docname is None:
            return self.urls.base + path.removeprefix("./")
        return self.urls.markdown(self._reason_at(docname, fragment) or docname)

    def image(self, node: nodes.image) -> str:
        """Return the address of an image as the build copies it, or of one elsewhere."""
        uri = self._chosen_image(node)
        if uri in self.app.env.images:
            name = quote(self.app.env.images[uri][1])
            return f"{self.urls.base}{self.app.builder.imagedir}/{name}"
        return uri if re.match("https?:", uri) else ""

    def _chosen_image(self, node: nodes.image) -> str:
        """Choose as the builder will when it comes to the page, which is later."""
        candidates: dict[str, str] = node.get("candidates", {})
        for kind in self.app.builder.supported_image_types:
            if kind in candidates:
                return candidates[kind]
        return str(node["uri"])

    def hides(self, node: nodes.Element) -> bool:
        """Tell whether a node is one that only its authors see: HTML leaves it out, too."""
        return node.tagname == "todo_node" and not self.app.config.todo_include_todos

    def toctree(self, node: addnodes.toctree) -> nodes.Element | None:
        """Return the pages of a table of contents with their titles; of a hidden one, nothing.

        The parts of a page are left out: all of them lead to the one twin.
        """
        shown = self.app.env.resolve_toctree(self.docname, self.app.builder, node, titles_only=True)
        assert shown is None or isinstance(shown, nodes.Element)
        return shown

    def _document_at(self, path: str) -> str | None:
        bare = normpath(path).removesuffix(".html").removesuffix("/")
        candidates = ["index"] if bare in (".", "") else [bare, f"{bare}/index"]
        known = {*self.app.env.found_docs, *state_of(self.app.env).pages.by_docname}
        return next((docname for docname in candidates if docname in known), None)

    def _reason_at(self, docname: str, fragment: str) -> str | None:
        """Return the page of the reason whose accordion an address names."""
        pages = state_of(self.app.env).pages
        page = pages.by_docname.get(docname)
        if page is None or page.kind is not DOMAIN or not fragment:
            return None
        reasons = (pages.addresses.reason(r) for r in page.subject.reasons if r.slug == fragment)
        return next(reasons, None)
