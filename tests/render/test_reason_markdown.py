"""The page of a reason for agents: what it says, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reasonbook.format.model import Api
from reasonbook.render.markdown.reason import reason_page
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls

from .conftest import loaded, made_up_reason, write_catalogue

PAGE = """\
> Index: https://errors.example.com/shop/llms.txt

# ORDER_STUCK

HTTP 409: The resource is in a state in which this operation cannot be carried out.

Retry: only after the fix below; who: client; basis: stated

Branch on the *reason*.

* Read the resource and wait for its state to change.
* Send the request again.

Example, constructed; everything: this address with .json
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


def test_a_decision_leads_to_no_fix_that_is_not_there(
    unchecked: Callable[..., Api], urls: SiteUrls
) -> None:
    page = page_of(unchecked(fix=None), urls)
    assert page[3:5] == [
        "Retry: only after a fix; who: client; basis: stated",
        "Not known: fix.",
    ]


def test_a_fix_of_several_blocks_is_one_step(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    blocks = page_of(api_with(fix=["Wait.\n\n- Long\n- Longer"]), urls)
    assert blocks[4:6] == ["* Wait.", "  - Long\n  - Longer"]


def test_a_context_that_begins_with_a_list_stays_apart(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    api = api_with(ai_context="- Log it.")
    page = reason_page(api.reasons["ORDER_STUCK"], api, urls)
    lists = [node for node in SyntaxTreeNode(MarkdownIt().parse(page)) if "list" in node.type]
    assert [len(node.children) for node in lists] == [1, 2]


def test_a_page_without_examples_leads_to_the_data(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    page = page_of(api_with(lifecycle="planned", examples=[]), urls)
    assert page[-1] == "Everything: this address with .json\n"


@pytest.mark.parametrize(
    ("more", "identity"),
    [
        ({"lifecycle": "planned"}, "HTTP 409, planned, not sent yet: The"),
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
        ({"actor": "nobody", "retry": "never"}, "Retry: never; who: nobody"),
        (
            {"actor": "client", "retry": "after-delay", "wait": [{"header": "Retry-After"}]},
            "Retry: after a wait; wait: `Retry-After` header; who: client",
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
            "Retry: after a wait; wait: body `/reason` in ms, else 0.5 s, then doubled; "
            "idempotency key: same; who: platform; basis: derived",
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
            "Retry: after a wait; repeat: idempotent requests only; wait: 1 s, then doubled, at "
            "most 60 s, 5 tries; attempts: at most 3; who: end-user; helps: `POST /orders` "
            "(ask a person first)",
        ),
        (
            {
                "actor": "client",
                "retry": "after-delay",
                "wait": [{"header": "X-RateLimit-Reset", "unit": "epoch"}],
            },
            "Retry: after a wait; wait: `X-RateLimit-Reset` header in seconds since 1970; "
            "who: client",
        ),
        (
            {"actor": "client", "retry": "after-delay", "wait": [{"seconds": 30}]},
            "Retry: after a wait; wait: 30 s; who: client",
        ),
        (
            {
                "actor": "client",
                "retry": "after-fix",
                "next": [{"request": "GET /orders"}, {"pointer": "/reason"}],
            },
            "Retry: only after the fix below; who: client; helps: `GET /orders`, "
            "see body `/reason`",
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

Everything: this address with .json
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
    assert page[-1].partition("\n")[0].startswith("Example, constructed, HTTP 404; ")


def test_where_no_source_says_what_may_be_repeated_it_is_up_to_the_agent(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    waits = {"actor": "client", "retry": "after-delay", "wait": [{"seconds": 1}]}
    decision = page_of(api_with(remedy=waits), urls)[3]
    assert decision == (
        "Retry: after a wait; wait: 1 s; who: client; repeat: only what is safe to send twice"
    )


def test_headers_that_one_reads_are_shown(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    example = {
        "title": "One",
        "origin": "observed",
        "headers": {"Retry-After": "7", "X-Request-Id": "1"},
        "body": '{"reason": "ORDER_STUCK"}',
    }
    waits = {"actor": "client", "retry": "after-delay", "wait": [{"header": "Retry-After"}]}
    (shown, *_) = page_of(api_with(remedy=waits, examples=[example]), urls)[-1].split("\n")
    assert shown == (
        "Example, observed, HTTP 409, `Retry-After: 7`; everything: this address with .json"
    )


def test_other_headers_are_left_to_the_data(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    example = {
        "title": "One",
        "origin": "observed",
        "headers": {"X-Request-Id": "1"},
        "body": '{"reason": "ORDER_STUCK"}',
    }
    (shown, *_) = page_of(api_with(examples=[example]), urls)[-1].split("\n")
    assert shown == "Example, observed; everything: this address with .json"


DETAILS = {
    "type": "object",
    "properties": {
        "limit": {"type": "integer", "description": "The *highest* value."},
        "plain": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string", "description": "A code."}},
            },
        },
    },
}


@pytest.fixture
def detailed(tmp_path: Path) -> Callable[..., Api]:
    """Make an API with a place of details and of codes inside them, in which a reason has some."""

    def make(**more: Any) -> Api:
        said = made_up_reason("ORDER_STUCK", details=DETAILS, **more)
        envelope = {
            "schema": "envelope.schema.json",
            "reason": "/reason",
            "details": "/data",
            "field_code": "/data/errors/*/code",
            "example": '{"reason": "SOME_FAULT"}',
        }
        write_catalogue(tmp_path, {"shop": {"orders": [said]}}, envelope=envelope)
        return loaded(tmp_path).apis["shop"]

    return make


def test_what_details_mean_comes_before_the_example(
    detailed: Callable[..., Api], urls: SiteUrls
) -> None:
    page = page_of(detailed(), urls)
    assert page[-2] == "In `data`:\n- `limit`: The *highest* value.\n- `errors[*].code`: A code."
    assert page[-1].startswith("Example, ")


def test_what_details_mean_is_left_to_the_data_where_the_page_would_be_long(
    detailed: Callable[..., Api], urls: SiteUrls
) -> None:
    assert "In `data`" not in "".join(page_of(detailed(cause="Words. " * 200), urls))


def test_codes_of_fields_say_what_to_do(detailed: Callable[..., Api], urls: SiteUrls) -> None:
    codes = [
        {"code": "TOO_LONG", "meaning": "Longer than allowed.", "fix": "Send `less`."},
        {"code": "ODD", "meaning": "Odd."},
    ]
    page = page_of(detailed(field_codes=codes), urls)
    assert page[-3] == (
        "Codes at `data.errors[*].code`:\n"
        "- `TOO_LONG`: Longer than allowed. Send `less`.\n- `ODD`: Odd."
    )


def test_what_was_wrong_is_told(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    wrong = {"date": "2026-01-02", "key": "http", "was": 503, "why": "It was *misread*."}
    page = page_of(api_with(corrections=[wrong]), urls)
    assert page[-2] == "Corrected here on 2026-01-02: `http` was `503`. It was *misread*."
