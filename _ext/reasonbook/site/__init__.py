"""The extension ``reasonbook.site``: what makes the generated pages and those of people one site.

Markdown twins of hand-written pages, descriptions, the menu of a page, the page for a wrong
address, robots.txt, site map, and redirects for hosts.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from reasonbook import __version__
from reasonbook.site.files import write_site_files
from reasonbook.site.not_found import name_the_base, write_not_found_page
from reasonbook.site.page_description import note_description
from reasonbook.site.page_head import add_markdown_links
from reasonbook.site.twins import fill_in_address, guides, write_twin
from reasonbook.sphinx.exports import GUIDES_EVENT

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything about a whole site, and ``reasonbook`` itself."""
    app.setup_extension("reasonbook")
    app.connect("config-inited", _add_static_path)
    app.add_js_file("reasonbook-markdown.js", loading_method="defer")
    setup_hand_written(app)
    setup_page_head(app)
    setup_not_found(app)
    app.connect("build-finished", write_site_files)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def setup_hand_written(app: Sphinx) -> None:
    """Have the address filled in on pages, and their twins written and listed."""
    app.connect("doctree-resolved", fill_in_address)
    app.connect("doctree-resolved", write_twin, priority=900)  # after whatever else resolves
    app.connect(GUIDES_EVENT, guides)


def setup_page_head(app: Sphinx) -> None:
    """Have the description of every page, its Markdown and its index named in it."""
    app.connect("doctree-read", note_description)
    app.connect("html-page-context", add_markdown_links)


def setup_not_found(app: Sphinx) -> None:
    """Have the page for a wrong address written."""
    app.connect("html-collect-pages", write_not_found_page)
    app.connect("html-page-context", name_the_base)


def _add_static_path(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))
