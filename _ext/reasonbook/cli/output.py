"""Standard output that remembers whether it could be written."""

from __future__ import annotations

from typing import Any, TextIO

CANNOT_WRITE = "cannot write to standard output"


class Output:
    """Passes everything on to a stream, and keeps the error where that fails.

    Some writers, such as that of ``--help``, pass over errors; and where nothing is buffered, no
    later flush would raise them again.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def write(self, text: str) -> int:
        """Write *text*; raise and keep the error where that fails."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Write what is waiting; raise and keep the error where that fails."""
        try:
            self._stream.flush()
        except OSError as error:
            self.error = error
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
