"""The page that explains a pasted error, and what its script reads.

The script takes a validator of JSON Schema, which ``make`` bundles from npm. Where that is not
there, as after an install from a source archive, the page explains, but checks no schema.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from reasonbook.explaining.book import book, book_name
from reasonbook.format.model import Api
from reasonbook.render.data.export import dump_small
from reasonbook.render.page_kinds import EXPLAIN, REASONS
from reasonbook.sphinx.accordions import statements_writer
from reasonbook.sphinx.own_files import Files
from reasonbook.sphinx.page_nodes import explain_form
from reasonbook.sphinx.sphinx_domain import state_of
from reasonbook.sphinx.state import State

_FORM = """<div class="rb-explain" data-root="{root}" data-books="{books}">
<p class="rb-without-script">This page needs JavaScript. Without it, look in
<a href="{reasons}">the list of all reasons</a>.</p>
<label for="rb-pasted">The error</label>
<textarea id="rb-pasted" rows="12" spellcheck="false" autocapitalize="off" autocomplete="off"
 placeholder="{hint}" aria-describedby="rb-pasted-status"></textarea>
<p id="rb-pasted-status" role="status"></p>
<div class="rb-explanations"></div>
</div>
"""
_HINT = "Paste it here"


def _write_form(self: HTML5Translator, node: explain_form) -> None:
    builder = self.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    here = builder.get_target_uri(builder.current_docname)
    state = state_of(builder.env)
    names = (book_name(api).rpartition("/")[2] for api in state.catalogue.apis.values())
    reasons = state.urls.addresses.page(REASONS, state.checked)
    self.body.append(
        _FORM.format(
            root=escape(relative_uri(here, "") or "./"),
            books=escape(" ".join(names)),
            reasons=escape(relative_uri(here, builder.get_target_uri(reasons))),
            hint=_HINT,
        )
    )
    raise nodes.SkipNode


def explain_book(app: Sphinx, state: State, api: Api) -> Files:
    """Yield what the script reads of an API."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    writer = statements_writer(app.builder, state.urls.addresses.page(EXPLAIN, state.checked))
    yield book_name(api), dump_small(book(api, state.urls, writer))


def setup_explain_page(app: Sphinx) -> None:
    """Register the form."""
    app.add_node(explain_form, html=(_write_form, None))
