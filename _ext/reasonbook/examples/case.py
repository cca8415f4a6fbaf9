"""An error body, and all that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from reasonbook.diagnostics.location import Location
from reasonbook.examples.display import SHOW_ALL, Display
from reasonbook.format.model import Api, Envelope, Reason
from reasonbook.format.reasons import Origin
from reasonbook.schema.compile import CheckedSchema
from reasonbook.schema.undescribed import Undescribed
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_text import JsonText


@dataclass(frozen=True, kw_only=True)
class Case:
    """An error body with what it is compared with."""

    api: Api
    shape: Envelope
    reason: Reason | None  # None where the body names none that is known
    envelope: CheckedSchema
    details: CheckedSchema | None
    body: JsonText
    text: str  # that the body was parsed from
    headers: Mapping[str, str] | None = None  # None where the place shows no headers
    valueless: frozenset[str] = frozenset()  # headers that were there, in small letters
    request: str | None = None
    body_at: Callable[[int, int], Location]
    record_at: Callable[..., Location]
    any_reason_found: Callable[[], bool]  # whether any example has something at envelope.reason
    http: int | Literal["none"] | None = None  # that the example names, where it names one
    origin: Origin | None = None
    is_example: bool = True  # else what an API really sent
    display: Display = SHOW_ALL

    @property
    def http_codes(self) -> tuple[int, ...]:
        """The HTTP statuses that the example may show."""
        if isinstance(self.http, int):
            return (self.http,)
        return self.reason.http_codes if self.reason and self.http is None else ()

    @property
    def value(self) -> Any:
        """The body as data."""
        return self.body.value

    @cached_property
    def undescribed(self) -> tuple[Undescribed, ...]:
        """The members that neither the envelope's schema nor the reason's details describe."""
        where = self.shape.details
        found = [*self.envelope.undescribed(self.value, where)]
        if where is not None and self.details is not None:
            value = pointer.resolve(self.value, where)
            found += [
                member._replace(pointer=where + member.pointer)
                for member in self.details.undescribed(value)
            ]
        return tuple(found)

    def at(self, where: str) -> Location:
        """Return the place in the file of the value at a JSON Pointer of the body."""
        return self.body_at(*self.body.position(where))

    def name_at(self, where: str) -> Location:
        """Return the place of the name of the member at a JSON Pointer of the body."""
        return self.body_at(*self.body.name_position(where))
