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

    Each is a folder, reasons.json, published.json, or a git ref, which is looked up in the
    repository of the catalogue. Exit codes: 0 no changes, 1 changes, 2 could not compare.
    """
    from reasonbook.ledger.baseline import BaselineError, read_baseline
    from reasonbook.render import difference

    try:
        old, new = read_baseline(before, catalogue), read_baseline(after, catalogue)
        changes = difference.difference(old, new)
    except BaselineError as error:
        raise RefusedError(str(error)) from error
    written = difference.text(changes) if format_ == "text" else difference.markdown(changes)
    for line in written.splitlines():
        click.echo(printable(line))
    return 1 if changes else 0
