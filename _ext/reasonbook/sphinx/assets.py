"""Styles and scripts, on the pages that need them; what a project has besides stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from reasonbook.sphinx.config import catalogue_folder
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain

STATIC = Path(__file__).parent / "static"
#: In the context of a page that is not a document: it shows what this package made.
OWN_PAGE = "reasonbook_page"
#: Scripts by what is in the body of a page with a list that can be filtered: where the fields go.
FILTERS = {
    'class="rb-filter': "reasonbook-filter.js",
    'class="rb-reason-filter': "reasonbook-reasons.js",
}
#: What begins the form of the page that explains an error.
EXPLAIN_FORM = 'class="rb-explain"'
#: Files of sphinx-design, by how their names begin: what is in the body of a page that needs them.
DESIGN = {"sphinx-design": "sd-", "design-tabs": "sd-tab"}


def _add_static_path(app: Sphinx, config: Config) -> None:
    if catalogue_folder(app):
        config.html_static_path = [str(STATIC), *config.html_static_path]  # the project's win


def _add_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the styles, and the script that opens what a link leads to, where something is shown."""
    sphinx_domain = ErrSphinxDomain.of(app.env)
    state = sphinx_domain.state
    is_document = pagename in app.env.found_docs
    if (
        OWN_PAGE in context
        or pagename in sphinx_domain.notes.placed
        or (is_document and pagename in state.pages.by_docname)
        or (is_document and state.writes_site and state.pages.whole_site)
    ):
        app.add_css_file("reasonbook.css")
        app.add_js_file("reasonbook.js", loading_method="defer")
        for mark, script in FILTERS.items():
            if mark in str(context.get("body")):
                app.add_js_file(script, loading_method="defer")
        if EXPLAIN_FORM in str(context.get("body")):
            app.add_css_file("reasonbook-explain.css")
            app.add_js_file("reasonbook-explain-page.js", type="module")
    if "sphinx_design" not in app.config.extensions:  # else the project asked for it
        for key in ("css_files", "script_files"):
            context[key][:] = [file for file in context[key] if not _is_idle(file, context)]


def _is_idle(file: Any, context: dict[str, Any]) -> bool:
    """Return whether a file is of sphinx-design, and the page does not use it."""
    name = str(getattr(file, "filename", file)).rpartition("/")[2]
    body = str(context.get("body"))
    return any(name.startswith(start) and mark not in body for start, mark in DESIGN.items())


def setup_assets(app: Sphinx) -> None:
    """Have the files copied, and named by the pages that need them."""
    app.connect("config-inited", _add_static_path)
    app.connect("html-page-context", _add_files)
