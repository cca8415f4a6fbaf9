"""``reasonbook diff``: what changed, for a release note."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def after(shop: Path, tmp_path: Path) -> Path:
    """A copy of the shop with a reason reworded, one gone and one new."""
    copy = shutil.copytree(shop, tmp_path / "after")
    orders, payments = copy / "shop/orders.yaml", copy / "shop/payments.yaml"
    orders.write_text(orders.read_text().replace("There is no such order.", "It is not there."))
    text = payments.read_text()
    payments.write_text(text.replace("CARD_DECLINED", "CARD_REFUSED"))
    return copy


def test_text(shop: Path, after: Path, capsys: Capture) -> None:
    assert main(["diff", str(shop), str(after)]) == 1
    assert capsys.readouterr().out == (
        "shop/CARD_DECLINED: removed\nshop/CARD_REFUSED: added\n"
        "shop/ORDER_NOT_FOUND: cause reworded\n"
    )


def test_markdown(shop: Path, after: Path, capsys: Capture) -> None:
    assert main(["diff", str(shop), str(after), "--format", "markdown"]) == 1
    assert capsys.readouterr().out == (
        "## shop\n\n- `CARD_DECLINED`: removed\n- `CARD_REFUSED`: added\n"
        "- `ORDER_NOT_FOUND`: cause reworded\n"
    )


def test_no_changes(shop: Path, capsys: Capture) -> None:
    assert main(["diff", str(shop), str(shop)]) == 0
    assert capsys.readouterr().out == "No changes.\n"


def test_a_state_that_cannot_be_read(shop: Path, capsys: Capture) -> None:
    assert main(["diff", str(shop), "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("reasonbook: nowhere is not a git ref")


def test_a_life_is_told_with_its_days(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    copy = shutil.copytree(shop, tmp_path / "after")
    orders, api = copy / "shop/orders.yaml", copy / "shop/api.yaml"
    gone = '{since: "2026-02-01", remove_after: "2026-05-02", replaced_by: CARD_DECLINED}'
    text = orders.read_text()
    orders.write_text(
        text.replace("    cause:", f"    lifecycle: deprecated\n    deprecated: {gone}\n    cause:")
    )
    api.write_text(api.read_text().replace("schema_version: 1", "schema_version: 2"))
    assert main(["diff", str(shop), str(copy)]) == 1
    assert capsys.readouterr().out == (
        "shop: schema_version changed from 1 to 2\n"
        "shop/ORDER_NOT_FOUND: deprecated since 2026-02-01, to stay until 2026-05-02, "
        "before active\n"
        "shop/ORDER_NOT_FOUND: replaced_by changed from none to CARD_DECLINED\n"
    )


def test_a_correction_and_what_was_never_sent_are_told(
    shop: Path, tmp_path: Path, capsys: Capture
) -> None:
    copy = shutil.copytree(shop, tmp_path / "after")
    orders, payments, api = (copy / f"shop/{name}.yaml" for name in ("orders", "payments", "api"))
    api.write_text(api.read_text() + "format: 2\n")
    gone = '{since: "2026-02-01", retired: "2026-02-01", never_sent: true}'
    text = orders.read_text().replace("actor: caller", "actor: client")
    orders.write_text(
        text.replace("    cause:", f"    lifecycle: retired\n    deprecated: {gone}\n    cause:")
    )
    wrong = '[{date: "2026-02-01", key: http, was: 402, why: A capture says so.}]'
    text = payments.read_text().replace("actor: caller", "actor: client")
    payments.write_text(text.replace("http: 402", f"http: 403\n    corrections: {wrong}"))
    assert main(["diff", str(shop), str(copy)]) == 1
    assert capsys.readouterr().out == (
        "shop/CARD_DECLINED: http changed from 402 to 403\n"
        "shop/CARD_DECLINED: corrected: http was 402. A capture says so.\n"
        "shop/ORDER_NOT_FOUND: retired on 2026-02-01 at once, as never sent, before active\n"
    )
