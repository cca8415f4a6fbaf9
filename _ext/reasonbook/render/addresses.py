"""Where everything of the catalogue stands on the site. Published addresses never change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reasonbook.format.model import Reason


@dataclass(frozen=True)
class Addresses:
    """Document names (addresses without suffix) of the generated pages, below a prefix."""

    prefix: str = ""

    def _join(self, *parts: str) -> str:
        return "/".join((*self.prefix.strip("/").split("/"), *parts)).lstrip("/")

    def changes(self) -> str:
        """The page of changes to all APIs."""
        return self._join("changes")

    def overview(self, api: str) -> str:
        """The page of an API."""
        return self._join(api, "index")

    def envelope(self, api: str) -> str:
        """The page of an API's envelope and statuses."""
        return self._join(api, "envelope")

    def unknown(self, api: str) -> str:
        """What to do without a known reason; for agents and programs only, without HTML."""
        return self._join(api, "unknown")

    def endpoints(self, api: str) -> str:
        """The page that says which operation sends which reason."""
        return self._join(api, "endpoints")

    def domain(self, api: str, domain: str) -> str:
        """The page of an error domain."""
        return self._join(api, domain)

    def reason(self, reason: Reason) -> str:
        """The page of a reason: its permanent identity."""
        return self._join(reason.api, "reasons", reason.slug)


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
