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


def test_a_folder_that_lies_elsewhere_is_not_walked_through(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.yaml").write_text("a: b")
    (shop / "shop/notes").symlink_to(tmp_path / "elsewhere")
    assert main(["check", "."]) == 0


def test_a_link_out_of_the_catalogue_is_one_finding(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.yaml").write_text("a: b")
    (shop / "shop/more.yaml").symlink_to(tmp_path / "secret.yaml")
    assert main(["check", "."]) != 0
    assert capsys.readouterr().out == (
        "shop/more.yaml:1:1: error[unreadable-file]: The file is a link that leads out of the "
        "catalogue.\n  hint: Copy the file to this place.\n"
    )


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
