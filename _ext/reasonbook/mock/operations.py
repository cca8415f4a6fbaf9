"""Which operation of an API a request is, and what it may answer with."""

from __future__ import annotations

import re

from reasonbook.diagnostics.suggestions import did_you_mean
from reasonbook.format.model import Api, Reason
from reasonbook.format.operations import OPERATION, PARAMETER
from reasonbook.mock.replies import NotDocumentedError, listed
from reasonbook.render.facts.operations import reasons_by_operation

#: Of the operations that a message names.
_SHOWN = 3


class Template:
    """An operation as a pattern of requests."""

    def __init__(self, operation: str) -> None:
        self.method, _, path = operation.partition(" ")
        self.fixed = len(PARAMETER.sub("", path))  # characters that are not parameters
        literals = map(re.escape, PARAMETER.split(path))
        self._pattern = re.compile("[^/]+".join(literals))

    def fits(self, method: str, path: str) -> bool:
        """Tell whether a request with that path, as it is sent, is of this operation."""
        return method == self.method and self._pattern.fullmatch(path) is not None


class Operations:
    """The operations of an API; none where they are not known, or are not requests."""

    def __init__(self, api: Api) -> None:
        self._api = api
        is_http = api.operation_kind == "http"
        sent = reasons_by_operation(api) if is_http else {}
        self._sent = {name: {reason.name for reason in reasons} for name, reasons in sent.items()}
        known = {name: Template(name) for name in self._sent if OPERATION.fullmatch(name)}
        # Of several that fit, the one with more text of its own is meant: /calls/active.
        self._templates = sorted(known.items(), key=lambda item: -item[1].fixed)

    def find(self, method: str, path: str) -> str | None:
        """Return the operation that a request is, if it is a known one."""
        fitting = (name for name, template in self._templates if template.fits(method, path))
        return next(fitting, None)

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
        if not self._sent or not senders:
            return
        if operation is None or reason.name not in self._sent[operation]:
            raise NotDocumentedError(
                f"{operation or 'This request'} is not known to send {reason.name}; these do: "
                f"{listed(senders, _SHOWN)}."
            )
