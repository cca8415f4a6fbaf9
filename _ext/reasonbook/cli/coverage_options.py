"""The options of ``reasonbook audit`` that are about coverage, and what they lead to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.location import Location, display_path

if TYPE_CHECKING:
    from reasonbook.auditing.audit import Audited
    from reasonbook.diagnostics.problems import Note
    from reasonbook.format.model import Api, Catalogue

F = TypeVar("F", bound=Callable[..., Any])
SUFFIXES = (".txt", ".json", ".html", ".md")


def _file(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{path} ends in none of {', '.join(SUFFIXES)}.")
    return path


def _percent(_: click.Context, __: click.Parameter, percent: float | None) -> float | None:
    if percent is not None and math.isnan(percent):  # which is in every range
        raise click.BadParameter("nan is not a number from 0 to 100.")
    return percent


_OPTIONS = (
    click.option(
        "--coverage",
        "coverage_file",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=_file,
        help="Write which documented reasons were seen: a table in FILE.txt, data in FILE.json, a "
        "page in FILE.html, or a comment for a pull request in FILE.md.",
    ),
    click.option(
        "--fail-under",
        metavar="PERCENT",
        type=click.FloatRange(0, 100),
        callback=_percent,
        help="Fail where less of the documented reasons of an API was seen.",
    ),
    click.option(
        "--except",
        "excepted",
        metavar="API/REASON",
        multiple=True,
        help="Do not ask for this reason; fails where it is seen all the same. May be repeated.",
    ),
    click.option(
        "--exceptions",
        "exception_files",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        multiple=True,
        help="The same from a file: one API/REASON a line, and why after a #.",
    ),
)


def coverage_options(command: F) -> F:
    """Add the options to a command; it hands what it gets on to :class:`CoverageOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class CoverageOptions:
    """What was asked for."""

    coverage_file: Path | None
    fail_under: float | None
    excepted: Sequence[str]
    exception_files: Sequence[Path]

    def apply(self, audited: Audited, catalogue: Catalogue, named: Api | None) -> list[Note]:
        """Write the file that was asked for; return how much was seen of each API.

        *named* is the only one that counts, if any; else those that a recording is about. What is
        demanded and not there joins the problems of the audit. Without a recording there is
        nothing to count.
        """
        if not audited.recordings:
            self._refuse_if_used()
            return []
        from reasonbook.auditing.coverage.demands import Exempt, checked_coverage, read_exceptions
        from reasonbook.auditing.coverage.formats import FORMATS
        from reasonbook.cli.file_writing import write_files
        from reasonbook.diagnostics.problems import Note

        at, problems = Location(display_path(catalogue.root)), audited.problems
        exceptions = [Exempt(name, at) for name in self.excepted]
        for path in self.exception_files:
            exceptions += read_exceptions(path, problems)
        every = [*catalogue.apis.values()]
        about = [api for api in every if api.name in audited.about] or every
        apis = [named] if named else about
        found = checked_coverage(
            apis, audited.seen, exceptions, self.fail_under, catalogue, problems
        )
        if self.coverage_file:
            text = FORMATS[self.coverage_file.suffix.lower()](found)
            write_files([(self.coverage_file, text)])
        is_asked = bool(named or self.coverage_file or self.fail_under is not None)
        said = {
            each.api.path: f"{each.summary}."
            for each in found
            if is_asked or audited.seen.of(each.api.name)
        }
        for api in every if is_asked and not named else ():
            if api not in apis:
                said[api.path] = (
                    f"{api.name}: not counted, since no recording shows an answer of it; "
                    f"--api {api.name} demands it."
                )
        return [Note(Location(display_path(path)), text) for path, text in said.items()]

    def _refuse_if_used(self) -> None:
        used = {
            "--coverage": self.coverage_file,
            "--fail-under": self.fail_under is not None,
            "--except": self.excepted,
            "--exceptions": self.exception_files,
        }
        if name := next((name for name, value in used.items() if value), None):
            raise RefusedError(
                f"{name} is about what recordings show, and none of the files is a recording.",
                "Give a HAR file, JSON Lines, or a cassette of VCR, too.",
            )
