"""A YAML file as bare data; the places in it are found when something is shown at one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.files import read_text
from reasonbook.text.yaml_nodes import MappingNode, Plain, plain
from reasonbook.text.yaml_reader import parse_yaml
from reasonbook.text.yaml_usual import read_usual


@dataclass(frozen=True, slots=True)
class YamlText:
    """The text of a file, and the data in it; where that is usual, no value ends at a comment."""

    text: str
    data: dict[str, Plain]
    is_usual: bool
    find_root: Callable[[], MappingNode]


def read_yaml_text(path: Path, problems: Problems) -> YamlText | None:
    """Read a file as :func:`~reasonbook.text.yaml_reader.read_yaml` does."""
    text = read_text(path, problems)
    return None if text is None else parse_yaml_text(text, path, problems)


def parse_yaml_text(text: str, path: Path, problems: Problems) -> YamlText | None:
    """Parse the text of the file at *path* in the same way."""
    shown = display_path(path)
    if (data := read_usual(text)) is not None:
        # Its text is not kept, since a large catalogue has a lot of it, and few places are shown.
        again = cache(partial(_read_again, path, shown, hash(text)))
        return YamlText(text, data, is_usual=True, find_root=again)
    root = parse_yaml(text, shown, problems)
    if root is None:
        return None
    data = {key: plain(node) for key, node in root.entries.items()}
    return YamlText(text, data, is_usual=False, find_root=lambda: root)


def _read_again(path: Path, shown: str, known: int) -> MappingNode:
    """Return the places of a file, or of the file alone where it is another by now."""
    problems = Problems()
    text = read_text(path, problems)
    root = parse_yaml(text, shown, problems) if text and hash(text) == known else None
    return root or MappingNode({}, shown, 1, 1)
