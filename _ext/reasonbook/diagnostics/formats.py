"""How findings are printed: for people, for programs, and as annotations of GitHub."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

import click

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Note, Problem, printable

#: Where the rules are documented: on the site, each under its name.
SITE_URL_VARIABLE = "REASONBOOK_SITE_URL"

#: Where GitHub's runners check out the repository.
WORKSPACE_VARIABLE = "GITHUB_WORKSPACE"

_COLOURS = {"error": "red", "warning": "yellow"}


def rule_url(name: str) -> str:
    """Return the address of a rule's documentation; relative to the site where none is known."""
    base = os.environ.get(SITE_URL_VARIABLE, "").rstrip("/")
    return f"{base}/rules.html#{name}".lstrip("/")


def print_text(problems: Iterable[Problem], notes: Iterable[Note], out: TextIO) -> None:
    """Print each finding with its hint; in colour only on a terminal that wants it.

    Notes go to standard error: standard output is for findings.
    """
    for note in notes:
        click.echo(printable(f"{note.location}: note: {note.message}"), err=True)
    is_plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    for problem in problems:
        label = f"{problem.severity}[{problem.rule.label}]"
        marked = click.style(label, fg=_COLOURS[problem.severity], bold=True)
        text = str(problem).replace(label, marked, 1)
        click.echo(text, file=out, color=False if is_plain else None)


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
    click.echo(json.dumps({"version": 1, "findings": findings, "notes": told}, indent=2), file=out)


def _place(location: Location) -> dict[str, Any]:
    entry = {"entry": location.entry} if location.entry else {}
    return {"path": location.path, "line": location.line, "column": location.column, **entry}


def print_github(problems: Iterable[Problem], notes: Iterable[Note], out: TextIO) -> None:
    """Print workflow commands, which GitHub shows beside the lines of a change."""
    for problem in problems:
        text = f"{printable(problem.message)}\nHint: {printable(problem.hint)}"
        click.echo(_command(problem.severity, problem.location, problem.rule.label, text), file=out)
    for note in notes:
        click.echo(_command("notice", note.location, "note", printable(note.message)), file=out)


def _command(name: str, at: Location, title: str, text: str) -> str:
    where = {
        "file": _in_repository(at.path),
        "line": str(at.line),
        "col": str(at.column),
        "title": title,
    }
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    entry = f"Entry {at.entry}: " if at.entry else ""
    return f"::{name} {properties}::{_data(entry + text)}"


def _in_repository(path: str) -> str:
    """Return a path from the root of the repository, links followed, where GitHub looks it up."""
    workspace = os.environ.get(WORKSPACE_VARIABLE)
    file, top = Path(path).resolve(), Path(workspace or ".").resolve()
    return file.relative_to(top).as_posix() if workspace and file.is_relative_to(top) else path


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
