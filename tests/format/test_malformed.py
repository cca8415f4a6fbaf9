from __future__ import annotations

import pytest

from reasonbook.format.malformed import meant_reasons

UPPER, LOWER = "[A-Z][A-Z0-9_]{0,63}", "[a-z_]+"


@pytest.mark.parametrize(
    ("form", "name", "meant"),
    [
        (UPPER, "order_not_found", "ORDER_NOT_FOUND"),
        (UPPER, "Order-Not Found", "ORDER_NOT_FOUND"),
        (UPPER, "ORDER_NOT_F\u041eUND", "ORDER_NOT_FOUND"),
        (UPPER, "ORDER\u200b_NOT_FOUND", "ORDER_NOT_FOUND"),
        (LOWER, "Card_Declined", "card_declined"),
        (".*", "CARD\uff3fDECLINED", "CARD_DECLINED"),
    ],
)
def test_a_malformed_reason_was_meant_as_what_it_looks_like(
    form: str, name: str, meant: str
) -> None:
    assert meant_reasons([name], form) == {meant: name}


@pytest.mark.parametrize("name", ["ORDER_NOT_FOUND", "404", "!", ""])
def test_nothing_is_guessed_of_a_sound_reason_nor_of_a_hopeless_one(name: str) -> None:
    assert meant_reasons([name], UPPER) == {}


def test_a_broken_form_is_told_elsewhere() -> None:
    assert meant_reasons(["x"], "[") == {}
