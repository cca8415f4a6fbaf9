"""The page of a reason for agents: what it says, word for word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reasonbook.format.model import Api
from reasonbook.render.markdown.reason import reason_page
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls

PAGE = """\
> Index: https://errors.example.com/shop/llms.txt

# ORDER_STUCK

HTTP 409: The resource is in a state in which this operation cannot be carried out.

Retry after-fix; actor client; stated

* Read the resource and wait for its state to change.
* Send the request again.

Branch on the *reason*.

[Examples](https://errors.example.com/shop/reasons/ORDER_STUCK.json), constructed:
```json
{"reason": "ORDER_STUCK"}
```
Also: Another
"""


def test_a_whole_page(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    body = '{"reason": "ORDER_STUCK"}'
    examples = [
        {"title": title, "origin": "constructed", "body": body}
        for title in ("As it comes", "Another")
    ]
    api = api_with(ai_context="Branch on the *reason*.", examples=examples)
    assert reason_page(api.reasons["ORDER_STUCK"], api, urls) == PAGE


def page_of(api: Api, urls: SiteUrls) -> list[str]:
    return reason_page(api.reasons["ORDER_STUCK"], api, urls).split("\n\n")


def test_one_step_is_a_list_too(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    assert page_of(api_with(fix="Wait."), urls)[4] == "* Wait."


def test_a_fix_of_several_blocks_is_one_step(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    blocks = page_of(api_with(fix=["Wait.\n\n- Long\n- Longer"]), urls)
    assert blocks[4:6] == ["* Wait.", "  - Long\n  - Longer"]


def test_a_context_that_begins_with_a_list_stays_apart(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    api = api_with(ai_context="- Log it.")
    page = reason_page(api.reasons["ORDER_STUCK"], api, urls)
    lists = [node for node in SyntaxTreeNode(MarkdownIt().parse(page)) if "list" in node.type]
    assert [len(node.children) for node in lists] == [2, 1]


def test_a_page_without_examples_leads_to_the_data(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    page = page_of(api_with(lifecycle="planned", examples=[]), urls)
    assert page[-1] == "[JSON](https://errors.example.com/shop/reasons/ORDER_STUCK.json)\n"


@pytest.mark.parametrize(
    ("more", "identity"),
    [
        ({"lifecycle": "planned"}, "HTTP 409, planned: The"),
        ({"lifecycle": "active", "since": "2026-01-01"}, "HTTP 409: The"),
        ({"http": [400, 404]}, "HTTP 400 or 404: The"),
        ({"http": "none", "arrives_in": ["callback"]}, "In a callback: The"),
        ({"arrives_in": ["response", "event"]}, "HTTP 409 or in an event: The"),
        ({"http": "unknown"}, "The resource"),
        ({"cause": ["It is late.", "It is lost."]}, "HTTP 409: (1) It is late. (2) It is lost."),
    ],
)
def test_identity(
    api_with: Callable[..., Api], urls: SiteUrls, more: dict[str, Any], identity: str
) -> None:
    assert page_of(api_with(**more), urls)[2].startswith(identity)


@pytest.mark.parametrize(
    ("remedy", "line"),
    [
        ({"actor": "nobody", "retry": "never"}, "Retry never; actor nobody"),
        (
            {"actor": "client", "retry": "after-delay", "wait": [{"header": "Retry-After"}]},
            "Retry after-delay; wait `Retry-After` header; actor client",
        ),
        (
            {
                "actor": "platform",
                "retry": "after-delay",
                "wait": [
                    {"pointer": "/reason", "unit": "ms"},
                    {"backoff": {"first": 0.5, "factor": 2}},
                ],
                "idempotency_key": "same",
                "basis": "derived",
            },
            "Retry after-delay; wait body `/reason` in ms, else 0.5 s × 2 each time; "
            "idempotency key same; actor platform; derived",
        ),
        (
            {
                "actor": "end-user",
                "retry": "after-delay",
                "retry_if": "idempotent",
                "max_attempts": 3,
                "wait": [{"backoff": {"first": 1, "factor": 2, "max": 60, "tries": 5}}],
                "next": [{"request": "POST /orders", "ask_first": True}],
            },
            "Retry after-delay; repeat if idempotent; wait 1 s × 2 each time, at most "
            "60 s, 5 tries; attempts at most 3; actor end-user; next `POST /orders`, ask first",
        ),
        (
            {
                "actor": "client",
                "retry": "after-delay",
                "wait": [{"header": "X-RateLimit-Reset", "unit": "epoch"}],
            },
            "Retry after-delay; wait `X-RateLimit-Reset` header in seconds since 1970; "
            "actor client",
        ),
        (
            {"actor": "client", "retry": "after-delay", "wait": [{"seconds": 30}]},
            "Retry after-delay; wait 30 s; actor client",
        ),
        (
            {
                "actor": "client",
                "retry": "after-fix",
                "next": [{"request": "GET /orders"}, {"pointer": "/reason"}],
            },
            "Retry after-fix; actor client; next `GET /orders`, see body `/reason`",
        ),
    ],
)
def test_decisions(
    api_with: Callable[..., Api], urls: SiteUrls, remedy: dict[str, Any], line: str
) -> None:
    api = api_with(remedy=remedy)
    said = api.reasons["ORDER_STUCK"].remedy
    assert said
    assert BriefMarkdown(api, urls).decision(said) == line


BARE = """\
> Index: https://errors.example.com/shop/llms.txt

# ORDER_STUCK – Order stuck

In a callback

Not known: cause, fix, whether to retry, who can fix it.

Message: `Order {id} is stuck`; Severity: warning; Documentation: <https://example.com/1>

[JSON](https://errors.example.com/shop/reasons/ORDER_STUCK.json)
"""


def test_what_is_not_known_takes_one_line(unchecked: Callable[..., Api], urls: SiteUrls) -> None:
    api = unchecked(
        title="Order stuck",
        message="Order {id} is stuck",
        docs_url="https://example.com/1",
        attributes=[{"name": "Severity", "value": "warning"}],
        http="none",
        arrives_in=["callback"],
        cause=None,
        fix=None,
        remedy=None,
        examples=[],
    )
    assert reason_page(api.reasons["ORDER_STUCK"], api, urls) == BARE


def test_an_example_of_several_statuses_says_which(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    example = {
        "title": "One",
        "origin": "constructed",
        "http": 404,
        "body": '{"reason": "ORDER_STUCK"}',
    }
    page = page_of(api_with(http=[400, 404], examples=[example]), urls)
    assert page[-1].partition("\n")[0].endswith(", constructed, HTTP 404:")


def test_where_no_source_says_what_may_be_repeated_it_is_up_to_the_agent(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    waits = {"actor": "client", "retry": "after-delay", "wait": [{"seconds": 1}]}
    decision = page_of(api_with(remedy=waits), urls)[3]
    assert decision == "Retry after-delay; wait 1 s; actor client; repeat if safe"
