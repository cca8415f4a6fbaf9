"""Where everything of the catalogue stands on the site. Published addresses never change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reasonbook.format.model import Reason
from reasonbook.render import page_kinds
from reasonbook.render.page_kinds import PageKind, Subject, address_names


@dataclass(frozen=True)
class Addresses:
    """Document names (addresses without suffix) of the generated pages, below a prefix."""

    prefix: str = ""

    def page(self, kind: PageKind[Any], subject: Subject) -> str:
        """The page of a kind about *subject*."""
        return self._named(kind, **address_names(subject))

    def _named(self, kind: PageKind[Any], **names: str) -> str:
        address = kind.address.format(**names)
        prefix = "" if address.startswith("/") else f"{self.prefix.strip('/')}/"
        return f"{prefix}{address}".lstrip("/")

    def changes(self) -> str:
        """The page of changes to all APIs."""
        return self._named(page_kinds.CHANGES)

    def overview(self, api: str) -> str:
        """The page of an API."""
        return self._named(page_kinds.OVERVIEW, api=api)

    def envelope(self, api: str) -> str:
        """The page of an API's envelope and statuses."""
        return self._named(page_kinds.ENVELOPE, api=api)

    def unknown(self, api: str) -> str:
        """What to do without a known reason."""
        return self._named(page_kinds.UNKNOWN, api=api)

    def endpoints(self, api: str) -> str:
        """The page that says which operation sends which reason."""
        return self._named(page_kinds.ENDPOINTS, api=api)

    def domain(self, api: str, domain: str) -> str:
        """The page of an error domain."""
        return self._named(page_kinds.DOMAIN, api=api, domain=domain)

    def reason(self, reason: Reason) -> str:
        """The page of a reason."""
        return self.page(page_kinds.REASON, reason)


@dataclass(frozen=True)
class SiteUrls:
    """Absolute addresses below *base*, which ends in a slash; *folders* where each page has one."""

    base: str
    addresses: Addresses
    folders: bool = False

    @classmethod
    def of(cls, base: str, addresses: Addresses, *, folders: bool = False) -> SiteUrls:
        """Return the addresses below *base*, with or without its last slash."""
        return cls(base.rstrip("/") + "/", addresses, folders)

    def markdown(self, docname: str) -> str:
        """The Markdown twin of a page."""
        return f"{self.base}{docname}.md"

    def html(self, docname: str) -> str:
        """The page itself."""
        if not self.folders:
            return f"{self.base}{docname}.html"
        folder = (
            docname.removesuffix("index") if f"/{docname}".endswith("/index") else f"{docname}/"
        )
        return self.base + folder

    def reason_json(self, reason: Reason) -> str:
        """A reason as JSON."""
        return f"{self.base}{self.addresses.reason(reason)}.json"

    def reason_pattern(self, api: str = "API") -> str:
        """The Markdown of any reason, with words in capitals in place of its names."""
        return f"{self.base}{self.folder(api)}reasons/REASON.md"

    def index(self, api: str = "") -> str:
        """The index for agents: of the site, or of one API."""
        return f"{self.base}{self.folder(api) if api else ''}llms.txt"

    def folder(self, api: str) -> str:
        """The folder of an API, with its slash."""
        return self.addresses.overview(api).removesuffix("index")


def reason_anchor(reason: Reason) -> str:
    """The fragment of a reason on the page of its domain: the reason itself where it can be."""
    return reason.slug


def status_anchor(status: str) -> str:
    """The fragment of a canonical status on the envelope page."""
    return status


def http_anchor(http: int) -> str:
    """The fragment of an HTTP status on the envelope page."""
    return f"http-{http}"


def endpoint_anchor(operation: str) -> str:
    """The fragment of an operation; ``GET /calls/{id}`` gives ``GET-/calls/:id``.

    Unlike a usual slug this keeps different paths apart, and needs no escape in an address.
    """
    method, _, path = operation.partition(" ")
    return method + "-" + re.sub(r"[{]([^}]*)[}]", r":\1", path)
