"""Sphinx configuration of the Reasonbook site: wiring only."""

import os

project = "Reasonbook"
author = "The Reasonbook authors"
copyright = "the Reasonbook authors"
language = "en"

extensions = ["myst_parser", "reasonbook.site", "project.rule_reference"]
myst_enable_extensions = ["colon_fence", "deflist"]
reasonbook_catalogue = "catalogue"
reasonbook_json = "all"

nitpicky = True
smartquotes = False

html_theme = "furo"
html_title = "Reasonbook"
html_favicon = "source/_static/favicon.svg"
html_static_path = ["source/_static"]
templates_path = ["source/_templates"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"type": "module"})]
# Without the theme's search: each page has the box that finds an error, and the search of all text
# has a page of its own.
_SIDEBAR = [
    "brand",
    "scroll-start",
    "siblings",
    "navigation",
    "text-search",
    "scroll-end",
    "variant-selector",
]
html_sidebars = {"**": [f"sidebar/{part}.html" for part in _SIDEBAR]}
# A documented placeholder for local use; a published site sets its own address.
html_baseurl = os.environ.get("REASONBOOK_SITE_URL", "http://localhost:8000/")
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_last_updated_fmt = None
