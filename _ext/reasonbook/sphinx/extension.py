"""The extension's registrations: the table of contents of the Sphinx side."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from reasonbook import __version__
from reasonbook.core.loader import load_catalogue
from reasonbook.render.addresses import Addresses

from .catalogue_project import SUFFIX, CatalogueProject
from .directives import register_directives
from .nodes import register_nodes
from .pages import PageParser, page_files
from .reason_pages import forget_reason_pages, write_reason_pages
from .references import warn_missing_reference
from .report import report
from .sphinx_domain import ErrSphinxDomain

STATIC = Path(__file__).parent / "static"


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything; nothing is read before the build begins."""
    app.setup_extension("sphinx_design")
    app.add_config_value("reasonbook_catalogue", "catalogue", "env", types=frozenset({str}))
    app.add_config_value("reasonbook_prefix", "", "env", types=frozenset({str}))
    app.add_config_value("reasonbook_pages", "all", "env", types=frozenset({str}))
    app.add_domain(ErrSphinxDomain)
    register_nodes(app)
    register_directives(app)
    app.add_source_parser(PageParser)
    app.connect("config-inited", _check_config)
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)
    app.connect("warn-missing-reference", warn_missing_reference)
    app.connect("html-collect-pages", write_reason_pages)
    app.connect("build-finished", forget_reason_pages)
    app.add_css_file("reasonbook.css")
    app.add_js_file("reasonbook.js", loading_method="defer")
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


def _check_config(app: Sphinx, config: Config) -> None:
    if config.reasonbook_pages not in ("all", "none"):
        raise ConfigError(
            f"reasonbook_pages is {config.reasonbook_pages!r}; it must be 'all' or 'none'."
        )
    config.html_static_path.append(str(STATIC))


def _load(app: Sphinx) -> None:
    """Load the catalogue, fail on its errors, and give its pages to Sphinx as documents."""
    root = Path(app.confdir, app.config.reasonbook_catalogue)
    loaded = load_catalogue(root)
    report(loaded.problems)
    sphinx_domain = ErrSphinxDomain.of(app.env)
    sphinx_domain.builder = app.builder
    sphinx_domain.catalogue = loaded.catalogue
    sphinx_domain.addresses = Addresses(app.config.reasonbook_prefix)
    sphinx_domain.has_pages = app.config.reasonbook_pages == "all"
    if sphinx_domain.has_pages:
        pages = page_files(loaded.catalogue, sphinx_domain.addresses)
        suffixes = tuple(app.config.source_suffix)
        app.project = CatalogueProject(app.project, suffixes, pages)
        app.env.project = app.project
        # Only now: files with this suffix in the source folder are no documents.
        app.config.source_suffix = {**app.config.source_suffix, SUFFIX: "reasonbook"}


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> Sequence[str]:
    """Name the pages that list APIs which are no longer those of the catalogue."""
    apis = " ".join(ErrSphinxDomain.of(env).catalogue.apis)
    return [
        docname
        for docname, metadata in env.metadata.items()
        if metadata.get("reasonbook-api-list", apis) != apis
    ]
