"""Bases that cannot be read, or are read wrongly, must never look like "no changes"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.cli.main import main
from reasonbook.render.data.export import Export
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def exported(shop: Path, tmp_path: Path) -> Path:
    """The reasons.json of a shop whose reason has a slug."""
    orders = shop / "shop/orders.yaml"
    orders.write_text(orders.read_text().replace("    cause:", "    slug: no-order\n    cause:", 1))
    urls = SiteUrls("https://errors.example.com/", Addresses())
    file = tmp_path / "reasons.json"
    file.write_text(Export(urls).catalogue(load_catalogue(shop).catalogue))
    return file


def test_the_slug_is_read_from_the_address(shop: Path, exported: Path) -> None:
    assert main(["check", ".", "--against", str(exported)]) == 0


def test_another_slug_is_another_address(shop: Path, exported: Path, capsys: Capture) -> None:
    orders = shop / "shop/orders.yaml"
    orders.write_text(orders.read_text().replace("slug: no-order", "slug: lost-order"))
    assert main(["check", ".", "--against", str(exported)]) == 1
    assert "The page of ORDER_NOT_FOUND was published as no-order" in capsys.readouterr().out


def test_a_day_that_is_none_makes_no_base(shop: Path, exported: Path, capsys: Capture) -> None:
    data = json.loads(exported.read_text())
    data["apis"][0]["reasons"][0]["since"] = "someday"
    exported.write_text(json.dumps(data))
    assert main(["check", ".", "--against", str(exported)]) == 2
    assert "'someday' of ORDER_NOT_FOUND is neither a date nor a version" in capsys.readouterr().err


def test_nothing_makes_no_base(shop: Path, capsys: Capture) -> None:
    assert main(["check", ".", "--against", ""]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: A baseline is a folder, a file or a git ref, not nothing.\n"
    )


def test_a_file_may_begin_with_a_byte_order_mark(shop: Path, exported: Path) -> None:
    assert main(["publish", "."]) == 0
    for file in (exported, shop / "shop/published.json"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
        assert main(["check", ".", "--against", str(file)]) == 0


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"apis": [1]}', '{"apis": [{}]}'])
def test_a_file_that_is_neither_makes_no_base(text: str, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    file.write_text(text)
    assert main(["check", ".", "--against", str(file)]) == 2


def test_an_export_without_an_api_makes_no_base(
    shop: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "base.json").write_text('{"apis": []}')
    assert main(["check", ".", "--against", "../base.json"]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: the file ../base.json has no API to compare with.\n"
    )


def test_an_export_of_a_newer_version(shop: Path, exported: Path, capsys: Capture) -> None:
    data = json.loads(exported.read_text())
    exported.write_text(json.dumps({**data, "format_version": 9}))
    assert main(["check", ".", "--against", str(exported)]) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: {exported} has version 9, which needs Reasonbook 0.9 or newer.\n"
    )


def test_a_ledger_of_a_newer_version(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "base.json").write_text('{"version": 9, "api": "shop"}')
    assert main(["check", ".", "--against", "../base.json"]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: ../base.json:1:1: error[newer-format]: This ledger has version 9, which needs "
        "Reasonbook 0.9 or newer.\n"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("orders.yaml", "retry: after-fix", "retry: unknown", "fact-lost"),
        ("api.yaml", "reason: /code", "reason: /code\n  reason_prefix: x", "place-changed"),
    ],
    ids=["retry", "prefix"],
)
def test_an_export_tells_of_facts_and_places(
    file: str, old: str, new: str, rule: str, shop: Path, exported: Path, capsys: Capture
) -> None:
    path = shop / "shop" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert main(["check", ".", "--against", str(exported)]) == 1
    assert f"error[{rule}]" in capsys.readouterr().out
