"""HAR: what browsers, proxies and test tools record; each entry is a request and its answer."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HarEntry:
    """One request and its answer, as far as the file shows them."""

    status: int | None  # None where no answer came
    method: str
    url: str
    headers: Mapping[str, str] | None  # of the answer; None where none are shown
    body: str | None  # of the answer; None where there is one that is not shown
    started: str


def har_entries(data: Any) -> list[Any] | None:
    """Return the entries of a HAR file as they stand; None where it is not one."""
    log = data.get("log") if isinstance(data, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    return entries if isinstance(entries, list) else None


def read_har_entry(entry: Any) -> HarEntry | None:
    """Read an entry; None where it holds no answer with a status."""
    response = entry.get("response") if isinstance(entry, dict) else None
    if not isinstance(response, dict) or type(response.get("status")) not in (int, float):
        return None
    request = entry.get("request")
    request = request if isinstance(request, dict) else {}
    content = response.get("content")
    return HarEntry(
        status=http_status(response["status"]),  # 0 where no answer came
        method=_text(request.get("method")),
        url=_text(request.get("url")),
        headers=_headers(response.get("headers")) or None,
        body=_content(content) if isinstance(content, dict) else "",
        started=_text(entry.get("startedDateTime")),
    )


def http_status(value: Any) -> int | None:
    """Return a number that may be an HTTP status; ``404.0`` is one in JSON, and ``true`` none."""
    is_number = type(value) in (int, float)
    return int(value) if is_number and value in range(100, 600) else None


def decode_base64(digits: str) -> bytes | None:
    """Return what base64 holds, also without its padding; None where it is not base64."""
    digits = re.sub(r"[\s=]", "", digits)
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except ValueError:
        return None


def _headers(listed: Any) -> dict[str, str]:
    return {
        each["name"]: each["value"]
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict)
        and isinstance(each.get("name"), str)
        and isinstance(each.get("value"), str)
    }


def _content(content: dict[str, Any]) -> str | None:
    """Return the body of an entry; a browser may have written it in base64."""
    text = content.get("text")
    if not isinstance(text, str):
        size = content.get("size")
        return None if isinstance(size, int) and size > 0 else ""
    if content.get("encoding") != "base64":
        return text
    data = decode_base64(text)
    return None if data is None else data.decode("utf-8-sig", errors="replace")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
