"""What every page says of its Markdown and of the feed: links in its head, and a small menu."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from reasonbook.render.page_kinds import NOT_FOUND
from reasonbook.sphinx.assets import OWN_PAGE
from reasonbook.sphinx.sphinx_domain import state_of

SCRIPT = "reasonbook-markdown.js"
_TAG = re.compile(r"<[^>]*>")
# Sphinx's search leaves a "headerlink" out of its excerpts, which this would else begin.
_MENU = """<details class="rb-page-menu headerlink">
<summary>Markdown</summary>
<ul>
<li><button type="button" class="rb-copy-page" hidden>Copy page as Markdown</button></li>
<li><a class="rb-view-page" type="text/markdown" href="{twin}">View as Markdown</a></li>
<li><a rel="describedby" href="{index}">Index for agents (llms.txt)</a></li>
</ul>
<p class="rb-copy-result" role="status"></p>
</details>
"""


def add_markdown_links(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the twin, the index and the feed of a page in it; a handler of ``html-page-context``.

    Pages without a document, such as the search, have no twin. The skeleton of the reason pages
    is such a page too; who renders it says so by ``reasonbook_twin``.
    """
    if not state_of(app.env).writes_site:
        return
    here = app.builder.get_target_uri(pagename)
    # The page that another extension has for wrong addresses is shown at any depth.
    if pagename != NOT_FOUND.address.strip("/") or OWN_PAGE in context:
        _add_tags(context, _feed_tags(app, here))
    if pagename not in app.env.found_docs and not context.get("reasonbook_twin"):
        return
    twin = escape(_relative(here, f"{pagename}.md"))
    index = escape(_relative(here, _index(app, pagename)))
    tags = [
        f'<link rel="alternate" type="text/markdown" href="{twin}" />',
        f'<link rel="describedby" href="{index}" />',
    ]
    description = context.get("reasonbook_description")
    description = description or app.env.metadata.get(pagename, {}).get("description")
    # The mark of the skeleton has its tag already.
    if (
        description
        and "reasonbook_description" not in context
        and 'name="description"' not in str(context.get("metatags", ""))
    ):
        tags.append(f'<meta name="description" content="{escape(str(description))}" />')
    _add_tags(context, tags)
    if "sphinxext.opengraph" not in app.extensions:
        _add_tags(context, _preview_tags(app, context, description))
    context["reasonbook_index"] = index  # for templates of the project
    app.add_js_file(SCRIPT, loading_method="defer")
    context["body"] = _MENU.format(twin=twin, index=index) + str(context.get("body", ""))


def _preview_tags(app: Sphinx, context: dict[str, Any], description: Any) -> list[str]:
    """Say what a link to the page looks like elsewhere (Open Graph)."""
    title = _TAG.sub("", str(context.get("title", "")))
    said = {
        "title": unescape(title),
        "description": str(description or ""),
        "url": str(context.get("pageurl") or ""),
        "type": "article",
        "site_name": app.config.html_title or app.config.project,
    }
    return [
        f'<meta property="og:{name}" content="{escape(value)}" />'
        for name, value in said.items()
        if value
    ]


def _feed_tags(app: Sphinx, here: str) -> list[str]:
    """Name the feed of changes, where the site has one."""
    state = state_of(app.env)
    if not state.ledgers:
        return []
    title = escape(f"{app.config.project}: changes")
    feed = escape(_relative(here, f"{state.urls.addresses.changes()}.xml"))
    return [f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}" />']


def _add_tags(context: dict[str, Any], tags: list[str]) -> None:
    context["metatags"] = "\n".join([str(context.get("metatags", "")), *tags])


def _index(app: Sphinx, pagename: str) -> str:
    """Return the most specific index that covers a page; the skeleton's API has no name."""
    if pagename not in app.env.found_docs:
        return f"{pagename.rpartition('/reasons/')[0]}/llms.txt"
    folders = PurePosixPath(pagename).parents
    state = state_of(app.env)
    for name in state.catalogue.apis:
        folder = PurePosixPath(state.urls.addresses.overview(name)).parent
        if folder in folders:
            return f"{folder}/llms.txt"
    return "llms.txt"


def _relative(here: str, there: str) -> str:
    """Return a relative address that shows itself to be one by a slash."""
    uri = relative_uri(here, there)
    return uri if "/" in uri else f"./{uri}"
