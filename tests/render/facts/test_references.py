"""Prose of the catalogue leads to the reasons that it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.format import prose
from reasonbook.format.model import Api, OperationPattern
from reasonbook.format.prose import BulletList, Code, Emphasis, Paragraph, Reference, Text
from reasonbook.format.reasons import OperationClass
from reasonbook.render.facts.references import blocks, inline, mention, operations

STUCK = Reference("reason", "shop/ORDER_STUCK", (Code("ORDER_STUCK"),))


def test_a_code_that_is_a_reason_leads_to_it(api_with: Callable[..., Api]) -> None:
    found = inline("See `ORDER_STUCK` and `ORDER_LOST`.", api_with())
    assert found == (Text("See "), STUCK, Text(" and "), Code("ORDER_LOST"), Text("."))


def test_also_in_emphasis_and_lists(api_with: Callable[..., Api]) -> None:
    found = blocks("- *`ORDER_STUCK`*", api_with())
    assert found == (BulletList(((Paragraph((Emphasis((STUCK,)),)),),)),)


def test_a_name_without_its_mark_is_text(api_with: Callable[..., Api]) -> None:
    assert inline("ORDER_STUCK", api_with()) == (Text("ORDER_STUCK"),)


def test_a_mention_may_be_plain() -> None:
    assert mention("shop", "A", Text) == Reference("reason", "shop/A", (Text("A"),))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ""),
        ({"methods": ["POST", "PUT"], "path": "/a*"}, ": POST, PUT, /a*"),
        ({"except_path": "/auth/*"}, ": not /auth/*"),
        ({"methods": ["GET"], "http": [409, 410]}, ": GET, documented with 409 or 410"),
    ],
)
def test_a_class_of_operations(
    api_with: Callable[..., Api], said: dict[str, Any], words: str
) -> None:
    api = api_with().model_copy(update={"operation_classes": {"some": OperationPattern(**said)}})
    found = operations(OperationClass(**{"class": "some"}), api)
    assert prose.text_of(found) == f"any of the class some{words}"
