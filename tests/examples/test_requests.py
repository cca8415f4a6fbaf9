"""Which requests belong to an operation."""

from __future__ import annotations

import pytest

from reasonbook.examples.requests import fits


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
def test_fits(operation: str, request_line: str, expected: bool) -> None:
    assert fits(request_line, [operation]) is expected
