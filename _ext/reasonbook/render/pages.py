"""The generated pages of a catalogue: the table of kinds, applied to what was loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reasonbook.checking import Verified
from reasonbook.format.model import Api
from reasonbook.render.page_kinds import Page, Subject, kinds_about
from reasonbook.render.urls import Addresses


@dataclass(frozen=True)
class Pages:
    """All pages; *whole_site* where those are among them that belong to no API's reference."""

    verified: Verified
    addresses: Addresses
    whole_site: bool = False

    @cached_property
    def by_docname(self) -> Mapping[str, Page[Any]]:
        """Every page by its name: of the APIs, then of the site."""
        found = [page for api in self.verified.catalogue.apis.values() for page in self.of_api(api)]
        return {page.docname: page for page in [*found, *self.of_site()]}

    def of_site(self) -> Iterator[Page[Any]]:
        """Yield the pages that are about all APIs."""
        return self._about(self.verified)

    def of_api(self, api: Api) -> Iterator[Page[Any]]:
        """Yield the pages of an API in reading order."""
        yield from self._about(api)
        for domain in api.domains:
            yield from self._about(domain)
            for reason in domain.reasons:
                yield from self._about(reason)

    def _about(self, subject: Subject) -> Iterator[Page[Any]]:
        for kind in kinds_about(subject):
            if self.whole_site or not kind.whole_site:
                docname = self.addresses.page(kind, subject)
                yield Page(kind, subject, docname, self.verified)
