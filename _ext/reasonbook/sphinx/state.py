"""What a build knows: the loaded catalogue, its pages, and where their site is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from reasonbook.checking import Checked
from reasonbook.format.model import Api, Catalogue, Reason
from reasonbook.ledger.record import Ledger
from reasonbook.render.page_kinds import Addresses, Pages
from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.config import Config

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
        if isinstance(builder, StandaloneHTMLBuilder) and builder.name == "html":
            urls = replace(urls, suffix=builder.link_suffix)
        pages = Pages(checked, addresses, whole_site)
        return cls(config, checked, pages, urls, builder)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue."""
        return self.checked.catalogue

    def reason(self, name: str) -> tuple[Reason, Api]:
        """Return the reason of a full name, ``api/REASON``, and its API."""
        api, _, own = name.partition("/")
        return self.catalogue.apis[api].reasons[own], self.catalogue.apis[api]

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """What was ever published, by API."""
        return self.checked.ledgers

    @property
    def has_pages(self) -> bool:
        """Whether pages are generated at all."""
        return self.config.pages == "all" and bool(self.catalogue.apis)

    @property
    def writes_site(self) -> bool:
        """Whether this build writes a site with the generated pages and what is beside them."""
        return self.has_pages and self.builder.name in REASON_PAGE_BUILDERS
