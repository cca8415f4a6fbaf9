"""The command line: reads arguments, calls the core, prints."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO, cast

from reasonbook import __version__, limits
from reasonbook.cli.check import run_check
from reasonbook.cli.diff import run_diff
from reasonbook.cli.init import register_init
from reasonbook.cli.new import register_new
from reasonbook.cli.output import CANNOT_WRITE, Output
from reasonbook.cli.publish import run_publish
from reasonbook.diagnostics.formats import FORMATS
from reasonbook.diagnostics.problems import printable

#: Set it to anything to see where in Reasonbook an internal error arose.
TRACEBACK_VARIABLE = "REASONBOOK_TRACEBACK"


class _Parser(argparse.ArgumentParser):
    """Repeats what was typed without the characters that steer a terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser: argparse.ArgumentParser = _Parser(
        prog="reasonbook", description="Keep a catalogue of the error reasons of HTTP APIs."
    )
    parser.add_argument("--version", action="version", version=f"reasonbook {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="hold a catalogue to all rules",
        description="Hold a catalogue to all rules. Exit codes: 0 clean, 1 findings, 2 could not "
        "check.",
    )
    check.add_argument(
        "catalogue", nargs="?", type=Path, default=Path("catalogue"), help="default: catalogue"
    )
    check.add_argument(
        "--against",
        metavar="BASE",
        help="hold it also to what BASE published: a folder, reasons.json, published.json or a "
        "git ref",
    )
    check.add_argument(
        "--format", choices=FORMATS, default="text", help="of the findings; default: text"
    )
    check.set_defaults(
        run=lambda given: run_check(given.catalogue, against=given.against, format_=given.format)
    )
    publish = commands.add_parser(
        "publish",
        help="write the ledger of published reasons",
        description="Write published.json of every API: what clients may rely on from now on. A "
        "step of a release.",
    )
    publish.add_argument(
        "catalogue", nargs="?", type=Path, default=Path("catalogue"), help="default: catalogue"
    )
    publish.add_argument("--date", metavar="YYYY-MM-DD", help="of the release; default: today")
    publish.set_defaults(run=lambda given: run_publish(given.catalogue, given.date))
    diff = commands.add_parser(
        "diff",
        help="tell what changed between two states",
        description="Tell what changed from one state to another, for a release note. Each is a "
        "folder, reasons.json, published.json or a git ref. Exit codes: 0 no changes, 1 changes, "
        "2 could not compare.",
    )
    diff.add_argument("before", metavar="A")
    diff.add_argument("after", metavar="B")
    diff.add_argument(
        "--catalogue", type=Path, default=Path("catalogue"), help="where git refs are looked up"
    )
    diff.add_argument("--format", choices=("text", "markdown"), default="text")
    diff.set_defaults(
        run=lambda given: run_diff(given.before, given.after, given.catalogue, given.format)
    )
    register_init(commands)
    register_new(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 clean, 1 findings, 2 could not check."""
    if not sys.stderr:  # else what belongs there would be printed to standard output
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    if not sys.stdout:
        print(f"reasonbook: {CANNOT_WRITE}", file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files need not be Unicode
            stream.reconfigure(errors="backslashreplace")
    output = Output(sys.stdout)
    try:
        with contextlib.redirect_stdout(cast("TextIO", output)):
            code = _run(arguments, output)
            output.flush()
    except OSError as error:
        _give_up(error, output)
        return 2
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        said = printable(f"{type(error).__name__}: {error}")[: limits.SHOWN_ERROR_CHARACTERS]
        print(
            f"reasonbook: internal error: {said}; please report it, with what "
            f"{TRACEBACK_VARIABLE}=1 shows",
            file=sys.stderr,
        )
        return 2
    return code


def _run(arguments: Sequence[str] | None, output: Output) -> int:
    try:
        parsed = build_parser().parse_args(arguments)
    except SystemExit:  # after --help, for one
        output.flush()
        if output.error:
            raise output.error from None
        raise
    code: int = parsed.run(parsed)
    return code


def _give_up(error: OSError, output: Output) -> None:
    """Say why the output ended, unless its reader went away; and let nothing more fail at exit."""
    with contextlib.suppress(OSError):
        output.flush()
    failed = output.error
    with contextlib.suppress(OSError):
        if not isinstance(failed or error, BrokenPipeError):
            said = f"{CANNOT_WRITE}: {failed.strerror}" if failed else error
            print(f"reasonbook: {said}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
