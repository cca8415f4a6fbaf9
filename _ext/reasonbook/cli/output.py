"""How a command ends without a result: it refuses, or its output cannot be written."""

from __future__ import annotations

from typing import Any, TextIO

import click

from reasonbook.diagnostics.problems import Problems

CANNOT_WRITE = "cannot write to standard output"


class RefusedError(click.ClickException):
    """What was asked for cannot be done; nothing was touched."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class CannotWriteError(OSError):
    """Standard output failed, and not one of the files that a command writes."""

    def __str__(self) -> str:
        cause = self.__cause__
        return f"{CANNOT_WRITE}: {cause.strerror if isinstance(cause, OSError) else cause}"


def counted(problems: Problems) -> str:
    """Return how many findings there are, by their severity."""
    from reasonbook.render.wording import number

    counts = {"problem": problems.errors, "warning": len(problems) - problems.errors}
    return ", ".join(number(count, what) for what, count in counts.items() if count)


class Output:
    """Standard output, whose errors can be told from those of other files."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write *text*."""
        try:
            return self._stream.write(text)
        except OSError as error:
            raise CannotWriteError from error

    def flush(self) -> None:
        """Write what is waiting."""
        try:
            self._stream.flush()
        except OSError as error:
            raise CannotWriteError from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
