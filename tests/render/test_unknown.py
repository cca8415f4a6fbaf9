"""What to do without a known reason."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reasonbook import limits
from reasonbook.format.model import Api, HttpStatus, SecondsWait
from reasonbook.render import wording
from reasonbook.render.http_fallback import FALLBACKS, fallback_json
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.unknown import unknown_json, unknown_page
from reasonbook.render.urls import SiteUrls

NO_STATUSES = """\
> Index: https://errors.example.com/shop/llms.txt

# The shop API: reason missing or unknown

Retry by HTTP status, derived from HTTP itself, not from this API:

- 408, 425, 429, 5xx: after-delay, if safe to repeat; wait `Retry-After` header, else 1 s × 2 each \
time; actor client or platform
- other 4xx: after-fix; actor client
"""
ONE = {"actor": "client", "retry": "after-delay"}


def listed(api: Api, decisions: dict[int, dict[str, object]]) -> Api:
    """The API with these decisions."""
    (reason,) = api.reasons.values()
    http = {}
    for code, said in decisions.items():
        remedy = reason.remedy.model_copy(update={"wait": (), "basis": None, **said})
        status = HttpStatus(title="Some", meaning="Something.", remedy=remedy)
        status.link(key=str(code))
        http[str(code)] = status
    return api.model_copy(update={"own_http": http})


def test_an_api_without_statuses(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    assert unknown_page(api_with(), urls) == NO_STATUSES


def test_statuses_with_one_decision_stand_together(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    never = {"actor": "nobody", "retry": "never"}
    page = unknown_page(listed(api_with(), {400: ONE, 418: never, 404: ONE}), urls)
    assert (
        "\n\nRetry by HTTP status:\n\n"
        "- 400, 404: after-delay; actor client\n- 418: never; actor nobody\n\n"
        "Any other, derived from HTTP itself, not from this API:\n\n- 408, "
    ) in page
    assert page.endswith("\n\nMeanings: https://errors.example.com/shop/envelope.md\n")


@pytest.mark.parametrize("same", [True, False])
def test_very_many_statuses_do_not_break_the_budget(
    api_with: Callable[..., Api], urls: SiteUrls, same: bool
) -> None:
    api = api_with()
    decisions = {
        code: ONE if same else {**ONE, "wait": (SecondsWait(seconds=code),)}
        for code in range(400, 600)
    }
    page = unknown_page(listed(api, decisions), urls)
    assert estimate_tokens(page) <= limits.FALLBACK_TOKENS + 40
    assert "- more: https://errors.example.com/shop/envelope.md, which goes before" in page
    assert "derived from HTTP itself" in page


def test_the_data_holds_both_kinds_of_decision(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    data = unknown_json(listed(api_with(), {404: ONE}), urls)
    assert [status["http"] for status in data["http"]] == [404]
    assert data["http_fallback"] == fallback_json()


def test_people_are_told_of_the_same_statuses() -> None:
    said = {*re.findall(r"\b\d(?:\d\d|xx)\b", wording.HTTP_FALLBACK)}
    codes = [[*map(str, f.http)] if isinstance(f.http, tuple) else [f.http] for f in FALLBACKS]
    assert said == {code for some in codes for code in some}
