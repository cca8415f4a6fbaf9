"""Absolute addresses of the published site, and the fragments on its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reasonbook.format.model import Reason
from reasonbook.render.page_kinds import Addresses


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

    def json(self, docname: str) -> str:
        """What a page says, as JSON."""
        return f"{self.base}{docname}.json"

    def reason_json(self, reason: Reason) -> str:
        """A reason as JSON."""
        return self.json(self.addresses.reason(reason))

    def reason_pattern(self, api: str = "API") -> str:
        """The Markdown of any reason, with words in capitals in place of its names."""
        return f"{self.base}{self.folder(api)}reasons/REASON.md"

    def code_pattern(self) -> str:
        """The Markdown of any reason whose API is not known."""
        return f"{self.base}{self.addresses.code('REASON')}.md"

    def text(self, docname: str) -> str:
        """A list of links."""
        return f"{self.base}{docname}.txt"

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


def envelope_anchor(name: str) -> str:
    """The fragment of a further envelope on the envelope page."""
    return f"envelope-{name}"


def http_anchor(http: int) -> str:
    """The fragment of an HTTP status on the envelope page."""
    return f"http-{http}"


def class_anchor(name: str) -> str:
    """The fragment of a class of operations."""
    return f"class-{'-'.join(name.split())}"


def resource_anchor(resource: str) -> str:
    """The fragment of the operations of a resource, such as ``/calls``."""
    return f"resource-{endpoint_anchor(resource)}"


def endpoint_anchor(operation: str) -> str:
    """The fragment of an operation; ``GET /calls/{id}`` gives ``GET-/calls/:id``.

    Unlike a usual slug this keeps different paths apart, and needs no escape in an address.
    """
    return re.sub(r"[{]([^}]*)[}]", r":\1", "-".join(operation.split()))
