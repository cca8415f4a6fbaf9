"""The command line: reads arguments, calls the core, prints."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reasonbook import __version__

from .check import run_check


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
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
    check.set_defaults(run=lambda arguments: run_check(arguments.catalogue))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 clean, 1 findings, 2 could not check."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files need not be Unicode
            stream.reconfigure(errors="backslashreplace")
    try:
        parsed = build_parser().parse_args(arguments)
        code: int = parsed.run(parsed)
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        _give_up(error)
        return 2
    return code


def _give_up(error: OSError) -> None:
    """Say why the output ended, unless its reader went away; and let nothing more fail at exit."""
    with contextlib.suppress(OSError):
        if not isinstance(error, BrokenPipeError):
            print(f"reasonbook: {error}", file=sys.stderr)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
