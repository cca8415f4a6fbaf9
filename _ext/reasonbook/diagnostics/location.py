"""Where a value is in a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Location(NamedTuple):
    """A place in a text file; line and column count from 1, columns count characters.

    A tuple, since every value of a catalogue has one.
    """

    path: str
    line: int = 1
    column: int = 1
    entry: int = 0  # of a recording, from 1; then line and column say nothing

    def __str__(self) -> str:
        if self.entry:
            return f"{self.path}#entry {self.entry}"
        return f"{self.path}:{self.line}:{self.column}"


def display_path(path: Path) -> str:
    """Return *path* as people type it: relative to the working directory where it is inside."""
    absolute = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
    relative = os.path.relpath(absolute)
    outside = Path(relative).parts[:1] == (os.pardir,)
    return absolute if outside else Path(relative).as_posix()
