from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.diagnostics.location import Location, display_path


def test_a_location_reads_like_that_of_a_compiler() -> None:
    assert str(Location("shop/api.yaml", 3, 5)) == "shop/api.yaml:3:5"


def test_a_file_as_a_whole_is_its_first_character() -> None:
    assert str(Location("shop/api.yaml")) == "shop/api.yaml:1:1"


def test_locations_are_in_the_order_of_reading() -> None:
    places = [Location("b", 1, 1), Location("a", 10, 2), Location("a", 9, 30), Location("a", 10, 1)]
    assert list(map(str, sorted(places))) == ["a:9:30", "a:10:1", "a:10:2", "b:1:1"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("shop/api.yaml", "shop/api.yaml"),
        ("./shop/../shop/api.yaml", "shop/api.yaml"),
        ("{here}/shop/api.yaml", "shop/api.yaml"),
        ("{here}", "."),
        ("../elsewhere", "{above}/elsewhere"),
        ("..shop", "..shop"),
    ],
)
def test_a_path_is_shown_from_where_one_stands(
    typed: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    places = {"here": str(here), "above": str(tmp_path)}
    assert display_path(Path(typed.format(**places))) == shown.format(**places)


def test_a_link_is_shown_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to("/")
    monkeypatch.chdir(tmp_path)
    assert display_path(Path("link/api.yaml")) == "link/api.yaml"
