"""What a host shows for a wrong address: how to find a reason, and, for people, a guess at it.

Hosts look for ``404.html`` at the root, with every builder, and show it at any depth. So its head
names the address from which its relative addresses start. Agents get its Markdown from hosts that
can choose.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from reasonbook.render.page_kinds import NOT_FOUND
from reasonbook.sphinx.assets import OWN_PAGE
from reasonbook.sphinx.sphinx_domain import state_of
from reasonbook.sphinx.state import State

PAGE_NAME = NOT_FOUND.address.strip("/")
SCRIPT = "reasonbook-not-found.js"
#: What a wrong address is compared with.
ADDRESS_LIST = "_static/reasonbook-addresses.json"

#: Tells this page from one that another extension makes.
_MARK = "reasonbook_not_found"

_BODY = """<section id="page-not-found">
<h1>There is no such page</h1>
<div id="rb-not-found" data-root="{root}" data-addresses="{addresses}" data-suffix="{suffix}"></div>
<p>The page of a reason is at <code>{pattern}</code>, with the reason exactly as in the error body,
capitals and underscores. With <code>.md</code> in place of the last <code>{suffix}</code> it is
Markdown, with <code>.json</code> data.</p>
<ul>
{apis}
<li><a href="{search}">Search</a></li>
<li><a href="{home}">Front page</a></li>
<li><a href="{index}">Index for agents (llms.txt)</a></li>
</ul>
</section>
"""


def not_found_page(app: Sphinx, state: State) -> Iterator[tuple[str, str]]:
    """Yield the page with its name, unless the project has its own."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    name, usual = f"{PAGE_NAME}.html", Path(app.builder.get_output_path(PAGE_NAME))
    # That of another extension is where the builder has its pages, and not always at the root.
    if PAGE_NAME in app.env.found_docs or (usual != Path(app.outdir, name) and usual.is_file()):
        return
    title = state.pages.by_docname[PAGE_NAME].title
    context = {"title": title, "body": _body(app, state), _MARK: True, OWN_PAGE: True}
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, name)
        app.builder.handle_page(PAGE_NAME, context, outfilename=page)
        yield name, page.read_text(encoding=app.config.html_output_encoding)


def _body(app: Sphinx, state: State) -> str:
    urls = state.urls

    def link(docname: str) -> str:
        return app.builder.get_relative_uri(PAGE_NAME, docname)

    root = relative_uri(app.builder.get_target_uri(PAGE_NAME), "")
    return _BODY.format(
        root=root,
        addresses=ADDRESS_LIST,
        suffix="/" if urls.folders else urls.suffix,
        pattern=escape(urlsplit(urls.html(f"{urls.folder('API')}reasons/REASON")).path),
        apis="\n".join(
            f'<li><a href="{link(urls.addresses.overview(api.name))}">{escape(api.title)}</a></li>'
            for api in state.catalogue.apis.values()
        ),
        search=link("search"),
        home=link(app.config.root_doc),
        index=f"{root}llms.txt",
    )


def name_the_base(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add where addresses start, and the script; a handler of ``html-page-context``."""
    if _MARK not in context:
        return
    base = escape(
        urlsplit(state_of(app.env).urls.base).path + app.builder.get_target_uri(PAGE_NAME)
    )
    tags = [f'<base href="{base}" />', '<meta name="robots" content="noindex" />']
    context["metatags"] = "\n".join([*tags, str(context.get("metatags", ""))])
    context["pageurl"] = None  # it has no address of its own
    app.add_js_file(SCRIPT, type="module")
