"""``reasonbook check``: all rules on a catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from reasonbook.cli.arguments import catalogue_argument, findings_format
from reasonbook.cli.output import RefusedError, counted
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import printable
from reasonbook.diagnostics.progress_line import progress

# Under these rules something was not looked at, so it may have any fault.
COULD_NOT_CHECK = frozenset({"empty-catalogue", "newer-format", "unreadable-file"})


@click.command(
    short_help="Check a catalogue by all rules.",
    epilog="\b\nExamples:\n  reasonbook check\n  reasonbook check catalogue --against origin/main",
)
@catalogue_argument
@click.option(
    "--against",
    metavar="BASE",
    help="Compare it also with what BASE published: a git ref, or with a slash in it (./base) a "
    "folder, reasons.json or published.json.",
)
@findings_format
def check(catalogue: Path, against: str | None, format_: str) -> int:
    """Check the folder CATALOGUE by all rules; it is "catalogue" unless you name another.

    Exit codes: 0 clean or only warnings, 1 findings, 2 could not check.
    """
    from reasonbook.checking import (
        check_catalogue,
        compare_with_base,
        large_domains,
        not_on_record,
    )
    from reasonbook.diagnostics.location import Location
    from reasonbook.diagnostics.problems import Note
    from reasonbook.ledger.base_state import BaselineError
    from reasonbook.ledger.baseline import read_baseline
    from reasonbook.render.wording import number

    unread: list[str] = []
    with progress(wanted=format_ == "text"):
        checked = check_catalogue(catalogue)
        notes = large_domains(checked.catalogue) + not_on_record(checked)
        if against is not None:
            try:
                base = read_baseline(against, catalogue)
            except BaselineError as error:
                raise RefusedError(str(error)) from error
            at, unread = Location(display_path(catalogue)), base.unread
            told = [f"Compared with {base}.", *base.notes]
            said = [Note(at, text) for text in told]
            notes = said + notes + compare_with_base(checked, base.apis)
    problems = checked.problems
    print_problems(problems, format_, notes)
    shown = printable(display_path(catalogue))
    if problems:
        is_partial = any(problem.rule.label in COULD_NOT_CHECK for problem in problems)
        left = "; not everything could be checked" if is_partial else ""
        click.echo(f"{counted(problems)} in {shown}{left}", err=True)
    if unread:
        raise RefusedError(f"Not everything could be compared. {' '.join(unread)}")
    if problems:
        return 2 if is_partial else 1 if problems.errors else 0
    if format_ == "text":
        apis = checked.catalogue.apis.values()
        reasons = [*checked.catalogue.reasons()]
        counts = (
            number(len(apis), "API"),
            number(len(reasons), "reason"),
            number(sum(len(reason.examples) for reason in reasons), "example"),
        )
        click.echo(f"{shown}: {', '.join(counts)}: clean")
    return 0
