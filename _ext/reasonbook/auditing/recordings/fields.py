"""Values as recorders write them: days, statuses, headers, bodies."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from reasonbook import limits
from reasonbook.text.har import http_status

_MILLISECONDS = 100_000_000_000  # as seconds since 1970 this is the year 5138


def day_of(value: Any) -> date | None:
    """Return the day, in UTC, of a time in ISO 8601, or in seconds or milliseconds since 1970."""
    if isinstance(value, str):
        # All times of a day are alike where they are in UTC.
        return _day_in_utc(value[:10]) if value[19:].endswith("Z") else _day(value)
    if isinstance(value, datetime):
        try:
            return (value.astimezone(UTC) if value.tzinfo else value).date()
        except OverflowError:  # before the year 1 in UTC
            return None
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = value / 1000 if value >= _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


@functools.lru_cache(maxsize=1024)
def _day_in_utc(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return day_of(read(text))
        except (ValueError, OverflowError):
            continue
    return None


def status_of(value: Any) -> int | None:
    """Return an HTTP status, which some recorders write as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:4])
    return http_status(value)


def headers_of(value: Any) -> dict[str, str] | None:
    """Return headers by name, each with a text or a list of texts; None where none are shown."""
    if not isinstance(value, Mapping):
        return None
    return {
        str(name): ", ".join(map(str, held)) if isinstance(held, list) else str(held)
        for name, held in value.items()
        if held is not None
    }


def valueless_headers(value: Any) -> frozenset[str]:
    """Return the headers that are there with null in place of their values."""
    held = value.items() if isinstance(value, Mapping) else ()
    return frozenset(str(name).lower() for name, text in held if text is None)


def body_of(value: Any) -> str | None:
    """Return a body as text; a JSON value was parsed by whoever recorded it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return _decoded(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return None


def _decoded(data: bytes) -> str | None:
    """Return bytes as text, unpacked where they are compressed; None where they are no text."""
    try:
        if data[:2] == b"\x1f\x8b":
            unpacking = zlib.decompressobj(47)
            data = unpacking.decompress(data, 4 * limits.JSON_CHARACTERS)
            if not unpacking.eof:  # cut off, or more than anybody reads
                return None
        return data.decode("utf-8-sig")
    except (zlib.error, UnicodeDecodeError):
        return None
