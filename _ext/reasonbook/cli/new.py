"""``reasonbook new``: a reason skeleton at the end of its domain."""

from __future__ import annotations

from pathlib import Path

import click

from reasonbook.cli.arguments import catalogue_option, next_step
from reasonbook.diagnostics.problems import printable


@click.command(
    short_help="Add a reason skeleton to a domain.",
    epilog="\b\nExample:\n  reasonbook new my-shop/orders ORDER_NOT_FOUND --http 404",
)
@click.argument("place", metavar="API/DOMAIN")
@click.argument("reason")
@click.option("--http", type=int, metavar="N", help="Its HTTP status.")
@click.option("--status", metavar="S", help="Its canonical status, where the API has them.")
@catalogue_option
def new(place: str, reason: str, http: int | None, status: str | None, catalogue: Path) -> int:
    """Add a skeleton of REASON at the end of a domain, and the domain where there is none.

    What only you can know is left as <FILL IN ...>, and `reasonbook check` names it.
    """
    from reasonbook.cli.add_reason import add_reason

    if http is not None and status is not None:
        raise click.UsageError("--http and --status exclude each other.")
    for line in add_reason(catalogue, place, reason, status, http):
        click.echo(printable(line))
    click.echo(next_step(catalogue))
    return 0
