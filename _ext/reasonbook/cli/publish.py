"""``reasonbook publish``: writes the ledger of what is published; a step of a release."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasonbook import limits
from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.cli.arguments import catalogue_argument, shown
from reasonbook.cli.file_writing import locked, write_files
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import printable

if TYPE_CHECKING:
    from reasonbook.format.model import Reason


@click.command(
    short_help="Write the ledger of published reasons.",
    epilog="\b\nExample:\n  reasonbook publish --date 2026-04-25",
)
@catalogue_argument
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the release; today if left out.")
def publish(catalogue: Path, date: str | None) -> int:
    """Write published.json of every API: what clients may rely on from now on.

    A step of a release; nothing is written where the catalogue breaks a rule. Exit codes: 0
    written, 1 findings, 2 could not check.
    """
    from reasonbook.format.dates import is_date

    today = date or datetime.date.today().isoformat()
    if not is_date(today):
        raise RefusedError(f"{shown(today)} is not a date such as 2026-04-25.")
    with locked(catalogue):
        return _publish(catalogue, today)


def _publish(catalogue: Path, today: str) -> int:
    from reasonbook.checking import check_catalogue
    from reasonbook.ledger.file import write_ledger
    from reasonbook.ledger.publishing import publish as published
    from reasonbook.ledger.record import is_published

    checked = check_catalogue(catalogue)
    print_problems(checked.problems, "text")
    apis = checked.catalogue.apis.values()
    if checked.problems.errors:
        click.echo("Nothing was published.", err=True)
        return 1 if apis else 2
    early = [
        f"{at}: {reason.name} is {what} on {day}, which is after {today}."
        for reason in checked.catalogue.reasons()
        if is_published(reason)
        for at, what, day in _days(reason)
        if day > today
    ]
    early += [
        f"{ledger.node.location}: The last release was on {ledger.last_day}, after {today}."
        for ledger in checked.ledgers.values()
        if ledger.last_day > today
    ]
    if early:
        click.echo("\n".join(map(printable, early)))
        click.echo("Nothing was published.", err=True)
        return 1
    written = []
    for api in apis:
        path, before = api.path.parent / LEDGER_FILE, checked.ledgers.get(api.name)
        after = published(api, before, today)
        text = write_ledger(after)
        if len(text.encode()) > limits.LEDGER_BYTES:  # which nobody could check
            raise RefusedError(
                f"{display_path(path)} would have more than {limits.LEDGER_BYTES:,} bytes.",
                "Divide the API into several.",
            )
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            click.echo(f"{display_path(path)}: nothing new")
            continue
        written.append((path, text))
        fresh = len(after.entries) - (len(before.entries) if before else 0)
        click.echo(f"{display_path(path)}: {len(after.entries)} reasons, {fresh} of them new")
    write_files(written)
    return 0


def _days(reason: Reason) -> Iterator[tuple[Location, str, str]]:
    """Yield the days that must have come when a reason is published."""
    from reasonbook.format.dates import is_date

    if reason.since and is_date(reason.since):
        yield reason.at("since"), "published", reason.since
    if gone := reason.deprecated:
        yield gone.at("since"), "deprecated", gone.since
        if gone.retired:
            yield gone.at("retired"), "retired", gone.retired
    for each in reason.corrections:
        yield each.at("date"), "corrected", each.date
