"""The extension's registrations: the table of contents of the Sphinx side."""

from __future__ import annotations

import zlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from reasonbook import __version__
from reasonbook.checking import check_catalogue
from reasonbook.sphinx.config import setup_config
from reasonbook.sphinx.directives import setup_directives
from reasonbook.sphinx.doctest.builder import ExampleDocTestBuilder, setup_doctest
from reasonbook.sphinx.exports import setup_exports
from reasonbook.sphinx.lookups import setup_lookups
from reasonbook.sphinx.nodes.custom import setup_nodes
from reasonbook.sphinx.pages import add_pages, setup_pages
from reasonbook.sphinx.preview import previews, setup_preview
from reasonbook.sphinx.reason_pages import setup_reason_pages
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, setup_domain
from reasonbook.sphinx.state import State, log, report

STATIC = Path(__file__).parent / "static"
WHOLE_SITE = "reasonbook.site"


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything; nothing is read before the build begins."""
    app.setup_extension("sphinx_design")
    setup_config(app)
    setup_preview(app)
    setup_domain(app)
    setup_nodes(app)
    setup_directives(app)
    app.connect("builder-inited", _load)
    setup_lookups(app)
    setup_doctest(app)
    setup_pages(app)
    setup_reason_pages(app)
    setup_exports(app)
    setup_static(app)
    return {
        "version": __version__,
        "env_version": _code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _code_version() -> int:
    """Return a number that changes with this package, so that no page outlives an edit of it."""
    checksum = 0
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum or 1


def setup_static(app: Sphinx) -> None:
    """Add the styles, and the script that opens what a link leads to."""
    app.connect("config-inited", _add_static_path)
    app.add_css_file("reasonbook.css")
    app.add_js_file("reasonbook.js", loading_method="defer")


def _add_static_path(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))


def _load(app: Sphinx) -> None:
    """Load the catalogue, fail on its errors, and give its pages to Sphinx as documents."""
    root = Path(app.confdir, app.config.reasonbook_catalogue)
    # The doctest builder runs the examples one by one, each as a test of its own.
    loaded = check_catalogue(root, examples=app.builder.name != ExampleDocTestBuilder.name)
    (log if previews(app, loaded) else report)(loaded.problems)
    state = State.of(app.builder, loaded, whole_site=WHOLE_SITE in app.extensions)
    ErrSphinxDomain.of(app.env).state = state
    add_pages(app, state)
