"""Which files beside the catalogue's own are taken for a misspelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.cli.main import main


@pytest.mark.parametrize(
    "name",
    [
        *("openapi.json", "errors.json", "permissions.json", "organizations.json"),
        *("published.schema.json", "README.md", "~$orders.yaml", "orders.yaml~", ".DS_Store"),
    ],
)
def test_files_of_another_purpose_may_lie_there(name: str, shop: Path) -> None:
    (shop / "shop" / name).write_text("{}")
    assert main(["check", "."]) == 0


@pytest.mark.parametrize(
    ("name", "meant"),
    [("operation.json", "operations.json"), ("publish.json", "published.json")],
)
def test_a_misspelt_file_is_told(
    name: str, meant: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop" / name).write_text("{}")
    assert main(["check", "."]) == 1
    assert f"hint: Did you mean {meant}?" in capsys.readouterr().out


def test_while_api_yaml_is_broken_any_file_may_be_the_schema(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop/publish.json").write_text("{}")
    (shop / "shop/api.yaml").write_text('title: "open')
    assert main(["check", "."]) != 0
    assert "publish.json" not in capsys.readouterr().out
