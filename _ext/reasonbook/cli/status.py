"""``reasonbook status``: how complete a catalogue is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reasonbook.cli.arguments import catalogue_argument, check_command
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.problems import printable

if TYPE_CHECKING:
    from reasonbook.format.model import Api
    from reasonbook.render.facts.completeness import DomainCounts


@click.command(
    short_help="Show how complete a catalogue is.",
    epilog="\b\nExample:\n  reasonbook status catalogue --format json",
)
@catalogue_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the numbers are printed.",
)
def status(catalogue: Path, format_: str) -> int:
    """Show how many reasons of each domain have an HTTP status, a cause, a fix and so on.

    Nothing need be complete: what no source says is better left out than invented. Exit codes: 0
    counted, 2 something could not be read.
    """
    from reasonbook.catalogue.loader import api_folders, load_catalogue
    from reasonbook.render.facts.completeness import completeness

    loaded = load_catalogue(catalogue)
    apis = [*loaded.catalogue.apis.values()]
    if not apis:
        print_problems(loaded.problems, "text")
        return 2
    counted = [(api, completeness(api)) for api in apis]
    if format_ == "json":
        found = [_as_data(api, domains) for api, domains in counted]
        click.echo(json.dumps({"version": 1, "apis": found}, indent=2))
    else:
        click.echo("\n\n".join(_as_table(api, domains) for api, domains in counted))
    if len(apis) == len(api_folders(catalogue)) and all(api.is_complete for api in apis):
        return 0
    click.echo(f"Not everything could be read; {check_command(catalogue)} says why.", err=True)
    return 2


def _all(domains: list[DomainCounts]) -> DomainCounts:
    """Return the counts of all domains together."""
    from reasonbook.render.facts.completeness import STATEMENTS, DomainCounts

    have = {name: sum(domain.have[name] for domain in domains) for name in STATEMENTS}
    return DomainCounts("all", sum(domain.reasons for domain in domains), have)


def _as_data(api: Api, domains: list[DomainCounts]) -> dict[str, Any]:
    def numbers(counts: DomainCounts) -> dict[str, Any]:
        have = {name.lower().replace(" ", "_"): count for name, count in counts.have.items()}
        return {"reasons": counts.reasons, "have": have}

    return {
        "api": api.name,
        **numbers(_all(domains)),
        "domains": [{"domain": domain.domain, **numbers(domain)} for domain in domains],
    }


def _as_table(api: Api, domains: list[DomainCounts]) -> str:
    """Return a table with a line for each domain, and one for all."""
    all_ = _all(domains)
    rows = [[api.name, "reasons", *all_.have]]
    for counts in (*domains, all_):
        rows.append([counts.domain, *map(str, (counts.reasons, *counts.have.values()))])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        lines.append("  ".join((name.ljust(widths[0]), *numbers)))
    return "\n".join(map(printable, lines))
