"""Which operation of an API a request is, and what that is known to send."""

from __future__ import annotations

import re

from reasonbook.format.model import Api, Reason
from reasonbook.format.operations import OPERATION, PARAMETER
from reasonbook.render.facts.operations import reasons_by_operation


class Template:
    """An operation as a pattern of requests."""

    def __init__(self, operation: str) -> None:
        self.method, _, path = operation.partition(" ")
        own = PARAMETER.sub("", path)
        self.steps = own.count("/")
        self.fixed = len(own)  # characters that are not parameters
        literals = map(re.escape, PARAMETER.split(path))
        self._pattern = re.compile("[^/]+".join(literals))

    def fits(self, method: str, path: str) -> bool:
        """Tell whether a request with that path, as it is sent, is of this operation."""
        return method == self.method and self._pattern.fullmatch(path) is not None


class Routes:
    """The operations of an API; none where they are not known, or are not requests."""

    def __init__(self, api: Api) -> None:
        is_http = api.operation_kind == "http"
        sent = reasons_by_operation(api) if is_http else {}
        self._sent = {name: {reason.name for reason in reasons} for name, reasons in sent.items()}
        known = {name: Template(name) for name in self._sent if OPERATION.fullmatch(name)}
        # Of several that fit, the one with more text of its own is meant: /calls/active.
        self._by_shape: dict[tuple[str, int], list[tuple[str, Template]]] = {}
        for name, template in sorted(known.items(), key=lambda item: -item[1].fixed):
            shape = template.method, template.steps
            self._by_shape.setdefault(shape, []).append((name, template))

    @property
    def are_known(self) -> bool:
        """Whether any operation is."""
        return bool(self._sent)

    def find(self, method: str, path: str) -> str | None:
        """Return the operation that a request is, if it is a known one."""
        alike = self._by_shape.get((method, path.count("/")), ())
        return next((name for name, template in alike if template.fits(method, path)), None)

    def sends(self, operation: str, reason: Reason) -> bool:
        """Tell whether an operation is known to send a reason."""
        return reason.name in self._sent[operation]
