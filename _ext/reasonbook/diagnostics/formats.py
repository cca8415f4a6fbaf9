"""How findings are printed: for people, for programs, and as annotations of GitHub."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Note, Problem, printable

#: Where the rules are documented: on the site, each under its name.
SITE_URL_VARIABLE = "REASONBOOK_SITE_URL"

_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def rule_url(name: str) -> str:
    """Return the address of a rule's documentation; relative to the site where none is known."""
    base = os.environ.get(SITE_URL_VARIABLE, "").rstrip("/")
    return f"{base}/rules.html#{name}".lstrip("/")


def print_text(problems: Iterable[Problem], notes: Iterable[Note], out: TextIO) -> None:
    """Print each finding with its hint; in colour only on a terminal that wants it.

    Notes go to standard error: standard output is for findings.
    """
    for note in notes:
        print(printable(f"{note.location}: note: {note.message}"), file=sys.stderr)
    colour = out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    for problem in problems:
        text = str(problem)
        if colour:
            head, line, hint = text.partition("\n")
            label = f"{problem.severity}[{problem.rule.label}]"
            marked = f"{_COLOURS[problem.severity]}{_BOLD}{label}{_PLAIN}"
            text = head.replace(label, marked, 1) + line + hint
        print(text, file=out)


def print_json(problems: Iterable[Problem], notes: Iterable[Note], out: TextIO) -> None:
    """Print one JSON document; texts are as they are, since JSON escapes what is unsafe."""
    findings = [
        {
            "rule": problem.rule.label,
            "severity": problem.severity,
            **_place(problem.location),
            "message": problem.message,
            "hint": problem.hint,
            "url": rule_url(problem.rule.label),
        }
        for problem in problems
    ]
    told = [{**_place(note.location), "message": note.message} for note in notes]
    print(json.dumps({"version": 1, "findings": findings, "notes": told}, indent=2), file=out)


def _place(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}


def print_github(problems: Iterable[Problem], notes: Iterable[Note], out: TextIO) -> None:
    """Print workflow commands, which GitHub shows beside the lines of a change."""
    for problem in problems:
        text = f"{printable(problem.message)}\nHint: {printable(problem.hint)}"
        print(_command(problem.severity, problem.location, problem.rule.label, text), file=out)
    for note in notes:
        print(_command("notice", note.location, "note", printable(note.message)), file=out)


def _command(name: str, at: Location, title: str, text: str) -> str:
    where = {"file": at.path, "line": str(at.line), "col": str(at.column), "title": title}
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{name} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Iterable[Problem], Iterable[Note], TextIO], None]] = {
    "text": print_text,
    "json": print_json,
    "github": print_github,
}


def print_problems(problems: Iterable[Problem], format_: str, notes: Iterable[Note] = ()) -> None:
    """Print findings to standard output in one of :data:`FORMATS`."""
    FORMATS[format_](problems, notes, sys.stdout)
    sys.stdout.flush()  # where that fails, nothing is said of findings that nobody saw
