"""Codes that schemas and ``x-`` keys of a document list, each with what is known of it there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasonbook.importing.columns import choose, read_row
from reasonbook.importing.found import Found, FoundReason
from reasonbook.importing.openapi.files import Bundle
from reasonbook.importing.openapi.responses import Response
from reasonbook.importing.openapi.schemas import EnumCode, enum_codes, extension_rows
from reasonbook.text import json_pointer as pointer


class Listed(NamedTuple):
    """A code in a list of one, and the response that the list is of."""

    enum: EnumCode
    response: Response
    #: Whether no response with another HTTP status has the same list, which then tells its status.
    is_own: bool


class Extended(NamedTuple):
    """A code that an ``x-`` key lists, and its pointer."""

    reason: FoundReason
    where: str


def listed_codes(bundle: Bundle, responses: Sequence[Response], place: str) -> list[Listed]:
    """Return the codes that the schemas of responses list for the value at a place of the body."""
    found = [
        (enum, response)
        for response in responses
        for schema in response.schemas
        for enum in enum_codes(bundle, schema, place)
    ]
    owners: dict[str, set[tuple[int | None, str]]] = {}
    for enum, response in found:
        key = (response.status, "" if response.status else response.where)
        owners.setdefault(enum.where, set()).add(key)
    return [Listed(enum, response, len(owners[enum.where]) == 1) for enum, response in found]


def extended_codes(bundle: Bundle, found: Found, where: str) -> Iterator[Extended]:
    """Yield the codes that keys such as ``x-error-codes`` of an object list."""
    holder = bundle.get(where)
    for key in holder if isinstance(holder, dict) else ():
        if key.startswith("x-") and "error" in key.lower():
            for code_where, row in extension_rows(bundle, pointer.join(where, key)):
                columns = choose([*row.values], {}, row.at)
                if "code" in columns.values() and (reason := read_row(row, columns, found)):
                    yield Extended(reason, code_where)
