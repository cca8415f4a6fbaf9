"""The address of the site in hand-written pages, so that what one copies works as it stands.

``{site-url}`` on a page, in text or in a block of code, becomes the address of the site. It is
filled in when the page is written, since that is when a change of ``html_baseurl`` is seen.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from reasonbook.site.twins import is_generated, site_urls

PLACE = "{site-url}"


def fill_in_address(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the address in its places; a handler of ``doctree-resolved``."""
    if is_generated(app.env, docname):
        return
    base = site_urls(app).base.rstrip("/")
    for text in list(doctree.findall(nodes.Text)):
        if PLACE not in text:
            continue
        parent = text.parent
        parent.replace(text, nodes.Text(text.replace(PLACE, base)))
        if isinstance(parent, nodes.literal_block):
            # Where the two differ, Sphinx takes the block for one with marks, and colours nothing.
            parent.rawsource = parent.astext()
