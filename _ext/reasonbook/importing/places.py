"""Which reason of a folder a place in its files belongs to."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.yaml_nodes import MappingNode, SequenceNode
from reasonbook.text.yaml_reader import read_yaml

#: A code, a key of its reason, and the number in its list.
Place = tuple[str, str, int | None]


class Places:
    """The places of the reasons of a folder; a file is read when something in it is looked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[list[int], list[Place]]] = {}

    def find(self, at: Location) -> Place | None:
        """Return the code, the key and the number in its list of what is at a place."""
        name = Path(at.path).name
        if name not in self._known:
            self._known[name] = self._read(name)
        lines, places = self._known[name]
        index = bisect.bisect_right(lines, at.line) - 1
        return places[index] if index >= 0 else None

    def _read(self, name: str) -> tuple[list[int], list[Place]]:
        path = self._folder / name
        root = read_yaml(path, Problems()) if path.suffix == ".yaml" else None
        listed = root.entries.get("reasons") if root else None
        found = (
            sorted(_lines(listed), key=lambda pair: pair[0])
            if isinstance(listed, SequenceNode)
            else []
        )
        return [line for line, _ in found], [place for _, place in found]


def _lines(reasons: SequenceNode) -> Iterator[tuple[int, Place]]:
    """Yield the lines on which keys of reasons, and items of their lists, begin."""
    for item in reasons.items:
        code = item.entries.get("reason") if isinstance(item, MappingNode) else None
        if not isinstance(item, MappingNode) or code is None:
            continue
        name = str(getattr(code, "value", ""))
        for key, value in item.entries.items():
            yield value.key_line, (name, key, None)
            inside: Iterable[Any] = value.items if isinstance(value, SequenceNode) else ()
            for index, part in enumerate(inside):
                if key == "examples":
                    yield part.location.line, (name, key, index)
