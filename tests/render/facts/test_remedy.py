"""What a remedy says to people; what it says to agents is a test of its Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.format.prose import Code, Reference
from reasonbook.render.facts.remedy import remedy


def said(api: Api) -> dict[str, list[str]]:
    (reason,) = api.reasons.values()
    facts = remedy(reason.remedy, api).facts
    return {fact.name: [prose.text_of(line) for line in fact.lines] for fact in facts}


def test_who_can_fix_it_and_whether_to_retry_come_first(api_with: Callable[..., Api]) -> None:
    api = api_with(remedy={"actor": "caller", "retry": "after-fix"})
    assert said(api) == {
        "Who can fix it": ["caller – the program or person that sent the request"],
        "Retry": ["after-fix – send it again once the cause is fixed"],
    }


@pytest.mark.parametrize(
    ("wait", "lines"),
    [
        ([{"header": "Retry-After"}], ["the Retry-After header, in seconds"]),
        (
            [{"pointer": "/reason", "unit": "ms"}],
            ["the value at /reason in the body, in milliseconds"],
        ),
        ([{"backoff": {"first": 0.5, "factor": 2}}], ["0.5 s, then each time 2 × as long"]),
        ([{"seconds": 30}], ["30 s"]),
        (
            [{"header": "Retry-After"}, {"seconds": 30}],
            ["the Retry-After header, in seconds", "else 30 s"],
        ),
    ],
    ids=["header", "pointer", "backoff", "seconds", "several"],
)
def test_waits(api_with: Callable[..., Api], wait: list[dict[str, Any]], lines: list[str]) -> None:
    api = api_with(remedy={"actor": "caller", "retry": "after-delay", "wait": wait})
    assert said(api)["Wait"] == lines


def test_next_steps(api_with: Callable[..., Api]) -> None:
    steps = [{"request": "GET /orders"}, {"pointer": "/reason"}]
    api = api_with(remedy={"actor": "caller", "retry": "after-fix", "next": steps})
    assert said(api)["Next"] == ["GET /orders", "what the body names at /reason"]


def test_a_next_request_that_the_api_lists_is_led_to(api_with: Callable[..., Api]) -> None:
    steps = [{"request": "GET /orders"}]
    action = {"actor": "caller", "retry": "after-fix", "next": steps}
    api = api_with(remedy=action, raised_by=["GET /orders"])
    facts = {fact.name: fact for fact in remedy(api.reasons["ORDER_STUCK"].remedy, api).facts}
    request = Reference("endpoint", "shop/GET /orders", (Code("GET /orders"),))
    assert facts["Next"].lines == ((request,),)
