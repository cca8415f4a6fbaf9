"""The extension ``reasonbook.site``: what makes the generated pages and those of people one site.

Markdown twins of hand-written pages, descriptions, the menu of a page, the page for a wrong
address, robots.txt, site map, and redirects for hosts.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from reasonbook import __version__


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything about a whole site, and ``reasonbook`` itself."""
    app.setup_extension("reasonbook")  # which says what is missing to import the next
    from reasonbook.site.whole_site import setup_site

    setup_site(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
