"""What a build knows: the loaded catalogue, its pages, and where their site is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util import logging

from reasonbook.checking import Checked
from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.format.model import Catalogue
from reasonbook.ledger.record import Ledger
from reasonbook.render import wording
from reasonbook.render.page_kinds import Addresses, Pages
from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.config import Config

logger = logging.getLogger(__name__)
#: Builders that write a page for each reason; for the others a reason is on its domain's page.
REASON_PAGE_BUILDERS = frozenset({"html", "dirhtml"})
PLACEHOLDER_URL = "http://localhost:8000/"


@dataclass(frozen=True)
class State:
    """Made when the build begins; the processes of a parallel build inherit it."""

    config: Config
    checked: Checked
    pages: Pages
    urls: SiteUrls
    builder: Builder

    @classmethod
    def of(cls, builder: Builder, checked: Checked, *, whole_site: bool) -> State:
        """Return the state of a build."""
        config = Config.of(builder.config)
        addresses = Addresses(config.prefix)
        base = builder.config.html_baseurl or PLACEHOLDER_URL
        urls = SiteUrls.of(base, addresses, folders=builder.name == "dirhtml")
        pages = Pages(checked, addresses, whole_site)
        return cls(config, checked, pages, urls, builder)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue."""
        return self.checked.catalogue

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """What was ever published, by API."""
        return self.checked.ledgers

    @property
    def has_pages(self) -> bool:
        """Whether pages are generated at all."""
        return self.config.pages == "all"

    @property
    def writes_site(self) -> bool:
        """Whether this build writes a site with the generated pages and what is beside them."""
        return self.has_pages and self.builder.name in REASON_PAGE_BUILDERS


class CatalogueError(SphinxError):
    """The catalogue has errors; a site built from it would lack something."""

    category = "Catalogue error"


def report(problems: Problems) -> None:
    """Log every problem of the catalogue; raise where any is an error.

    Raising matters: without ``-W`` Sphinx would go on and drop what is broken.
    """
    log(problems)
    if problems.errors:
        count = wording.number(problems.errors, "error")
        raise CatalogueError(f"{count} in the catalogue; nothing was built.")


def log(problems: Problems) -> None:
    """Log every problem, with its place and rule."""
    for problem in problems:
        write = logger.error if problem.severity == "error" else logger.warning
        write(
            "%s [%s]\n  hint: %s",
            printable(problem.message),
            problem.rule.label,
            printable(problem.hint),
            location=str(problem.location),
            type="reasonbook",
            subtype=problem.rule.label,
        )
