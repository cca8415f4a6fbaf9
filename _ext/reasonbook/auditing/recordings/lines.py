"""JSON Lines: one exchange a line, as our recorders write them, and as access logs have them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.auditing.exchange import Exchange
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings.fields import (
    body_of,
    day_of,
    headers_of,
    status_of,
    valueless_headers,
)
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.rules import Rule

#: The names that programs have for each part; the first that is there counts.
_STATUS = (
    *("status", "status_code", "statusCode", "http_status", "httpStatus", "response_status"),
    *("response_code", "responseStatus", "code"),
)
_METHOD = ("method", "request_method", "requestMethod", "http_method", "verb")
_URL = ("url", "uri", "request_url", "requestUrl", "request_uri", "path", "request_path", "target")
_HOST = ("host", "http_host", "request_host", "server_name", "authority")
_HEADERS = ("response_headers", "responseHeaders", "resp_headers", "headers")
_BODY = ("response_body", "responseBody", "resp_body", "body", "content")
_TIME = (
    *("time", "timestamp", "@timestamp", "ts", "time_iso8601", "datetime", "date"),
    *("recorded_at", "startedDateTime"),
)


def read_lines(path: Path, findings: Findings) -> Iterator[Exchange]:
    """Yield the exchanges of a file line by line, so that it may have any size."""
    shown = display_path(path)
    number = 0
    with path.open("rb") as file:
        while line := file.readline(limits.RECORDED_LINE_BYTES):
            number += 1
            at = Location(shown, number)
            if not line.endswith(b"\n") and len(line) == limits.RECORDED_LINE_BYTES:
                message = f"The line has more than {limits.RECORDED_LINE_BYTES:,} bytes"
                findings.add(Rule.TOO_LARGE, at, message, "Record less of the body.")
                while line and not line.endswith(b"\n"):
                    line = file.readline(limits.RECORDED_LINE_BYTES)
                continue
            line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                data = json.loads(line.decode())
            except (ValueError, RecursionError):  # whose messages may quote the line
                findings.add(Rule.RECORDING_SYNTAX, at, "The line is not valid JSON")
                continue
            try:
                yield read_object(data, at)
            except ValueError:
                findings.note(at, "The line is not an exchange: it has no HTTP status")


def read_object(data: Any, at: Location) -> Exchange:
    """Read an exchange by its usual names; ValueError where it has no HTTP status."""
    if not isinstance(data, dict):
        raise ValueError
    request = _inside(data, "request", "req", "http_request", "httpRequest")
    response = _inside(data, "response", "res", "resp", "http_response")
    http = status_of(_first(_STATUS, response, data))
    if http is None and isinstance(status := _first(_STATUS, response), Mapping):
        http = status_of(status.get("code"))
    if http is None:
        raise ValueError
    method, url = _request(data, request)
    headers = _first(_HEADERS, response) if response else _first(_HEADERS, data)
    return Exchange(
        at,
        method.upper(),
        url,
        http,
        headers_of(headers),
        body_of(_first(_BODY, response, data)),
        day_of(_first(_TIME, data)),
        valueless_headers(headers),
    )


def _inside(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    found = _first(names, data)
    return found if isinstance(found, dict) else {}


def _first(names: tuple[str, ...], *places: Mapping[str, Any]) -> Any:
    for place in places:
        for name in names:
            if name in place:
                return place[name]
    return None


def _request(data: Mapping[str, Any], request: Mapping[str, Any]) -> tuple[str, str]:
    """Return method and address; servers may log the line ``GET /path HTTP/1.1``."""
    method, url = _first(_METHOD, request, data), _first(_URL, request, data)
    line = data.get("request")
    if isinstance(line, str) and line.count(" ") in (1, 2) and not (method and url):
        method, url, *_ = line.split(" ")
    host = _first(_HOST, request, data)
    if isinstance(url, str) and url.startswith("/") and isinstance(host, str):
        url = f"//{host}{url}"
    return method if isinstance(method, str) else "", url if isinstance(url, str) else ""
