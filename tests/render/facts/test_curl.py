"""The command that sends the request of an example."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reasonbook.format.model import Api
from reasonbook.render.facts.exchange import curl_command


@pytest.mark.parametrize(
    ("request_line", "base", "command"),
    [
        ("GET /calls/1", "https://a.example/v1/", "curl -i https://a.example/v1/calls/1"),
        ("GET /v1/calls", "https://a.example/v1", "curl -i https://a.example/v1/calls"),
        ("GET /calls?a=1&b=2", None, "curl -i 'BASE_URL/calls?a=1&b=2'"),
        ("POST /calls", "https://a.example", "curl -i -X POST https://a.example/calls"),
        ("HEAD /calls", "https://a.example", "curl -i -I https://a.example/calls"),
        (
            "DELETE /calls/{id}",
            "https://a.example",
            "curl -i -X DELETE --globoff 'https://a.example/calls/{id}'",
        ),
        ("GET /it's", "https://a.example", "curl -i 'https://a.example/it'\"'\"'s'"),
        ("createCall", "https://a.example", ""),
    ],
)
def test_a_request_as_a_command(
    api_with: Callable[..., Api], request_line: str, base: str | None, command: str
) -> None:
    api = api_with().model_copy(update={"base_url": base})
    assert curl_command(request_line, api) == command


def test_what_is_not_http_has_none(api_with: Callable[..., Api]) -> None:
    api = api_with().model_copy(update={"operation_kind": "named"})
    assert curl_command("mutation createCall", api) == ""
