"""What to do without a known reason."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reasonbook import limits
from reasonbook.format.model import Api, HttpStatus, Outside, Remedy, SecondsWait
from reasonbook.render import wording
from reasonbook.render.http_fallback import FALLBACKS, fallback_json
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.unknown import unknown_json, unknown_page
from reasonbook.render.urls import SiteUrls

NO_STATUSES = """\
> Index: https://errors.example.com/shop/llms.txt

# The shop API: reason missing or unknown

shop: reason in `reason`; unofficial.

Decide on the HTTP status, also where the body is empty or a gateway's page. Wait at least as long \
as `Retry-After` says. Repeat what changes something only with the same idempotency key, if the \
API has such; else look first whether it took effect.

By the status, derived from HTTP itself, not from this API:

- 408, 425, 429, 5xx, no answer: Retry: after a wait; repeat: idempotent requests only; wait: \
`Retry-After` header, else 1 s, then doubled

Retry: only after the fix below; who: client
- other 4xx: Change the request, the account or the credentials.
- 3xx: Check base URL and path; take no credentials to another host.
"""
ONE = {"actor": "client", "retry": "after-delay"}


def listed(api: Api, decisions: dict[int, dict[str, object]], fixes: tuple[str, ...] = ()) -> Api:
    """The API with these decisions."""
    (reason,) = api.reasons.values()
    http = {}
    for code, said in decisions.items():
        remedy = reason.remedy.model_copy(update={"wait": (), "basis": None, **said})
        status = HttpStatus(title="Some", meaning="Something.", fixes=fixes, remedy=remedy)
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
        "took effect.\n\n"
        "- 400, 404: Retry: after a wait; who: client\n- 418: Retry: never; who: nobody\n\n"
        "Any other, derived from HTTP itself, not from this API:\n\n- 408, "
    ) in page


def test_a_status_with_a_fix_says_it(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    fix = {"actor": "client", "retry": "after-fix"}
    api = listed(api_with(), {400: fix, 404: fix}, fixes=("Read `it`.", "Change it."))
    page = unknown_page(api, urls)
    assert (
        "\n\nRetry: only after the fix below; who: client\n"
        "- 400: Read `it`. Change it.\n- 404: Read `it`. Change it.\n\n"
    ) in page


def test_where_there_is_little_room_each_fix_is_its_first_step(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    fix = {"actor": "client", "retry": "after-fix"}
    steps = ("Read it.", "Change all of it, and whatever else there is. " * 3)
    page = unknown_page(listed(api_with(), dict.fromkeys(range(400, 420), fix), fixes=steps), urls)
    assert "\n- 404: Read it.\n" in page
    assert "Change all" not in page


def test_answers_in_no_envelope_are_told_with_what_to_do(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    said = {"http": 302, "media_type": "none", "cause": ("A login.",), "fix": ("Log in.",)}
    remedy = Remedy(actor="end-user", retry="after-fix")
    raised = tuple(f"GET /{n}" for n in "abc")
    answer = Outside(name="login", remedy=remedy, raised_by=raised, **said)
    page = unknown_page(api_with().model_copy(update={"outside": (answer,)}), urls)
    assert (
        "\n\nNot in the form of an error body:\n\n"
        "- login (302, no body, from `GET /a` and 2 more): A login. "
        "Retry: only after the fix below; who: end-user. Log in.\n\n"
        "By the status, derived from HTTP itself"
    ) in page


@pytest.mark.parametrize("same", [True, False])
def test_very_many_statuses_do_not_break_the_budget(
    api_with: Callable[..., Api], urls: SiteUrls, same: bool
) -> None:
    api = api_with()
    decisions = {
        code: ONE if same else {**ONE, "wait": (SecondsWait(seconds=code),)}
        for code in range(200, 600)
    }
    page = unknown_page(listed(api, decisions), urls)
    assert estimate_tokens(page) <= limits.FALLBACK_TOKENS
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
    assert "no answer" in wording.HTTP_FALLBACK
    said.add("none")
    codes = [[*map(str, f.http)] if isinstance(f.http, tuple) else [f.http] for f in FALLBACKS]
    assert said == {code for some in codes for code in some}
