"""What a ledger tells of an API as a whole, also beside what its YAML promises since."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.ledger.append_only import ledger_of_catalogue
from reasonbook.ledger.record import Ledger

SILENT = Ledger.of("shop", 1, {})


def promising(stability: str, window: int | None) -> Ledger:
    return Ledger.of("shop", 1, {}, stability=stability, deprecation_window_days=window)


@pytest.mark.parametrize(
    ("record", "later", "both"),
    [
        (promising("unstated", None), promising("append-only", 0), ("append-only", 0)),
        (promising("append-only", 180), promising("unstated", 90), ("append-only", 180)),
        (promising("unstated", 90), promising("unstated", 180), ("unstated", 180)),
        (SILENT, promising("unstated", 90), ("unstated", 90)),
        (promising("append-only", 90), SILENT, ("append-only", 90)),
    ],
)
def test_of_two_promises_the_stronger_holds(
    record: Ledger, later: Ledger, both: tuple[str, int]
) -> None:
    joined = record.joined(later)
    assert (joined.stability, joined.deprecation_window_days) == both


def spoilt(shop: Path, file: str, old: str, new: str) -> Ledger:
    path = shop / "shop" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return ledger_of_catalogue(load_catalogue(shop).catalogue.apis["shop"])


@pytest.mark.parametrize(
    ("file", "old", "new", "lost"),
    [
        ("orders.yaml", "    cause: There is no such order.", "    cause: [5]", "cause"),
        ("orders.yaml", "retry: after-fix", "retry: later", "remedy.retry"),
    ],
)
def test_what_is_at_fault_is_not_known(
    shop: Path, file: str, old: str, new: str, lost: str
) -> None:
    sound = ledger_of_catalogue(load_catalogue(shop).catalogue.apis["shop"])
    found = spoilt(shop, file, old, new).entries["ORDER_NOT_FOUND"].facts or {}
    assert {*(sound.entries["ORDER_NOT_FOUND"].facts or {})} - {*found} == {lost}


def test_an_origin_that_is_at_fault_proves_nothing(shop: Path) -> None:
    assert (
        spoilt(shop, "orders.yaml", "constructed", "observed").entries["ORDER_NOT_FOUND"].observed
    )
    later = spoilt(shop, "orders.yaml", "origin: observed", "origin: 5")
    assert later.entries["ORDER_NOT_FOUND"].observed is None


def test_an_envelope_that_is_at_fault_has_no_place(shop: Path) -> None:
    assert spoilt(shop, "api.yaml", "reason: /code", "reason: code").envelope is None
