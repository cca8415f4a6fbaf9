"""What a remedy says to people; what it says to agents is a test of its Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.format.prose import Code, Reference
from reasonbook.render.facts.remedy import remedy, unknown_of


def said(api: Api) -> dict[str, list[str]]:
    (reason,) = api.reasons.values()
    assert reason.remedy
    (facts,) = remedy(reason.remedy, api)
    return {fact.name: [prose.text_of(line) for line in fact.lines] for fact in facts.facts}


def test_who_can_fix_it_and_whether_to_retry_come_first(api_with: Callable[..., Api]) -> None:
    api = api_with(remedy={"actor": "client", "retry": "after-fix"})
    assert said(api) == {
        "Who can fix it": ["client – the program that calls the API"],
        "Retry": ["after-fix – send it again once the cause is fixed"],
    }


@pytest.mark.parametrize(
    ("wait", "lines"),
    [
        ([{"header": "Retry-After"}], ["the Retry-After header, in seconds or as a date"]),
        (
            [{"pointer": "/reason", "unit": "ms"}],
            ["the value at /reason in the body, in milliseconds"],
        ),
        ([{"backoff": {"first": 0.5, "factor": 2}}], ["0.5 s, then doubled"]),
        (
            [{"backoff": {"first": 1, "factor": 2, "max": 60, "tries": 5}}],
            ["1 s, then doubled, at most 60 s, 5 tries"],
        ),
        ([{"backoff": {"first": 1, "factor": 1.5}}], ["1 s, then each time 1.5 × as long"]),
        (
            [{"header": "X-RateLimit-Reset", "unit": "epoch"}],
            ["the X-RateLimit-Reset header, in seconds since 1970"],
        ),
        (
            [{"pointer": "/reason", "unit": "duration"}],
            ["the value at /reason in the body, as a duration such as 30s"],
        ),
        ([{"seconds": 30}], ["30 s"]),
        (
            [{"header": "Retry-After"}, {"seconds": 30}],
            ["the Retry-After header, in seconds or as a date", "else 30 s"],
        ),
    ],
    ids=[
        *("header", "pointer", "backoff", "bounded", "by another factor", "epoch", "duration"),
        *("seconds", "several"),
    ],
)
def test_waits(api_with: Callable[..., Api], wait: list[dict[str, Any]], lines: list[str]) -> None:
    api = api_with(remedy={"actor": "client", "retry": "after-delay", "wait": wait})
    assert said(api)["Wait"] == lines


def test_next_steps(api_with: Callable[..., Api]) -> None:
    steps = [{"request": "GET /orders"}, {"pointer": "/reason"}]
    api = api_with(remedy={"actor": "client", "retry": "after-fix", "next": steps})
    assert said(api)["Next"] == ["GET /orders", "what the body names at /reason"]


def test_a_next_request_that_the_api_lists_is_led_to(api_with: Callable[..., Api]) -> None:
    steps = [{"request": "GET /orders"}]
    action = {"actor": "client", "retry": "after-fix", "next": steps}
    api = api_with(remedy=action, raised_by=["GET /orders"])
    said = api.reasons["ORDER_STUCK"].remedy
    assert said
    (found,) = remedy(said, api)
    facts = {fact.name: fact for fact in found.facts}
    request = Reference("endpoint", "shop/GET /orders", (Code("GET /orders"),))
    assert facts["Next"].lines == ((request,),)


@pytest.mark.parametrize(
    ("key", "value", "name", "line"),
    [
        ("max_attempts", 3, "Attempts", "at most 3"),
        ("retry_if", "idempotent", "Repeat", "only idempotent requests"),
        ("retry_if", "any", "Repeat", "any request"),
    ],
)
def test_bounds_of_a_repeat(
    api_with: Callable[..., Api], key: str, value: Any, name: str, line: str
) -> None:
    waits = {"actor": "client", "retry": "after-delay", "wait": [{"seconds": 1}]}
    assert said(api_with(remedy={**waits, key: value}))[name] == [line]


def test_a_request_that_changes_something_says_to_ask_first(api_with: Callable[..., Api]) -> None:
    steps = [{"request": "POST /orders", "ask_first": True}, {"request": "GET /orders"}]
    api = api_with(remedy={"actor": "client", "retry": "after-fix", "next": steps})
    assert said(api)["Next"] == ["POST /orders (ask a person first)", "GET /orders"]


@pytest.mark.parametrize(
    ("action", "unknown"),
    [
        (None, ["whether to retry", "who can fix it"]),
        ({"actor": "unknown", "retry": "unknown"}, ["whether to retry", "who can fix it"]),
        ({"actor": "platform", "retry": "never"}, []),
        (
            {"actor": "unknown", "retry": "after-delay", "wait": "unknown"},
            ["how long to wait", "whether a repeat is safe", "who can fix it"],
        ),
        ({"actor": "platform", "retry": "at-once", "retry_if": "any"}, []),
        ({"actor": "platform", "retry": "at-once", "idempotency_key": "same"}, []),
    ],
)
def test_what_is_not_known_has_no_row(
    api_with: Callable[..., Api], action: dict[str, str] | None, unknown: list[str]
) -> None:
    (reason,) = api_with(remedy=action).reasons.values()
    assert [*unknown_of(reason.remedy)] == unknown


def test_a_remedy_of_which_nothing_is_known_is_not_shown(api_with: Callable[..., Api]) -> None:
    api = api_with(remedy={"actor": "unknown", "retry": "unknown"})
    (reason,) = api.reasons.values()
    assert reason.remedy
    assert remedy(reason.remedy, api) == ()
