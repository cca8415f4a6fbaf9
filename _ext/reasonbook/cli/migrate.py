"""``reasonbook migrate``: rewrites the files of an older format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from reasonbook.cli.arguments import catalogue_argument, check_command
from reasonbook.cli.file_writing import write_files
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems, printable


@click.command(
    short_help="Rewrite files of an older format.",
    epilog="\b\nExample:\n  reasonbook migrate catalogue",
)
@catalogue_argument
def migrate(catalogue: Path) -> int:
    """Rewrite the files of the folder CATALOGUE that are in format 1 as format 2.

    Only what the formats say differently is changed, at its place; comments and layout stay. All
    files are written, or none. Exit codes: 0 done or nothing to do, 2 could not be read or written.
    """
    from reasonbook.catalogue.loader import api_folders, load_api
    from reasonbook.cli.upgrade_yaml import upgrade_file

    problems = Problems()
    files, said = [], []
    for folder in api_folders(catalogue, problems):
        api = load_api(folder, found := Problems())
        if api is None:
            problems.extend(found)
            continue
        paths = [api.path, *(folder / f"{name}.yaml" for name in api.domain_names)]
        for path in filter(Path.is_file, paths):
            upgraded = upgrade_file(path, problems, is_api=path == api.path)
            if upgraded is None or not upgraded.changes:
                continue
            files.append((path, upgraded.text))
            shown = display_path(path)
            counts = Counter(what for _, what in upgraded.changes)
            done = (what if n == 1 else f"{what} ({n} times)" for what, n in counts.items())
            said.append(f"{shown}: {', '.join(done)}")
            said += [
                f"{shown}:{line}: check whether {what} is right"
                for line, what in upgraded.questions
            ]
    if problems:
        print_problems(problems, "text")
        raise RefusedError("Nothing was migrated.", "Correct what cannot be read first.")
    write_files(files)
    for line in said:
        click.echo(printable(line))
    if said:
        click.echo(f"Next: {check_command(catalogue)}.")
    else:
        click.echo(f"{printable(display_path(catalogue))}: nothing to migrate")
    return 0
