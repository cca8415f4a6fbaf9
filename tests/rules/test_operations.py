"""The form of requests, and which belong to an operation."""

from __future__ import annotations

import pytest

from reasonbook.format.operations import REQUEST_LINE
from reasonbook.rules.operations import is_request_of


@pytest.mark.parametrize(
    ("operation", "request_line", "expected"),
    [
        ("GET /orders/{id}", "GET /orders/17", True),
        ("GET /orders/{id}", "GET /orders/17?full=1", True),
        ("GET /orders/{id}", "GET /orders/17/lines", False),
        ("GET /orders/{id}", "DELETE /orders/17", False),
        ("GET /files/{path+}", "GET /files/a/b.md", True),
        ("GET /files/{*path}", "GET /files/a/b.md", True),
        ("POST /v1/{name=projects/*}:cancel", "POST /v1/projects/x:cancel", True),
        ("POST /v1/{name}:cancel", "POST /v1/x:start", False),
    ],
)
def test_is_request_of(operation: str, request_line: str, expected: bool) -> None:
    assert is_request_of(request_line, [operation]) is expected


@pytest.mark.parametrize(
    "line",
    ["GET /", "POST /calls", "DELETE /calls/{id}/recordings", "GET /calls?page=2&size=10"],
)
def test_request_lines(line: str) -> None:
    assert REQUEST_LINE.fullmatch(line)


@pytest.mark.parametrize(
    "line",
    ["", "GET", "GET calls", "get /calls", "GET  /calls", "GET /calls HTTP/1.1", "GET /calls#top"],
)
def test_what_is_no_request_line(line: str) -> None:
    assert not REQUEST_LINE.fullmatch(line)
