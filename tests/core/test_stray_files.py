from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.core.loader import load_catalogue


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "shop/README.md",
        "shop/.orders.yaml.swp",
        "shop/orders.yaml~",
        "shop/#orders.yaml#",
        "shop/orders.yaml.orig",
        "shop/.vscode/settings.json",
        "shop/.drafts/orders.yaml",
        "shop/pictures/one.json",
        ".pre-commit-config.yaml",
        "api.schema.json",
    ],
)
def test_what_is_no_part_of_a_catalogue_is_left_alone(name: str, shop: Path) -> None:
    path = shop / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("domain: orders\n")
    assert [*load_catalogue(shop).problems] == []


def test_a_link_to_a_file_of_another_api_is_read(shop: Path) -> None:
    (shop / "common").mkdir()
    (shop / "shop/envelope.schema.json").rename(shop / "common/envelope.schema.json")
    (shop / "shop/envelope.schema.json").symlink_to("../common/envelope.schema.json")
    said = [problem.location.path for problem in load_catalogue(shop).problems]
    assert said == ["common/api.yaml"]


def test_the_folder_of_an_api_may_be_a_link(shop: Path, tmp_path: Path) -> None:
    (shop / "shop").rename(tmp_path / "errors")
    (shop / "shop").symlink_to(tmp_path / "errors")
    (tmp_path / "errors/orders.yaml").rename(tmp_path / "errors/.orders")
    (tmp_path / "errors/orders.yaml").symlink_to(".orders")
    assert [*load_catalogue(shop).problems] == []
