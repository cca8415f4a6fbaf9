"""Which operation of an API a request is, and what it may answer with."""

from __future__ import annotations

from reasonbook.diagnostics.suggestions import did_you_mean
from reasonbook.format.model import Api, Reason
from reasonbook.mock.replies import NotDocumentedError, listed
from reasonbook.render.facts.routes import Routes

#: Of the operations that a message names.
_SHOWN = 3


class Operations:
    """The operations of an API; none where they are not known, or are not requests."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._routes = Routes(api)
        self.find = self._routes.find

    def check_listed(self, method: str, path: str) -> None:
        """Refuse a request that is not a known operation, where all are listed."""
        known = self._api.listed_operations
        if known is not None and self._api.operation_kind == "http":
            hint = did_you_mean(known.nearest(f"{method} {path}"))
            raise NotDocumentedError(
                f"{method} {path} is not an operation of {self._api.title}. {hint}".rstrip()
            )

    def check_sends(self, operation: str | None, reason: Reason) -> None:
        """Refuse a reason that an operation is not known to send, where others are."""
        senders = self._api.senders(reason)
        if not self._routes.are_known or not senders:
            return
        if operation is None or not self._routes.sends(operation, reason):
            raise NotDocumentedError(
                f"{operation or 'This request'} is not known to send {reason.name}; these do: "
                f"{listed(senders, _SHOWN)}."
            )
