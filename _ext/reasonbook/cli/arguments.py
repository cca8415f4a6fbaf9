"""The arguments that several commands take, and what is said of those that do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from reasonbook import limits
from reasonbook.catalogue.names import RESERVED_APIS, RESERVED_DOMAINS, check_name
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.formats import FORMATS
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems, printable

DEFAULT_CATALOGUE = Path("catalogue")

_FOLDER = click.Path(path_type=Path)
catalogue_argument = click.argument("catalogue", type=_FOLDER, default=DEFAULT_CATALOGUE)
catalogue_option = click.option(
    "--catalogue",
    type=_FOLDER,
    default=DEFAULT_CATALOGUE,
    show_default=True,
    help="The folder of the catalogue.",
)
findings_format = click.option(
    "--format",
    "format_",
    type=click.Choice([*FORMATS]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)


def shown(text: str) -> str:
    """Return what someone typed, as a message shows it: never blank, never endless."""
    if not text.strip():
        return '""' if not text else "A blank"
    return text if len(text) <= limits.SHOWN_CHARACTERS else f"{text[: limits.SHOWN_CHARACTERS]}..."


def require_name(name: str, kind: Literal["an API", "a domain"]) -> None:
    """Refuse a name that cannot be that of an API or a domain."""
    problems = Problems()
    reserved = RESERVED_APIS if kind == "an API" else RESERVED_DOMAINS
    if not check_name(name, Location(""), problems, reserved):
        raise RefusedError(
            f"{shown(name)} cannot be the name of {kind}.",
            "Use lower-case letters, digits and single hyphens, at most 64 characters. It begins "
            "with a letter.",
        )
    for problem in problems:
        raise RefusedError(problem.message, problem.hint)


def check_command(root: Path) -> str:
    """Return the command line that checks the catalogue at *root*."""
    folder = "" if root == DEFAULT_CATALOGUE else f" {printable(str(root))}"
    return f"`reasonbook check{folder}`"


def next_step(root: Path) -> str:
    """Return what to do with a skeleton in the catalogue at *root*."""
    return f"Next: write your own in place of <FILL IN ...>; {check_command(root)} says where."
