"""What need not be made again: files that a former build left as they are, made from the same."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from sphinx.application import Sphinx

from reasonbook.sphinx.sphinx_domain import state_of


@dataclass
class Unchanged:
    """Groups of files of one output folder: each with its fingerprint, and how its files were left.

    The list is kept beside the doctrees: where Sphinx starts afresh, so does this.
    """

    outdir: Path
    path: Path
    former: dict[str, list[Any]]
    current: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, app: Sphinx, what: str) -> Unchanged:
        """Read what the last build noted."""
        folder = f"{crc32(str(app.outdir).encode()):08x}"  # builds may share the doctrees
        path = Path(app.doctreedir, "reasonbook-made", folder, f"{what}.json")
        former: dict[str, list[Any]] = {}
        if not state_of(app.env).is_fresh:
            with suppress(OSError, ValueError):
                former = json.loads(path.read_bytes())
        return cls(Path(app.outdir), path, former)

    def names(self, group: str, fingerprint: str) -> list[str] | None:
        """Return the files of a group, if they were made from the same and nobody touched them."""
        made = self.former.get(group)
        if made is None or made[0] != fingerprint:
            return None
        names = [*made[1]]
        if self._state(fingerprint, names) != made:
            return None
        self.current[group] = made
        return names

    def note(self, group: str, fingerprint: str, names: Iterable[str]) -> None:
        """Note from what the files of a group were made."""
        self.current[group] = self._state(fingerprint, names)

    def keep(self) -> None:
        """Keep the list for the next build."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.current), encoding="utf-8")

    def _state(self, fingerprint: str, names: Iterable[str]) -> list[Any]:
        return [fingerprint, {name: self._left(name) for name in names}]

    def _left(self, name: str) -> list[int]:
        with suppress(OSError):
            found = os.stat(f"{self.outdir}/{name}")  # noqa: PTH116 (a Path takes longer)
            return [found.st_size, found.st_mtime_ns]
        return []
