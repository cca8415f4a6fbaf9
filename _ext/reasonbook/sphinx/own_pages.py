"""Pages that people wrote beside the generated: of the same name, and as the way to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from reasonbook.checking import Checked
from reasonbook.diagnostics.location import display_path
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.render import page_kinds, wording
from reasonbook.render.page_kinds import Page, PageKind
from reasonbook.sphinx.nodes.reason import reason_accordion
from reasonbook.sphinx.project import is_by_hand, is_generated
from reasonbook.sphinx.report import fail, logger, tell
from reasonbook.sphinx.sphinx_domain import NAME, ErrSphinxDomain, state_of
from reasonbook.sphinx.state import PLACEHOLDER_URL

#: By kind, the directives that bring what a generated page holds and others link to. A page of
#: another kind, such as that of changes, can only be generated.
DIRECTIVES: Mapping[PageKind[Any], tuple[str, ...]] = {
    page_kinds.OVERVIEW: ("domain-list",),
    page_kinds.ENVELOPE: ("envelope-fields", "canonical-statuses", "http-statuses"),
    page_kinds.DOMAIN: ("reason-examples",),
    page_kinds.REASON: ("reason",),
}


def _refuse_hidden_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """End the build where a page that a person wrote hides a generated; for ``env-updated``.

    Reasons, anchors and links would be lost without a word.
    """
    hidden = 0
    for docname, page, missing in _hidden_pages(env):
        hidden += 1
        made_from = display_path(_source(page))
        way_out = "Rename it, or move the generated pages with reasonbook_prefix"
        if missing:
            way_out += f", or place {', '.join(missing)} on it"
        logger.error(
            "This page hides the generated page of the same %s, which is made from %s. %s.",
            "name" if docname == page.docname else "address",
            made_from,
            way_out,
            location=docname,
            type="reasonbook",
            subtype="hidden-page",
        )
    if hidden:
        fail(f"{wording.number(hidden, 'generated page')} would be hidden; nothing was built.")


def _hidden_pages(env: BuildEnvironment) -> Iterator[tuple[str, Page[Any], list[str]]]:
    """Yield each page that hides a generated one, that one, and the directives that are missing.

    None are missing where none can help.
    """
    state, notes = state_of(env), ErrSphinxDomain.of(env).notes
    if not state.has_pages:
        return
    for docname, page in state.pages.by_docname.items():
        # Without a page for wrong addresses of its own a site has ours; that is all.
        if page.kind is page_kinds.NOT_FOUND:
            continue
        if state.urls.folders and is_by_hand(env, other := _same_folder(docname)):
            yield other, page, []
        if is_by_hand(env, docname):
            needed = [f"{name} {_argument(page)}" for name in _directives(page)]
            missing = [name for name in needed if name not in notes.placed.get(docname, ())]
            if missing or not needed:
                yield docname, page, missing


def _same_folder(docname: str) -> str:
    """Return the other document that ``dirhtml`` writes to the same file: ``a`` or ``a/index``."""
    folder = docname.removesuffix("/index")
    return folder if folder != docname else f"{docname}/index"


def _source(page: Page[Any]) -> Path:
    """Return the file with what the page is about."""
    if page.kind is page_kinds.CHANGES:
        return page.sources[1]  # the first ledger, after the file whose suffix names the parser
    domain = page.api.domain(page.subject.domain) if isinstance(page.subject, Reason) else None
    return domain.path if domain else page.sources[0]


def _directives(page: Page[Any]) -> Iterator[str]:
    for name in DIRECTIVES.get(page.kind, ()):
        if (name != "canonical-statuses" or page.api.statuses) and (
            name != "http-statuses" or page.api.http
        ):
            yield name


def _argument(page: Page[Any]) -> str:
    match page.subject:
        case Api() as api:
            return api.name
        case ErrorDomain() | Reason() as part:
            return f"{part.api}/{part.name}"
    raise AssertionError(page)


def _note_leads(app: Sphinx, doctree: nodes.document) -> None:
    """Note the APIs to whose pages a document leads; a handler of ``doctree-read``."""
    env, sphinx_domain = app.env, ErrSphinxDomain.of(app.env)
    docname = env.current_document.docname
    if is_generated(env, docname):
        return
    pages, found = sphinx_domain.state.pages.by_docname, set()
    for node in doctree.findall(nodes.Element):
        targets: list[str] = []
        match node:
            case addnodes.pending_xref() if node.get("refdomain") == NAME:
                if answer := sphinx_domain.find(node["reftype"], node["reftarget"], docname):
                    found.add(answer[0].name)
            case reason_accordion():
                found.add(node["reason"].partition("/")[0])
            case addnodes.pending_xref():
                targets = [str(node.get("reftarget", ""))]
            case nodes.reference():
                targets = [str(node.get("refuri", ""))]
            case addnodes.toctree():
                targets = [f"/{name}" for name in node["includefiles"]]
        for target in targets:
            path = target.partition("#")[0].removesuffix(".html").removesuffix(".md")
            name = normpath(PurePosixPath("/", docname).parent / path).strip("/")
            page = pages.get(name) or pages.get(f"{name}/index")
            if page and not isinstance(page.subject, Checked):
                found.add(page.api.name)
    if found:
        sphinx_domain.notes.leads[docname] = found


def _tell_what_is_missing(app: Sphinx, exception: Exception | None) -> None:
    """Say what a site lacks that was built without a fault; a handler of ``build-finished``."""
    if exception or not (state := state_of(app.env)).writes_site:
        return
    leads = ErrSphinxDomain.of(app.env).notes.leads.values()
    apart = [name for name in state.catalogue.apis if not any(name in names for names in leads)]
    if apart:
        overviews = ", ".join(state.urls.addresses.overview(name) for name in apart)
        tell(
            f"no page leads to {overviews}: place the directive api-list with its option toctree "
            f"on a page of the navigation, or name {overviews} in a toctree."
        )
    if not app.config.html_baseurl:
        tell(
            f"html_baseurl is not set, so the addresses in the files for agents begin with "
            f"{PLACEHOLDER_URL}; set it in conf.py to the address of the published site."
        )


def setup_own_pages(app: Sphinx) -> None:
    """Have hidden pages refused, and what is missing said at the end."""
    app.connect("doctree-read", _note_leads)
    app.connect("env-updated", _refuse_hidden_pages)
    app.connect("build-finished", _tell_what_is_missing)
