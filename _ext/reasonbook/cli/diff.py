"""``reasonbook diff``: what changed between two states of a catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from reasonbook.cli.arguments import catalogue_option
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.problems import printable


@click.command(
    short_help="Show what changed between two states.",
    epilog="\b\nExample:\n  reasonbook diff v1.0 HEAD --format markdown",
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@catalogue_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How the changes are printed.",
)
def diff(before: str, after: str, catalogue: Path, format_: str) -> int:
    """Show what changed from state A to state B, for a release note.

    Each is a git ref of the repository in which the catalogue is, or with a slash in it (./base) a
    folder, reasons.json or published.json. Exit codes: 0 no changes, 1 changes, 2 could not
    compare.
    """
    from reasonbook.ledger.base_state import BaselineError
    from reasonbook.ledger.baseline import read_baseline
    from reasonbook.render import difference

    try:
        old, new = read_baseline(before, catalogue), read_baseline(after, catalogue)
    except BaselineError as error:
        raise RefusedError(str(error)) from error
    for side, state in (("from", old), ("to", new)):
        for line in (f"{side} {state}.", *state.notes):
            click.echo(printable(line), err=True)
    changes = difference.difference(old.apis, new.apis)
    written = difference.text(changes) if format_ == "text" else difference.markdown(changes)
    for line in written.splitlines():
        click.echo(printable(line))
    if unread := [*old.unread, *new.unread]:
        raise RefusedError(f"Not everything could be compared. {' '.join(unread)}")
    return 1 if changes else 0
