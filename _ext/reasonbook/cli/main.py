"""The command line: click reads the arguments, a module for each command does the rest.

Nothing of the core is imported before a command runs, so that the help and the completion of a
shell come at once.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO, cast

import click

from reasonbook import __version__, limits
from reasonbook.cli.audit import audit
from reasonbook.cli.check import check
from reasonbook.cli.diff import diff
from reasonbook.cli.explain import explain
from reasonbook.cli.import_ import import_
from reasonbook.cli.init import init
from reasonbook.cli.migrate import migrate
from reasonbook.cli.mock import mock
from reasonbook.cli.new import new
from reasonbook.cli.output import CANNOT_WRITE, Output, RefusedError
from reasonbook.cli.publish import publish
from reasonbook.cli.rules import rules
from reasonbook.cli.status import status
from reasonbook.diagnostics.problems import printable

#: Set it to anything to see where in Reasonbook an internal error arose.
TRACEBACK_VARIABLE = "REASONBOOK_TRACEBACK"


@click.group(
    commands=[
        *(check, explain, audit, rules, status, mock, publish, diff, init, import_, new, migrate),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  reasonbook init my-shop\n"
    "  reasonbook check catalogue --against origin/main"
    "\n\n\b\nCompletion in bash, and with its name in zsh or fish:\n"
    '  eval "$(_REASONBOOK_COMPLETE=bash_source reasonbook)"',
)
@click.version_option(__version__, message="reasonbook %(version)s")
def reasonbook() -> None:
    """Keep a catalogue of the error reasons of HTTP APIs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 clean, 1 findings, 2 could not check."""
    if not sys.stderr:  # else what belongs there would be printed to standard output
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    if not sys.stdout:
        _say(CANNOT_WRITE)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files need not be Unicode
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(arguments)
    except OSError as error:
        _give_up(error)
    return 2


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command and say why it failed where it did; raise where that cannot be written."""
    try:
        with (
            contextlib.redirect_stdout(cast("TextIO", Output(sys.stdout))),
            contextlib.redirect_stderr(cast("TextIO", Output(sys.stderr))),
        ):
            code: int = reasonbook.main(arguments, prog_name="reasonbook", standalone_mode=False)
            sys.stdout.flush()
            return code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
    except click.ClickException as error:
        _refuse(error)
    except click.Abort:
        _say("interrupted")
    except OSError:
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        said = f"{type(error).__name__}: {error}"[: limits.SHOWN_ERROR_CHARACTERS]
        _say(f"internal error: {said}; please report it, with what {TRACEBACK_VARIABLE}=1 shows")
    return 2


def _say(message: str) -> None:
    click.echo(f"reasonbook: {printable(message)}", err=True)


def _refuse(error: click.ClickException) -> None:
    """Say why nothing was done, without the characters of an argument that steer a terminal."""
    hint = error.hint if isinstance(error, RefusedError) else ""
    if isinstance(error, click.UsageError) and error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        hint = f"`{error.ctx.command_path} --help` shows what it takes."
    _say(error.format_message())
    if hint:
        click.echo(f"  hint: {printable(hint)}", err=True)


def _give_up(error: OSError) -> None:
    """Say what failed, unless the reader of the output went away; nothing more fails at exit."""
    with contextlib.suppress(OSError):
        if not isinstance(error.__cause__ or error, BrokenPipeError):
            _say(str(error))
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
