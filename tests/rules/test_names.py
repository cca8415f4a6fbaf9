"""Names of reasons and of their pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reasonbook.rules.names import PAGE_NAME


@pytest.mark.parametrize("name", ["CALL_NOT_FOUND", "20003", "card-declined", "a", "a" * 120])
def test_names_of_pages(name: str) -> None:
    assert PAGE_NAME.fullmatch(name)


@pytest.mark.parametrize(
    "name", ["", "a" * 121, "a b", "a.b", "a/b", "_a", "a-", "..", "é", "a\n", "a:b", "a\\b"]
)
def test_what_is_no_name_of_a_page(name: str) -> None:
    assert not PAGE_NAME.fullmatch(name)


def test_a_reason_of_another_form_is_allowed_where_the_api_says_so(
    shop: Path, problems_with: Callable[..., list[str]]
) -> None:
    path = shop / "shop/payments.yaml"
    path.write_text(path.read_text().replace("CARD_DECLINED", '"20003"', 1))
    assert problems_with() == ["reason-format"]
    assert problems_with('reason_pattern: "[A-Z_]+|[0-9]{5}"\n') == []
