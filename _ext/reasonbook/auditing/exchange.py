"""A recorded exchange: one request and the answer of an API, whatever recorded it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reasonbook.diagnostics.location import Location


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as far as the recording shows them.

    Nothing of it is ever printed as it is: url, headers and body may hold secrets.
    """

    at: Location
    method: str  # in capitals; empty where it is not shown
    url: str  # with scheme and host, or a path; empty where it is not shown
    http: int
    headers: Mapping[str, str] | None  # None where the recording shows none
    body: str | None  # None where the recording does not show it
    day: date | None = None  # in UTC
    #: Headers that were there, in small letters, whose values were not recorded.
    valueless: frozenset[str] = frozenset()
