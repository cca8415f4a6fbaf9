"""The extension's registrations: the table of contents of the Sphinx side."""

from __future__ import annotations

import gc
import zlib
from logging import DEBUG, getLogger
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from reasonbook import __version__
from reasonbook.checking import Checked, check_catalogue
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.progress_line import progress
from reasonbook.format.model import Catalogue
from reasonbook.sphinx.accordions import setup_accordions
from reasonbook.sphinx.assets import setup_assets
from reasonbook.sphinx.config import catalogue_folder, setup_config
from reasonbook.sphinx.directives import setup_directives
from reasonbook.sphinx.doctest.builder import ExampleDocTestBuilder, setup_doctest
from reasonbook.sphinx.explain_page import setup_explain_page
from reasonbook.sphinx.exports import setup_exports
from reasonbook.sphinx.find_box import setup_find_box
from reasonbook.sphinx.lookups import setup_lookups
from reasonbook.sphinx.navigation import setup_navigation
from reasonbook.sphinx.nodes.custom import setup_nodes
from reasonbook.sphinx.own_pages import setup_own_pages
from reasonbook.sphinx.pages import add_pages, setup_pages
from reasonbook.sphinx.preview import previews, setup_preview
from reasonbook.sphinx.reason_pages import setup_reason_pages
from reasonbook.sphinx.report import log, report
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain, setup_domain
from reasonbook.sphinx.state import State

LAST = 1000  # of the priorities
WHOLE_SITE = "reasonbook.site"


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything; nothing is read before the build begins."""
    app.setup_extension("sphinx_design")
    setup_config(app)
    setup_preview(app)
    setup_domain(app)
    setup_nodes(app)
    setup_accordions(app)
    setup_directives(app)
    app.connect("builder-inited", _load)
    setup_lookups(app)
    setup_doctest(app)
    setup_pages(app)
    setup_reason_pages(app)
    setup_own_pages(app)
    setup_navigation(app)
    setup_exports(app)
    setup_find_box(app)
    setup_explain_page(app)
    setup_assets(app)
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


def _drop_hidden_messages(app: Sphinx) -> None:
    """Have what is not shown not logged: of every event, Sphinx logs what it is about.

    That is a whole page in its context, and worker processes keep such messages, and send them.
    """
    shown = logging.VERBOSITY_MAP[max(app.verbosity, 0)] or DEBUG
    getLogger(logging.NAMESPACE).setLevel(shown)


def _load(app: Sphinx) -> None:
    """Load the catalogue, fail on its errors, and give its pages to Sphinx as documents."""
    root = catalogue_folder(app)
    # The doctest builder runs the examples one by one, each as a test of its own.
    examples = app.builder.name != ExampleDocTestBuilder.name
    nothing = Checked(Catalogue(Path(app.confdir), {}), {}, Problems())
    with progress(wanted=not app.quiet):
        loaded = check_catalogue(root, examples=examples) if root else nothing
    (log if previews(app, loaded) else report)(loaded.problems)
    state = State.of(app, loaded, whole_site=WHOLE_SITE in app.extensions)
    ErrSphinxDomain.of(app.env).state = state
    if root:
        add_pages(app, state)
    _drop_hidden_messages(app)
    # What was read lives as long as the build, so collecting garbage need not go through it.
    gc.freeze()
    app.connect("build-finished", lambda *_: gc.unfreeze(), priority=LAST)
