"""The page that a host shows for a wrong address: how to find a reason, and a guess at it.

It is shown at any depth, so its head names the root of the site for all its relative addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from .exports import ADDRESS_LIST
from .sphinx_domain import ErrSphinxDomain
from .twins import site_urls, writes_exports

PAGE_NAME = "404"
SCRIPT = "reasonbook-not-found.js"

_BODY = """<section id="page-not-found">
<h1>There is no such page</h1>
<div id="rb-not-found" data-addresses="{addresses}" data-suffix="{suffix}"></div>
<p>The page of a reason is at <code>{pattern}</code>, with the reason exactly as in the error body:
capitals, underscores, and <code>.html</code> at the end (<code>.md</code> for Markdown,
<code>.json</code> for data).</p>
<ul>
{apis}
<li><a href="{search}">Search</a></li>
<li><a href="{home}">Front page</a></li>
</ul>
</section>
"""


def add_not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page, unless the project has its own; a handler of ``html-collect-pages``."""
    if not writes_exports(app) or PAGE_NAME in app.env.found_docs:
        return
    urls = site_urls(app)
    uri = app.builder.get_target_uri
    apis = ErrSphinxDomain.of(app.env).catalogue.apis.values()
    body = _BODY.format(
        addresses=ADDRESS_LIST,
        suffix="/" if urls.folders else ".html",
        pattern=escape(f"/{urls.folder('API')}reasons/REASON.html"),
        apis="\n".join(
            f'<li><a href="{uri(urls.addresses.overview(api.name))}">{escape(api.title)}</a></li>'
            for api in apis
        ),
        search=uri("search"),
        home=uri(app.config.root_doc) or "./",
    )
    yield PAGE_NAME, {"title": "Page not found", "body": body}, "page.html"


def name_the_root(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the root of the site and the script; a handler of ``html-page-context``."""
    if pagename != PAGE_NAME or doctree is not None or not writes_exports(app):
        return
    root = escape(urlsplit(site_urls(app).base).path)
    tags = [f'<base href="{root}" />', '<meta name="robots" content="noindex" />']
    context["metatags"] = "\n".join([*tags, str(context.get("metatags", ""))])
    app.add_js_file(SCRIPT, loading_method="defer")
