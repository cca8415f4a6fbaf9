"""What to do without a known reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reasonbook.core.model import Api, HttpStatus
from reasonbook.render.http_fallback import HTTP_FALLBACK
from reasonbook.render.parts import estimate_tokens
from reasonbook.render.site_urls import SiteUrls
from reasonbook.render.unknown import MOST_TOKENS, unknown_json, unknown_page

NO_STATUSES = """\
> Index: https://errors.example.com/shop/llms.txt

# The shop API: reason missing or unknown

Retry by HTTP status:

Any other, derived from HTTP (RFC 9110), not from this API:

- 408, 425, 429, 5xx: after-delay, if safe to repeat; wait `Retry-After` header, else 1 s × 2 each \
time
- other 4xx: never unchanged; actor caller
- 3xx: go to `Location`

Meanings: https://errors.example.com/shop/envelope.md
"""
ONE = {"actor": "caller", "retry": "after-delay"}


def listed(api: Api, decisions: dict[int, dict[str, object]]) -> Api:
    """The API with these decisions."""
    (reason,) = api.reasons.values()
    http = {
        code: HttpStatus(
            source=reason.source,
            code=code,
            title="Some",
            meaning="Something.",
            fixes=(),
            remedy=replace(reason.remedy, **{"wait": (), "basis": None, **said}),
        )
        for code, said in decisions.items()
    }
    return replace(api, http=http)


def test_an_api_without_statuses(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    assert unknown_page(api_with(), urls) == NO_STATUSES


def test_statuses_with_one_decision_stand_together(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    never = {"actor": "nobody", "retry": "never"}
    page = unknown_page(listed(api_with(), {400: ONE, 418: never, 404: ONE}), urls)
    assert "\n\n- 400, 404: after-delay; actor caller\n- 418: never; actor nobody\n\n" in page


@pytest.mark.parametrize("same", [True, False])
def test_very_many_statuses_do_not_break_the_budget(
    api_with: Callable[..., Api], urls: SiteUrls, same: bool
) -> None:
    keys = ["same", "new", None]
    decisions = {
        code: ONE if same else {**ONE, "basis": str(code), "idempotency_key": keys[code % 3]}
        for code in range(400, 600)
    }
    page = unknown_page(listed(api_with(), decisions), urls)
    assert estimate_tokens(page) <= MOST_TOKENS + 40
    assert "- more: https://errors.example.com/shop/envelope.md, which goes before" in page
    assert "RFC 9110" in page


def test_the_data_holds_both_kinds_of_decision(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    data = unknown_json(listed(api_with(), {404: ONE}), urls)
    assert [status["http"] for status in data["http"]] == [404]
    assert data["http_fallback"] == HTTP_FALLBACK
