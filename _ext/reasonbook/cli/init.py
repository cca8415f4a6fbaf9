"""``reasonbook init``: a small valid API folder to start from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from reasonbook.catalogue.layout import API_FILE
from reasonbook.cli.arguments import catalogue_option, next_step, require_name
from reasonbook.cli.file_writing import template, write_new_folder
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import printable


@click.command(
    short_help="Write a small API folder to start from.",
    epilog="\b\nExample:\n  reasonbook init my-shop",
)
@click.argument("api")
@catalogue_option
def init(api: str, catalogue: Path) -> int:
    """Write a small API folder to start from; API is its name in addresses, such as my-shop.

    What only you can know is left as <FILL IN ...>, and `reasonbook check` names it.
    """
    for path in init_api(catalogue, api):
        click.echo(printable(display_path(path)))
    click.echo(next_step(catalogue))
    return 0


def init_api(root: Path, api: str) -> list[Path]:
    """Write the folder of an API and return its files; the folder appears whole or not at all."""
    from reasonbook.cli.skeleton import words_of
    from reasonbook.format.model import Actor, Retry

    require_name(api, "an API")
    folder = root / api
    if os.path.lexists(folder):
        raise RefusedError(
            f"{display_path(folder)} is there already; nothing was changed.",
            f"Choose another name, or add to it with `reasonbook new {api}/DOMAIN REASON`.",
        )
    files = {
        API_FILE: template("api.yaml", api=f"{api:<28}"),
        "envelope.schema.json": template("envelope.schema.json"),
        "general.yaml": template("general.yaml", actors=words_of(Actor), retries=words_of(Retry)),
    }
    write_new_folder(folder, files)
    return [folder / name for name in files]
