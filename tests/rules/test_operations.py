"""The form of requests, and which belong to an operation."""

from __future__ import annotations

from typing import Any

import pytest

from reasonbook.format.operations import REQUEST_LINE, OperationPattern, Operations
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
        ("GET /orders/{id}", "GET /orders/", False),
        ("GET /orders", "GET /orders/", False),
        ("GET /{a}/{b}", "GET /1/2", True),
        ("GET /orders/{a}-{b}", "GET /orders/1-2", True),
    ],
)
def test_is_request_of(operation: str, request_line: str, expected: bool) -> None:
    assert is_request_of(request_line, [operation]) is expected
    others = [f"PUT /others/{number}" for number in range(100)]
    assert is_request_of(request_line, [*others, operation]) is expected


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


LISTED = Operations(
    operations={
        "GET /orders": [401],
        "POST /orders": [401, 409],
        "DELETE /orders/{id}": [401, 404, 409],
        "POST /auth/reset": [400],
    },
    extra={"POST /auth/login": "The guide names it."},
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, LISTED.every),
        ({"methods": ["GET", "DELETE"]}, ("GET /orders", "DELETE /orders/{id}")),
        ({"path": "*/{id}*"}, ("DELETE /orders/{id}",)),
        ({"path": "/orders"}, ("GET /orders", "POST /orders")),
        ({"except_path": "/orders*"}, ("POST /auth/reset", "POST /auth/login")),
        ({"http": [400, 404]}, ("DELETE /orders/{id}", "POST /auth/reset")),
        ({"methods": ["POST"], "http": [409]}, ("POST /orders",)),
        ({"path": "/orders", "except_path": "/orders"}, ()),
    ],
)
def test_the_operations_of_a_class(said: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert LISTED.of_class(OperationPattern(**said)) == expected
