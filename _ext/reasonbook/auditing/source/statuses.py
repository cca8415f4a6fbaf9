"""A status as source code writes it: a number, or the name of a constant or of a constructor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple

from reasonbook.format.model import Api, Reason

_NUMBER = re.compile(r"(?:^|_)([1-5][0-9][0-9])(?:_|$)")
_STEPS = re.compile(r"\.|::|->")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# What stands before or after the name of a status in constants and constructors.
_AROUND = re.compile(r"^(?:NEW|ERR|CODE|STATUS|HTTP_STATUS|HTTP|SC)_|_(?:ERROR|EXCEPTION|STATUS)$")


class SentStatus(NamedTuple):
    """What a status in source code means, as far as that is known."""

    canonical: str | None
    http: int | None

    def __str__(self) -> str:
        return self.canonical or f"HTTP {self.http}"

    def is_documented(self, reason: Reason) -> bool:
        """Tell whether a reason has this status, or none that is known."""
        if self.canonical and reason.status:
            return self.canonical == reason.status
        return self.http is None or not reason.http_codes or self.http in reason.http_codes


def read_status(written: str, api: Api) -> SentStatus | None:
    """Return what a status means for an API; None where that is not known."""
    for name in _names(written):
        if name in api.statuses:
            return SentStatus(name, api.statuses[name].http)
        if number := _NUMBER.search(name):
            return SentStatus(None, int(number[1]))
        if name in HTTPStatus.__members__:
            return SentStatus(None, HTTPStatus[name].value)
    return None


def _names(written: str) -> Iterator[str]:
    """Yield the name of a status as written, then without what stands around it."""
    last = _STEPS.split(written.strip())[-1]
    yield last
    name = _CAPITAL.sub("_", last).upper()
    yield name
    while (shorter := _AROUND.sub("", name, count=1)) != name:
        name = shorter
        yield name
