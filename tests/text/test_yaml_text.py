"""The data of a file is there at once, the places in it when one is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.text import yaml_text
from reasonbook.text.yaml_nodes import MappingNode, descend
from reasonbook.text.yaml_reader import parse_yaml
from reasonbook.text.yaml_text import YamlText, read_yaml_text


def read(path: Path, text: str) -> YamlText:
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    file = read_yaml_text(path, problems)
    assert [*map(str, problems)] == []
    assert file is not None
    return file


@pytest.mark.parametrize(
    ("text", "is_usual"), [("a:\n  - b: c\n", True), ("a:\n  - b: c  # d\n", False)]
)
def test_the_same_data_and_places_in_usual_form_or_not(
    tmp_path: Path, text: str, is_usual: bool
) -> None:
    path = tmp_path / "file.yaml"
    file = read(path, text)
    assert file.is_usual is is_usual
    assert file.data == {"a": [{"b": "c"}]}
    found = descend(file.find_root(), ("a", 0, "b")).location
    assert found == Location(display_path(path), 2, 8)


def test_a_file_is_read_again_once_and_only_for_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def parse(text: str, *told: Any) -> MappingNode | None:
        asked.append(text)
        return parse_yaml(text, *told)

    monkeypatch.setattr(yaml_text, "parse_yaml", parse)
    file = read(tmp_path / "file.yaml", "a: b\n")
    assert asked == []
    assert file.find_root() is file.find_root()
    assert asked == ["a: b\n"]


@pytest.mark.parametrize("later", ["x: y\na: b\n", "a: [\n", None])
def test_the_place_in_a_file_that_was_changed_is_the_file(
    tmp_path: Path, later: str | None
) -> None:
    path = tmp_path / "file.yaml"
    file = read(path, "a: b\n")
    path.unlink() if later is None else path.write_text(later, encoding="utf-8")
    assert descend(file.find_root(), ("a",)).location == Location(display_path(path))


def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: b\na: c\n", encoding="utf-8")
    problems = Problems()
    file = read_yaml_text(path, problems)
    assert file is not None
    assert file.data == {"a": "b"}
    assert [problem.location.line for problem in problems] == [2]
