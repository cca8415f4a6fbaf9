"""What need not be made again: files that a former build left as they are, made from the same."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from sphinx.application import Sphinx

from reasonbook.sphinx.own_files import write_if_changed
from reasonbook.sphinx.sphinx_domain import state_of

#: What was made, and how the file is since then: its fingerprint, size and time.
_Made = tuple[str, int, int]


@dataclass
class Unchanged:
    """The files of one output folder, by their names there.

    The list is kept beside the doctrees: where Sphinx starts afresh, so does this.
    """

    outdir: Path
    path: Path
    former: dict[str, _Made]
    current: dict[str, _Made] = field(default_factory=dict)

    @classmethod
    def of(cls, app: Sphinx, what: str) -> Unchanged:
        """Read what the last build noted of the files of a kind."""
        folder = f"{crc32(str(app.outdir).encode()):08x}"  # builds may share the doctrees
        path = Path(app.doctreedir, "reasonbook-made", folder, f"{what}.json")
        former = {}
        if not state_of(app.env).is_fresh:
            with suppress(OSError, ValueError):
                former = {n: (*made,) for n, made in json.loads(path.read_bytes()).items()}
        return cls(Path(app.outdir), path, former)

    def has(self, name: str, fingerprint: str) -> bool:
        """Tell whether a file was made from this, and nobody touched it since."""
        made = self.former.get(name)
        if made is None or made != self._made(name, fingerprint):
            return False
        self.current[name] = made
        return True

    def note(self, name: str, fingerprint: str) -> None:
        """Note that a file was made from this, and is written."""
        if made := self._made(name, fingerprint):
            self.current[name] = made

    def keep(self) -> None:
        """Keep the list for the next build."""
        write_if_changed(self.path, json.dumps(self.current))

    def _made(self, name: str, fingerprint: str) -> _Made | None:
        with suppress(OSError):
            found = (self.outdir / name).stat()
            return fingerprint, found.st_size, found.st_mtime_ns
        return None
