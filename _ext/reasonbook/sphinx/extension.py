"""The extension's registrations: the table of contents of the Sphinx side."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from project.rule_reference import RuleReference
from reasonbook import __version__
from reasonbook.checking import check_catalogue
from reasonbook.render.addresses import Addresses
from reasonbook.site.not_found import name_the_base, write_not_found_page
from reasonbook.site.page_description import note_description
from reasonbook.site.page_head import add_markdown_links
from reasonbook.site.site_address import fill_in_address
from reasonbook.site.twins import write_twin
from reasonbook.sphinx.changes_page import link_feed
from reasonbook.sphinx.directives import register_directives
from reasonbook.sphinx.doctest.builder import ExampleDocTestBuilder, check_page_blocks
from reasonbook.sphinx.exports import write_exports
from reasonbook.sphinx.lookups import (
    note_questions,
    outdated_documents,
    pages_with_old_surroundings,
)
from reasonbook.sphinx.nodes.custom import register_nodes
from reasonbook.sphinx.pages import PageParser, page_files
from reasonbook.sphinx.project import SUFFIX, CatalogueProject, output_folder
from reasonbook.sphinx.reason_pages import forget_reason_pages, write_reason_pages
from reasonbook.sphinx.references import warn_missing_reference
from reasonbook.sphinx.report import report
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain

STATIC = Path(__file__).parent / "static"
_PREFIX = re.compile(r"([A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*)?", re.ASCII)


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything; nothing is read before the build begins."""
    app.setup_extension("sphinx_design")
    app.setup_extension("sphinx.ext.doctest")
    app.add_builder(ExampleDocTestBuilder, override=True)
    app.add_config_value("reasonbook_catalogue", "catalogue", "env", types=frozenset({str}))
    app.add_config_value("reasonbook_prefix", "", "env", types=frozenset({str}))
    app.add_config_value("reasonbook_pages", "all", "env", types=frozenset({str}))
    app.add_domain(ErrSphinxDomain)
    register_nodes(app)
    register_directives(app)
    app.add_directive("rule-reference", RuleReference)
    app.add_source_parser(PageParser)
    app.connect("config-inited", _check_config)
    app.connect("config-inited", _add_suffix, priority=900)  # when Sphinx has its own together
    app.connect("builder-inited", _load)
    app.connect("doctree-read", note_questions)
    app.connect("doctree-read", check_page_blocks)
    app.connect("env-get-outdated", outdated_documents)
    app.connect("env-get-updated", pages_with_old_surroundings)
    app.connect("warn-missing-reference", warn_missing_reference)
    app.connect("html-collect-pages", write_reason_pages)
    app.connect("build-finished", forget_reason_pages)
    app.connect("build-finished", write_exports)
    app.connect("doctree-read", note_description)
    app.connect("doctree-resolved", fill_in_address)
    app.connect("doctree-resolved", link_feed)
    app.connect("doctree-resolved", write_twin, priority=900)  # after whatever else resolves
    app.connect("html-page-context", add_markdown_links)
    app.connect("html-collect-pages", write_not_found_page)
    app.connect("html-page-context", name_the_base)
    app.add_css_file("reasonbook.css")
    app.add_js_file("reasonbook.js", loading_method="defer")
    app.add_js_file("reasonbook-markdown.js", loading_method="defer")
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
    for name in ("reasonbook_catalogue", "reasonbook_prefix"):
        if not isinstance(config[name], str):
            raise ConfigError(f"{name} is {config[name]!r}; it must be text.")
    if not _PREFIX.fullmatch(config.reasonbook_prefix.strip("/")):
        raise ConfigError(
            f"reasonbook_prefix is {config.reasonbook_prefix!r}; it must be a folder of the site, "
            "such as 'errors'."
        )
    if config.reasonbook_pages not in ("all", "none"):
        raise ConfigError(
            f"reasonbook_pages is {config.reasonbook_pages!r}; it must be 'all' or 'none'."
        )
    config.html_static_path.append(str(STATIC))


def _add_suffix(app: Sphinx, config: Config) -> None:
    """Name the parser of the generated documents, in a copy, since Sphinx shares its default.

    Later, when the build begins, it would look like a change of conf.py and cost a full build.
    """
    config.source_suffix = {**config.source_suffix, SUFFIX: "reasonbook"}


def _load(app: Sphinx) -> None:
    """Load the catalogue, fail on its errors, and give its pages to Sphinx as documents."""
    root = Path(app.confdir, app.config.reasonbook_catalogue)
    # The doctest builder runs the examples one by one, each as a test of its own.
    loaded = check_catalogue(root, examples=app.builder.name != ExampleDocTestBuilder.name)
    report(loaded.problems)
    sphinx_domain = ErrSphinxDomain.of(app.env)
    sphinx_domain.builder = app.builder
    sphinx_domain.catalogue = loaded.catalogue
    sphinx_domain.ledgers = loaded.ledgers
    sphinx_domain.addresses = Addresses(app.config.reasonbook_prefix)
    sphinx_domain.has_pages = app.config.reasonbook_pages == "all"
    pages = page_files(loaded, sphinx_domain.addresses) if sphinx_domain.has_pages else {}
    # The suffix is that of the generated documents: such files in the source folder are none.
    suffixes = [suffix for suffix in app.config.source_suffix if suffix != SUFFIX]
    app.project = CatalogueProject(app.project, suffixes, pages, output_folder(app))
    app.env.project = app.project
