"""What is on record stays on record: each way to rewrite the past is seen, beside the state before.

The shop's ledger is published, kept as the base, and then edited.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from reasonbook.checking import check_catalogue
from reasonbook.cli.main import main
from reasonbook.ledger.record import moved_away
from reasonbook.sphinx.page_nodes import domain_page

Capture = pytest.CaptureFixture[str]
DEPRECATED = """\
    lifecycle: deprecated
    deprecated: {since: "2026-02-01"}
"""
RETIRED = """\
    lifecycle: retired
    deprecated: {since: "2026-02-01", remove_after: "2026-05-02", retired: "2026-06-01"}
"""


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1))


@pytest.fixture
def base(shop: Path, tmp_path: Path) -> Path:
    """A release in which ORDER_NOT_FOUND is deprecated, under a window of 90 days."""
    put(shop / "shop/api.yaml", "schema_version: 1", "schema_version: 2")
    with (shop / "shop/api.yaml").open("a") as file:
        file.write("deprecation_window_days: 90\n")
    put(shop / "shop/orders.yaml", "    cause:", f"{DEPRECATED}    cause:")
    assert main(["publish", ".", "--date", "2026-02-01"]) == 0
    return shutil.copytree(shop, tmp_path / "base")


def edit_ledger(shop: Path, change: Callable[[dict], object]) -> None:
    file = shop / "shop/published.json"
    data = json.loads(file.read_text())
    change(data)
    file.write_text(json.dumps(data, indent=1))


def of(reason: str, **values: object) -> Callable[[dict], object]:
    return lambda data: data["reasons"][reason].update(values)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda data: data.update(schema_version=1),
            "The ledger had schema_version 2, and has 1 now.",
        ),
        (
            of("ORDER_NOT_FOUND", remove_after=None),
            "The entry of ORDER_NOT_FOUND had remove_after 2026-05-02, and has none now.",
        ),
        (
            of("ORDER_NOT_FOUND", status=None),
            "The entry of ORDER_NOT_FOUND had status NOT_FOUND, and has none now.",
        ),
        (
            of("ORDER_NOT_FOUND", domain="payments"),
            "The entry of ORDER_NOT_FOUND had the domains orders, and has payments now.",
        ),
        (
            of("ORDER_NOT_FOUND", schema_version=1),
            "The entry of ORDER_NOT_FOUND had schema_version 2, and has 1 now.",
        ),
        (
            of("ORDER_NOT_FOUND", first="2026-01-31"),
            "The entry of ORDER_NOT_FOUND had first 2026-02-01, and has 2026-01-31 now.",
        ),
    ],
    ids=["version", "promise", "status", "domain", "entry's version", "first day"],
)
def test_an_edited_ledger_is_seen(
    change: Callable[[dict], object], said: str, shop: Path, base: Path, capsys: Capture
) -> None:
    edit_ledger(shop, change)
    main(["check", ".", "--against", str(base)])
    assert f"error[ledger-edited]: {said}\n" in capsys.readouterr().out


def test_a_later_day_may_be_promised(shop: Path, base: Path) -> None:
    put(shop / "shop/orders.yaml", '"2026-02-01"}', '"2026-02-01", remove_after: "2026-12-31"}')
    assert main(["check", "."]) == 0
    assert main(["publish", ".", "--date", "2026-02-02"]) == 0
    assert main(["check", ".", "--against", str(base)]) == 0


def test_a_shorter_window_does_not_shorten_what_was_promised(
    shop: Path, base: Path, capsys: Capture
) -> None:
    put(shop / "shop/api.yaml", "window_days: 90", "window_days: 0")
    assert main(["check", "."]) == 1
    assert (
        "ORDER_NOT_FOUND was promised to stay until 2026-05-02, and now only until 2026-02-01."
        in capsys.readouterr().out
    )


@pytest.fixture
def retired(shop: Path, base: Path, tmp_path: Path) -> Path:
    """The release after the base, in which the reason is retired as promised."""
    put(shop / "shop/api.yaml", "schema_version: 2", "schema_version: 3")
    put(shop / "shop/orders.yaml", DEPRECATED, RETIRED)
    assert main(["check", "."]) == 0
    assert main(["publish", ".", "--date", "2026-06-01"]) == 0
    assert main(["check", ".", "--against", str(base)]) == 0
    return shutil.copytree(shop, tmp_path / "retired")


def test_a_longer_window_is_nothing_to_what_is_gone(shop: Path, retired: Path) -> None:
    put(shop / "shop/api.yaml", "window_days: 90", "window_days: 900")
    assert main(["check", ".", "--against", str(retired)]) == 0


def test_what_was_sent_is_no_correction_afterwards(
    shop: Path, retired: Path, capsys: Capture
) -> None:
    put(shop / "shop/orders.yaml", '"2026-06-01"}', '"2026-06-01", never_sent: true}')
    assert main(["check", "."]) == 1
    assert capsys.readouterr().out == (
        "shop/orders.yaml:8:102: error[ledger-differs]: ORDER_NOT_FOUND was retired on 2026-06-01 "
        "as a reason that had been sent.\n"
        "  hint: Leave never_sent as it was: what happened does not change.\n"
    )


def test_what_is_on_record_as_deprecated_is_no_correction(
    shop: Path, base: Path, capsys: Capture
) -> None:
    gone = '{since: "2026-02-01", retired: "2026-03-01", never_sent: true}'
    put(shop / "shop/orders.yaml", DEPRECATED, f"    lifecycle: retired\n    deprecated: {gone}\n")
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out
    assert "error[retired-without-version]" in out
    assert "error[retired-too-early]" in out
    assert "hint: It is on record as deprecated, so it was sent" in out


def test_a_deprecation_is_not_taken_back(shop: Path, base: Path, capsys: Capture) -> None:
    put(shop / "shop/orders.yaml", DEPRECATED, "")
    assert main(["check", "."]) == 1
    assert "promise a later remove_after" in capsys.readouterr().out


def test_nothing_is_deprecated_before_its_first_day(
    shop: Path, base: Path, capsys: Capture
) -> None:
    gone = '    lifecycle: deprecated\n    deprecated: {since: "2026-01-01"}\n'
    put(shop / "shop/payments.yaml", "    cause:", f"{gone}    cause:")
    assert main(["check", "."]) == 1
    assert (
        "CARD_DECLINED was deprecated on 2026-01-01, before it was published on 2026-02-01."
        in capsys.readouterr().out
    )


def move(shop: Path, source: str, target: str) -> None:
    """Move the whole list of reasons of one domain to the end of another's."""
    taken, given = shop / f"shop/{source}.yaml", shop / f"shop/{target}.yaml"
    head, _, reasons = taken.read_text().partition("reasons:\n")
    taken.write_text(f"{head}reasons: []\n")
    given.write_text(f"{given.read_text().replace('reasons: []', 'reasons:').rstrip()}\n{reasons}")


def test_a_reason_may_move_and_come_back(shop: Path, base: Path, tmp_path: Path) -> None:
    before = (shop / "shop/orders.yaml").read_text(), (shop / "shop/payments.yaml").read_text()
    move(shop, "orders", "payments")
    assert main(["publish", ".", "--date", "2026-02-02"]) == 0
    moved = shutil.copytree(shop, tmp_path / "moved")
    assert main(["check", ".", "--against", str(base)]) == 0

    (shop / "shop/orders.yaml").write_text(before[0])
    (shop / "shop/payments.yaml").write_text(before[1])
    assert main(["publish", ".", "--date", "2026-02-03"]) == 0
    assert main(["check", ".", "--against", str(moved)]) == 0
    assert main(["check", ".", "--against", str(base)]) == 0


def test_the_page_that_a_reason_leaves_keeps_its_anchor_before_the_next_release(
    shop: Path, base: Path
) -> None:
    move(shop, "orders", "payments")
    checked = check_catalogue(shop)
    api, ledger = checked.catalogue.apis["shop"], checked.ledgers["shop"]
    left = api.domain("orders")
    assert left is not None
    assert [reason.name for reason in moved_away(left, api, ledger)] == ["ORDER_NOT_FOUND"]
    page = domain_page(left, api, ledger)
    assert ["ORDER_NOT_FOUND"] in [node["ids"] for node in page.findall(nodes.target)]
    assert "No reason of this domain is sent any more." in page.astext()


@pytest.mark.parametrize("day", ["20260201", "2026-W05-7", "soon", "2026-02-30"])
def test_a_day_is_written_in_one_way(day: str, shop: Path, capsys: Capture) -> None:
    assert main(["publish", ".", "--date", day]) == 2
    assert capsys.readouterr().err == f"reasonbook: {day} is not a date such as 2026-04-25.\n"
    assert not (shop / "shop/published.json").exists()


def test_nothing_is_published_before_its_first_day(shop: Path, capsys: Capture) -> None:
    put(shop / "shop/orders.yaml", "    cause:", '    since: "2099-01-01"\n    cause:')
    assert main(["publish", ".", "--date", "2026-02-01"]) == 1
    assert capsys.readouterr().out == (
        "shop/orders.yaml:7:12: ORDER_NOT_FOUND is published on 2099-01-01, which is after "
        "2026-02-01.\n"
    )


def test_the_day_of_recording_is_kept_where_no_other_day_tells_it(shop: Path) -> None:
    put(shop / "shop/orders.yaml", "    cause:", '    since: "2026-01-01"\n    cause:')
    assert main(["publish", ".", "--date", "2026-02-01"]) == 0
    entries = json.loads((shop / "shop/published.json").read_text())["reasons"]
    assert entries["ORDER_NOT_FOUND"]["recorded"] == "2026-02-01"
    assert "recorded" not in entries["CARD_DECLINED"]

    before = (shop / "shop/published.json").read_bytes()
    assert main(["publish", ".", "--date", "2026-03-01"]) == 0
    assert (shop / "shop/published.json").read_bytes() == before
