"""``reasonbook explain``: what the catalogue says of an error that someone got."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasonbook import limits
from reasonbook.cli.arguments import catalogue_option, check_command
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.problems import printable
from reasonbook.diagnostics.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from reasonbook.format.model import Catalogue


@click.command(
    short_help="Explain a reason, or an error that someone got.",
    epilog="\b\nExamples:\n  reasonbook explain CALL_NOT_FOUND\n"
    "  curl -si https://api.example.com/v1/calls/1 | reasonbook explain -\n"
    "  reasonbook explain CALL_NOT_FOUND --from https://errors.example.com/reasons.json",
)
@click.argument("error", metavar="REASON|-")
@catalogue_option
@click.option("--api", help="Look in this API only.")
@click.option("--from", "source", metavar="FILE|URL", help="The reasons.json of a site to look in.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How the answer is printed.",
)
def explain(error: str, catalogue: Path, api: str | None, source: str | None, format_: str) -> int:
    """Say what an error means, who can fix it, and whether to send the request again.

    REASON is a code in any spelling, or an HTTP status. With - an error is read from standard
    input: a body, what curl -i prints, a HAR file, or a line of a log.

    Exit codes: 0 found, 1 not in the catalogue, 2 could not look.
    """
    from reasonbook.explaining.explanation import explain as explained
    from reasonbook.explaining.saying import as_data, as_markdown, as_text

    text = _standard_input() if error == "-" else error
    if not text.strip():
        raise RefusedError(
            "There is nothing to explain.", "Give a reason, or pipe an error into -."
        )
    found = _exported(source) if source else _local(catalogue)
    apis = [*found.apis.values()]
    if api is not None:
        apis = [each for each in apis if each.name == api]
        if not apis:
            hint = did_you_mean(nearest(api, [*found.apis]), f"There are {', '.join(found.apis)}.")
            raise RefusedError(f"There is no API {api}.", hint)
    explanations = explained(text, apis)
    match format_:
        case "json":
            answers = [as_data(each) for each in explanations]
            click.echo(json.dumps({"version": 1, "answers": answers}, indent=2, ensure_ascii=False))
        case "markdown":
            click.echo(as_markdown(explanations))
        case _:
            click.echo("\n".join(map(printable, as_text(explanations).split("\n"))))
    return 0 if all(each.is_found for each in explanations) else 1


def _standard_input() -> str:
    data = sys.stdin.buffer.read(limits.PASTED_BYTES + 1)
    if len(data) > limits.PASTED_BYTES:
        raise RefusedError(
            f"Standard input has more than {limits.PASTED_BYTES:,} bytes.",
            "Give one error, or a shorter recording.",
        )
    return data.decode("utf-8", errors="replace")


def _local(root: Path) -> Catalogue:
    from reasonbook.catalogue.loader import api_folders, load_catalogue

    loaded = load_catalogue(root)
    apis = loaded.catalogue.apis.values()
    if not apis:
        print_problems(loaded.problems, "text")
        raise RefusedError(
            f"There is no catalogue at {root}.",
            "Name its folder with --catalogue, or the reasons.json of a site with --from.",
        )
    if len(apis) < len(api_folders(root)) or not all(api.is_complete for api in apis):
        click.echo(f"Not everything could be read; {check_command(root)} says why.", err=True)
    return loaded.catalogue


def _exported(source: str) -> Catalogue:
    """Read the ``reasons.json`` in a file or at an address."""
    from reasonbook.explaining.exported import NotExportedError, read_exported

    try:
        text = _fetched(source) if "://" in source else Path(source).read_text("utf-8-sig")
        return read_exported(json.loads(text), source)
    except (OSError, ValueError, RecursionError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise RefusedError(f"{source} cannot be read: {said}.") from error
    except NotExportedError as error:
        raise RefusedError(str(error), "Give the reasons.json of a site.") from error


def _fetched(url: str) -> str:
    from urllib.parse import urlsplit
    from urllib.request import Request, urlopen

    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("only addresses with http or https are fetched")
    request = Request(url, headers={"Accept": "application/json"})
    with urlopen(request, timeout=limits.FETCH_SECONDS) as response:
        data = response.read(limits.LEDGER_BYTES + 1)
    if len(data) > limits.LEDGER_BYTES:
        raise ValueError(f"it has more than {limits.LEDGER_BYTES:,} bytes")
    text: str = data.decode("utf-8-sig")
    return text
