"""What a whole site has beside the reference: its registrations, and the files about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from reasonbook.render.data import redirects, sitemap
from reasonbook.render.data.export import dump_small
from reasonbook.render.markdown.instructions import paragraph, skill
from reasonbook.site.agent_instructions import AgentInstructions
from reasonbook.site.not_found import ADDRESS_LIST, name_the_base, not_found_page
from reasonbook.site.page_description import note_description
from reasonbook.site.page_head import add_markdown_links
from reasonbook.site.twins import fill_in_address, guides, write_twin
from reasonbook.sphinx.exports import FILES_EVENT, GUIDES_EVENT
from reasonbook.sphinx.sphinx_domain import state_of

STATIC = Path(__file__).parent / "static"
#: What ``deploy/nginx.conf`` includes.
REDIRECTS = "_static/reasonbook-redirects.map"
INDEXES = "_static/reasonbook-indexes.map"
#: Where instructions for agents are, to be downloaded.
FOR_AGENTS = "_static/agents"


def setup_site(app: Sphinx) -> None:
    """Register everything about a whole site."""
    app.connect("config-inited", _add_static_path)
    # Pages that people wrote: the address filled in, the twin written, and listed.
    app.connect("doctree-resolved", fill_in_address)
    app.connect("doctree-resolved", write_twin, priority=900)  # after whatever else resolves
    app.connect(GUIDES_EVENT, guides)
    app.add_directive("agent-instructions", AgentInstructions)
    # Every page names its description, its Markdown and its index.
    app.connect("doctree-read", note_description)
    app.connect("html-page-context", add_markdown_links)
    app.connect("html-page-context", name_the_base)
    app.connect(FILES_EVENT, site_files)


def _add_static_path(app: Sphinx, config: Config) -> None:
    config.html_static_path = [str(STATIC), *config.html_static_path]  # the project's win


def site_files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield what is about the whole site; a handler of ``reasonbook-files``."""
    state = state_of(app.env)
    pages, urls = state.pages, state.urls
    # The page for a wrong address is none that one looks for.
    late = {
        page.docname
        for page in pages.by_docname.values()
        if page.kind.html == "late" and not page.kind.whole_site
    }
    days = sitemap.last_changes(pages)
    docnames = sorted(app.env.found_docs | late)
    addresses = {urls.html(docname): days.get(docname, "") for docname in docnames}
    yield from not_found_page(app, state)
    yield from sitemap.sitemaps(urls.base, addresses).items()
    yield "robots.txt", sitemap.robots(urls.base)
    yield f"{FOR_AGENTS}/SKILL.md", skill(state.catalogue, urls)
    yield f"{FOR_AGENTS}/AGENTS.md", paragraph(state.catalogue, urls)
    yield ADDRESS_LIST, dump_small(redirects.address_list(pages, urls))
    yield REDIRECTS, redirects.nginx_map(pages, urls)
    yield INDEXES, redirects.index_map(pages, urls)
