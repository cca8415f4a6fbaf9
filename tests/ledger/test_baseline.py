"""Bases that cannot be read, or are read wrongly, must never look like "no changes"."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.cli.main import main
from reasonbook.render.data.export import catalogue_json, dump
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
    file.write_text(dump(catalogue_json(load_catalogue(shop).catalogue, urls)))
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


def test_the_ledger_of_another_api_makes_no_base(
    shop: Path, tmp_path: Path, capsys: Capture
) -> None:
    (shop / "shop/published.json").write_text(
        '{"version": 1, "api": "other", "schema_version": 1, "reasons": {}}'
    )
    shop.rename(tmp_path / "base")
    assert main(["diff", str(tmp_path / "base"), str(tmp_path / "base")]) == 2
    assert capsys.readouterr().err.endswith("has the ledger of other in the folder of shop.\n")


def test_nothing_makes_no_base(shop: Path, capsys: Capture) -> None:
    assert main(["check", ".", "--against", ""]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: A baseline is a folder, a file or a git ref, not nothing.\n"
    )


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(shop: Path) -> Path:
    git(shop, "init", "-q")
    git(shop, "add", "-A")
    git(shop, "commit", "-qm", "first")
    return shop


def test_a_hook_of_another_repository_does_not_mislead(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    git(tmp_path / "elsewhere", "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere/.git"))
    assert main(["check", ".", "--against", "HEAD"]) == 0


def test_a_link_out_of_the_catalogue_makes_no_base(
    committed: Path, tmp_path: Path, capsys: Capture
) -> None:
    schema = committed / "shop/envelope.schema.json"
    schema.rename(tmp_path / "e.json")
    schema.symlink_to(tmp_path / "e.json")
    git(committed, "commit", "-qam", "a link")
    assert main(["check", ".", "--against", "HEAD"]) == 2
    assert "The catalogue in HEAD cannot be unpacked" in capsys.readouterr().err


def test_a_fault_in_a_ref_is_told_under_its_name(committed: Path, capsys: Capture) -> None:
    (committed / "shop/orders.yaml").write_text("domain: [")
    git(committed, "commit", "-qam", "broken")
    assert main(["check", ".", "--against", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert "The first fault: HEAD/shop/orders.yaml:1:" in said
    assert "/tmp" not in said
