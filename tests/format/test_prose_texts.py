from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook import limits
from reasonbook.checking import check_catalogue


def said_of(shop: Path) -> list[str]:
    return [str(problem) for problem in check_catalogue(shop, examples=False).problems]


def write_cause(shop: Path, cause: str) -> None:
    path = shop / "shop/orders.yaml"
    path.write_text(path.read_text().replace("There is no such order.", f'"{cause}"'))


def test_a_text_of_the_greatest_length_is_fine(shop: Path) -> None:
    write_cause(shop, "word " * (limits.PROSE_CHARACTERS // 5))
    assert said_of(shop) == []


def test_a_text_that_is_longer_is_reported_where_it_stands(shop: Path) -> None:
    write_cause(shop, "word " * (limits.PROSE_CHARACTERS // 5) + "w")
    (said,) = said_of(shop)
    assert "orders.yaml:7:12: error[too-large]: The text has 20,001 characters; " in said
    assert "20,000 are the most.\n  hint: Shorten it, or move it to a page of its own" in said


def test_too_many_marks_in_a_file_are_reported_once(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROSE_MARKS", 8)
    write_cause(shop, "*a* `b` *c* `d` *e*")
    text = (shop / "shop/orders.yaml").read_text()
    (shop / "shop/orders.yaml").write_text(text.replace("take the id", "`take` the id"))
    (said,) = said_of(shop)
    assert "orders.yaml:7:12: error[too-large]: The texts up to here hold more than 8 marks" in said


@pytest.mark.parametrize(("spaces", "is_cut"), [(" ", True), ("  ", False), ("\t", True)])
def test_a_comment_that_stands_off_cuts_nothing(shop: Path, spaces: str, is_cut: bool) -> None:
    path = shop / "shop/orders.yaml"
    text = path.read_text()
    path.write_text(
        text.replace("There is no such order.", f"There is no such order.{spaces}# 17", 1)
    )
    assert any("error[cut-text]" in said for said in said_of(shop)) is is_cut
