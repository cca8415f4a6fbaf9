"""A line on the terminal that says how far a long run is, and is gone when the result comes."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.problems import printable
from reasonbook.diagnostics.progress import shown_by


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[None]:
    """Show how far the core is, if that is *wanted* and people look on: not in a pipe or in CI."""
    if not (wanted and sys.stdout.isatty() and sys.stderr.isatty()):
        yield
        return
    line = _Line()
    with shown_by(line.track):
        try:
            yield
        finally:
            line.erase()


class _Line:
    """One line of standard error, written again and again."""

    def __init__(self) -> None:
        self._next = time.monotonic() + limits.PROGRESS_SECONDS
        self._width = 0

    def track(self, items: Sequence[Any], doing: str) -> Iterator[Any]:
        """Yield the items, and show the number of each."""
        for number, item in enumerate(items, 1):
            if time.monotonic() >= self._next:
                self._show(f"{doing}: {number:,} of {len(items):,}")
            yield item

    def _show(self, text: str) -> None:
        text = printable(text)[: shutil.get_terminal_size().columns - 1]
        self._write(text.ljust(self._width))
        self._width = len(text)
        self._next = time.monotonic() + limits.PROGRESS_INTERVAL_SECONDS

    def erase(self) -> None:
        """Leave nothing of the line."""
        if self._width:
            self._write(" " * self._width)
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()
