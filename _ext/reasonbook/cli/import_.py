"""``reasonbook import``: a draft catalogue from what a team has."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasonbook.cli.arguments import catalogue_option, check_command, require_name
from reasonbook.cli.file_writing import write_files, write_new_folder
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems, printable

if TYPE_CHECKING:
    from reasonbook.importing.correcting import Plan


@click.command(
    "import",
    short_help="Write a draft catalogue from OpenAPI, a list or a table.",
    epilog="\b\nExamples:\n  reasonbook import openapi.yaml --api my-shop\n"
    "  reasonbook import errors.csv --api my-shop --map code=Number --code-at /error/code\n",
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--api", "api", required=True, metavar="NAME", help="The API, as in addresses.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="KEY=COLUMN",
    help="Which column holds what: code, http, title, message, cause, fix, docs_url, operations, "
    "domain; or ignore.",
)
@click.option("--table", multiple=True, metavar="N|HEADING|POINTER", help="The table or list.")
@click.option("--code-at", metavar="POINTER", help="Where an error body holds the code.")
@click.option(
    "--domains",
    metavar="one|column|tag|prefix[:N]",
    help="What makes a domain: prefix is up to the first separator, prefix:2 two characters.",
)
@click.option("--title", default="", help="The name of the API, where the source has none.")
@click.option("--url", default="", help="The address of the documentation of these codes.")
@click.option("--official", is_flag=True, help="Those who run the API publish this catalogue.")
@click.option("--merge", is_flag=True, help="Add to a folder that no import has made.")
@click.option("--dry-run", is_flag=True, help="Print the difference, and write nothing.")
@catalogue_option
def import_(
    source: Path,
    api: str,
    mapped: tuple[str, ...],
    table: tuple[str, ...],
    code_at: str | None,
    domains: str | None,
    title: str,
    url: str,
    official: bool,
    merge: bool,
    dry_run: bool,
    catalogue: Path,
) -> int:
    """Write a draft catalogue from SOURCE: OpenAPI 3, JSON, CSV, a table in Markdown or RST.

    It holds what the source says, and nothing else. A second import updates what the source knows
    and keeps what was written by hand. Exit codes: 0 done, 2 could not be read or written.
    """
    from reasonbook.importing.correcting import Options
    from reasonbook.importing.found import SourceError
    from reasonbook.importing.plan import plan_import
    from reasonbook.importing.report import report
    from reasonbook.importing.sources import Wanted, read_source

    require_name(api, "an API")
    if code_at and not code_at.startswith("/"):
        likely = "/" + code_at.replace(".", "/")
        raise RefusedError(f"{code_at} is not a JSON Pointer.", f"Did you mean {likely}?")
    problems = Problems()
    try:
        wanted = Wanted(api, _columns(mapped), table, code_at)
        found = read_source(source, wanted, problems)
        options = Options(api, title, url, code_at, domains, merge, official)
        plan = plan_import(found, catalogue, options, problems) if found else None
    except SourceError as error:
        raise RefusedError(str(error), error.hint) from None
    if found is None or plan is None:
        print_problems(problems, "text")
        raise RefusedError("Nothing was imported.", "Correct what cannot be read first.")
    if dry_run:
        for line in _difference(plan):
            click.echo(printable(line))
    else:
        _write(plan)
    for line in report(found, plan):
        click.echo(printable(line))
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
        return 0
    if plan.left:
        click.echo(f"{len(plan.left)} problems in the folder are not of this import.")
    click.echo(f"Next: {check_command(catalogue)}, then `reasonbook status`.")
    return 0


def _columns(mapped: tuple[str, ...]) -> dict[str, str]:
    """Return the key of each column that the user names."""
    from reasonbook.diagnostics.suggestions import did_you_mean, nearest
    from reasonbook.importing.columns import IGNORE, KEYS

    found: dict[str, str] = {}
    for pair in mapped:
        key, equals, column = pair.partition("=")
        if not equals or not column:
            raise RefusedError(f"--map {pair} names no column.", "Write it as KEY=COLUMN.")
        if key not in KEYS:
            near = did_you_mean(nearest(key, KEYS), f"A column may be {', '.join(KEYS)}.")
            raise RefusedError(f"{key} is not what a column may be mapped to.", near)
        if key != IGNORE and key in found.values():
            raise RefusedError(f"--map {key} is there twice.", "One column holds it.")
        found[column] = key
    return found


def _difference(plan: Plan) -> Iterator[str]:
    """Yield what would change, in the manner of ``diff -u``."""
    from reasonbook.importing.record import RECORD_FILE

    for name, text in plan.files.items():
        if name == RECORD_FILE:  # which is for programs
            continue
        path = plan.folder / name
        before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        shown = display_path(path)
        source = shown if path.exists() else "/dev/null"
        yield from difflib.unified_diff(before, text.splitlines(), source, shown, lineterm="")


def _write(plan: Plan) -> None:
    """Write a new folder, which appears whole or not at all, or the files of one that change."""
    folder = plan.folder
    if not plan.is_new:
        write_files((folder / name, text) for name, text in plan.files.items())
        return
    write_new_folder(folder, plan.files)
