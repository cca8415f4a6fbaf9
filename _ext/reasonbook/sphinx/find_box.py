"""The box that finds a reason, on every page that this package makes; on those of a whole site.

Without a script its form leads to the list of all reasons.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from reasonbook.render.page_kinds import EXPLAIN, REASONS
from reasonbook.sphinx.assets import OWN_PAGE
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, state_of

_LABEL = "Find an error by its code, HTTP status, words, or what you paste"
_HINT = "Paste an error or type a code"
# No text: searches would take it for that of the page.
_BOX = """<form class="rb-find{more}" role="search" aria-label="Errors" action="{action}"
 data-root="{root}" data-explain="{explain}" data-script="{root}_static/reasonbook-find-box.js">
<input id="find-field" type="search" name="text" role="combobox" aria-label="{label}"
 aria-autocomplete="list" aria-controls="find-results" aria-expanded="false" autocomplete="off"
 autocapitalize="off" spellcheck="false" enterkeyhint="go" placeholder="{hint}">
<input type="submit" value="Find">
<div id="find-results" role="listbox" aria-label="Answers" hidden></div>
<p role="status"></p>
</form>
"""


class find_box(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes so)
    """The place of a large box on a page of people."""


class FindBox(SphinxDirective):
    """``find-box::``: the box, large, in place of the one at the top of the page."""

    def run(self) -> list[nodes.Node]:
        """Return its place; it is written for one builder."""
        placed = ErrSphinxDomain.of(self.env).notes.placed
        placed.setdefault(self.env.docname, []).append(self.name)
        return [find_box()]


def _box(app: Sphinx, pagename: str, more: str = "") -> str:
    builder, state = app.builder, state_of(app.env)
    here = builder.get_target_uri(pagename)
    addresses, checked = state.urls.addresses, state.checked
    to_reasons, to_explain = (
        escape(relative_uri(here, builder.get_target_uri(addresses.page(kind, checked))))
        for kind in (REASONS, EXPLAIN)
    )
    return _BOX.format(
        action=to_reasons,
        explain=to_explain,
        root=escape(relative_uri(here, "") or "./"),
        label=_LABEL,
        hint=_HINT,
        more=more,
    )


def _place_box(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the box where the directive is; a handler of ``doctree-resolved``."""
    for node in list(doctree.findall(find_box)):
        if state_of(app.env).writes_site:
            box = _box(app, docname, " rb-find-large")
            node.replace_self(nodes.raw("", box, format="html"))
        else:
            node.replace_self([])


def _add_box(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the box at the top of a page; a handler of ``html-page-context``."""
    state, body = state_of(app.env), str(context.get("body") or "")
    is_document = pagename in app.env.found_docs
    is_ours = state.pages.whole_site or pagename in state.pages.by_docname
    has_place = OWN_PAGE in context or (is_document and is_ours)
    if state.writes_site and has_place and 'id="find-results"' not in body:
        context["body"] = _box(app, pagename) + body
    elif state.writes_site and state.pages.whole_site and not is_document:
        context["reasonbook_box"] = _box(app, pagename)  # for templates of the project


def setup_find_box(app: Sphinx) -> None:
    """Register the directive, and have the box added."""
    app.add_node(find_box)
    app.add_directive("find-box", FindBox)
    app.connect("doctree-resolved", _place_box)
    # After the menu of a page, which it is above.
    app.connect("html-page-context", _add_box, priority=600)
