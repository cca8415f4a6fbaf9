"""``reasonbook observe``: keeps what recordings show in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasonbook import limits
from reasonbook.catalogue.layout import OBSERVED_FILE
from reasonbook.cli.arguments import catalogue_option, check_command, shown
from reasonbook.cli.file_writing import locked, write_files
from reasonbook.cli.output import RefusedError, counted
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import printable

if TYPE_CHECKING:
    from reasonbook.auditing.sightings import Sightings
    from reasonbook.format.model import Api


@click.command(
    short_help="Keep in the catalogue what recordings show.",
    epilog="\b\nExample:\n  reasonbook observe tests/recordings/*.har",
)
@click.argument(
    "recordings", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@catalogue_option
@click.option("--api", metavar="NAME", help="The API that answered, where no address says it.")
def observe(recordings: Sequence[Path], catalogue: Path, api: str | None) -> int:
    """Write into observed.json of each API which reasons FILE... show that it sent.

    Only reason, operation, how often and the last day are kept, and a hash of each file, so that
    the same one is not counted twice. Whether the answers are as documented, `audit` says. Exit
    codes: 0 written or nothing new, 2 something could not be read.
    """
    with locked(catalogue):
        return _observe(recordings, catalogue, api)


def _observe(recordings: Sequence[Path], root: Path, only: str | None) -> int:
    from reasonbook.catalogue.loader import load_catalogue

    loaded = load_catalogue(root)
    apis = loaded.catalogue.apis
    if only is not None and only not in apis and apis:
        raise RefusedError(f"{shown(only)} is not one of the APIs: {', '.join(apis)}.")
    if loaded.problems.errors or not apis:
        print_problems(loaded.problems, "text")
        click.echo(f"Nothing was written; {check_command(root)} says more.", err=True)
        return 2
    named = apis[only] if only is not None else None
    seen = _read(recordings, [*apis.values()], named)
    if seen is None:
        click.echo("Nothing was written.", err=True)
        return 2
    _write([named] if named else [*apis.values()], seen)
    return 0


def _read(
    recordings: Sequence[Path], apis: Sequence[Api], named: Api | None
) -> dict[str, Sightings] | None:
    """Return what each recording shows, by its hash; None where one cannot be read."""
    from reasonbook.auditing.audit import audit_recordings
    from reasonbook.auditing.coverage.observing import digest_of
    from reasonbook.diagnostics.problems import Problems
    from reasonbook.diagnostics.rules import Rule

    broken = (Rule.NOT_UTF8, Rule.RECORDING_SYNTAX, Rule.UNREADABLE_FILE)
    found, unread, others = {}, Problems(), Problems()
    left = compared = 0
    for path in recordings:
        try:
            digest, audited = digest_of(path), audit_recordings([path], apis, named)
        except OSError as error:
            raise RefusedError(f"{path} cannot be read: {error.strerror}.") from error
        for each in audited.problems:
            # Something else may be too large, too: a body for its schema, or one line.
            is_unread = each.rule in broken or (
                each.rule is Rule.TOO_LARGE and not audited.exchanges
            )
            (unread if is_unread else others).extend([each])
        found[digest] = audited.seen
        left, compared = left + audited.left, compared + audited.compared
    print_problems(unread, "text")
    if others and not unread:
        click.echo(f"{counted(others)} beside it; `reasonbook audit` lists them.", err=True)
    if left and not compared and not unread:
        click.echo(f"0 of {left} error answers are known; `reasonbook audit` says why.", err=True)
    return None if unread else found


def _write(apis: Sequence[Api], seen: dict[str, Sightings]) -> None:
    from reasonbook.auditing.coverage.observing import observed, write_observed
    from reasonbook.render.wording import number

    written = []
    for api in apis:
        path, before = api.path.parent / OBSERVED_FILE, api.observations
        after = observed(api, seen)
        if after == (before.observed if before else ()):
            click.echo(f"{printable(display_path(path))}: nothing new")
            continue
        text = write_observed(after)
        if len(text.encode()) > limits.FILE_BYTES:  # which nobody could read
            raise RefusedError(
                f"{display_path(path)} would have more than {limits.FILE_BYTES:,} bytes.",
                "Remove the lines of old recordings.",
            )
        written.append((path, text))
        reasons = {each.reason for each in after}
        fresh = len(reasons - set(before.by_reason if before else ()))
        said = f"{number(len(reasons), 'reason')} observed, {fresh} of them new"
        click.echo(f"{printable(display_path(path))}: {said}")
    write_files(written)
