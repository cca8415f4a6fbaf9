"""``reasonbook audit``: what an API really does, compared with its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reasonbook.cli.arguments import catalogue_option, check_command, findings_format
from reasonbook.cli.check import COULD_NOT_CHECK
from reasonbook.cli.coverage_options import CoverageOptions, coverage_options
from reasonbook.cli.output import RefusedError, counted
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from reasonbook.auditing.audit import Audited
    from reasonbook.format.model import Api, Catalogue

# Of a recording in another encoding nothing is read.
_COULD_NOT_COMPARE = COULD_NOT_CHECK | {"not-utf8"}


@click.command(
    short_help="Compare what an API really does with its catalogue.",
    epilog="\b\nExamples:\n  reasonbook audit traffic.har\n"
    "  reasonbook audit tests/cassettes/*.yaml --api my-shop\n"
    "  reasonbook audit openapi.yaml --api my-shop\n"
    "  reasonbook audit ../my-shop/src --api my-shop",
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@catalogue_option
@click.option("--api", help="The API that the files are about, whatever their addresses say.")
@findings_format
@coverage_options
def audit(
    files: tuple[Path, ...], catalogue: Path, api: str | None, format_: str, **coverage: Any
) -> int:
    """Compare what an API does, or says of itself, with its catalogue.

    FILE is recorded traffic: a HAR file, JSON Lines with one exchange a line, or a cassette of VCR.
    Of what was recorded, only what the catalogue names is ever printed. It may also be an OpenAPI
    description of the API, or the folder of its source, which is scanned as code_scan in api.yaml
    says. Coverage is counted by recordings only.

    Exit codes: 0 clean or only warnings, 1 findings, 2 could not compare.
    """
    loaded = _loaded(catalogue)
    apis = [*loaded.apis.values()]
    named = _named(apis, api)
    audited = _audited(files, apis, named)
    problems = audited.problems
    seen = CoverageOptions(**coverage).apply(audited, loaded, named)
    print_problems(problems, format_, [*audited.notes, *seen])
    is_partial = any(problem.rule.label in _COULD_NOT_COMPARE for problem in problems)
    if audited.left and not audited.compared:
        text = f"0 of {audited.left} error answers could be compared; the notes say why"
        click.echo(text, err=True)
        return 2
    if problems:
        left = "; not everything could be compared" if is_partial else ""
        click.echo(f"{counted(problems)} in {_read(files, audited)}{left}", err=True)
        return 2 if is_partial else 1 if problems.errors else 0
    if format_ == "text":
        click.echo(f"{_read(files, audited)}: clean")
    return 0


def _loaded(root: Path) -> Catalogue:
    from reasonbook.catalogue.loader import load_catalogue

    loaded = load_catalogue(root)
    if loaded.problems.errors:  # then what is not found may be in what could not be read
        raise RefusedError(
            f"The catalogue at {root} has errors, so nothing is compared with it.",
            f"{check_command(root)} lists them.",
        )
    return loaded.catalogue


def _named(apis: Sequence[Api], name: str | None) -> Api | None:
    if name is None:
        return None
    names = [api.name for api in apis]
    if name not in names:
        hint = did_you_mean(nearest(name, names), f"There are {', '.join(names)}.")
        raise RefusedError(f"There is no API {name}.", hint)
    return apis[names.index(name)]


def _audited(files: Sequence[Path], apis: Sequence[Api], named: Api | None) -> Audited:
    """Audit each file by what it is."""
    from reasonbook.auditing.audit import (
        Audited,
        audit_description,
        audit_recordings,
        audit_source,
    )
    from reasonbook.auditing.recordings.kinds import kind_of

    audited, recordings = Audited(), []
    for path in files:
        try:
            if path.is_dir():
                audited.extend(audit_source(path, _one(apis, named, path)))
            elif kind_of(path) == "description":
                audited.extend(audit_description(path, _one(apis, named, path)))
            else:
                recordings.append(path)
        except OSError as error:
            raise RefusedError(f"{path} cannot be read: {error.strerror}.") from error
    if recordings:
        found = audit_recordings(recordings, apis, named)
        if not found.exchanges and not found.problems:
            raise RefusedError(
                "There is no exchange in what was recorded.", "Was the recorder turned on?"
            )
        audited.extend(found)
    return audited


def _one(apis: Sequence[Api], named: Api | None, path: Path) -> Api:
    """Return the API that a file is about where only an argument can tell."""
    if named is None and len(apis) > 1:
        names = ", ".join(api.name for api in apis)
        raise RefusedError(f"Which API is {path} about?", f"Name it with --api: {names}.")
    return named or apis[0]


def _read(files: Sequence[Path], audited: Audited) -> str:
    """Return how much was compared."""
    from reasonbook.render.wording import number

    folders = sum(path.is_dir() for path in files)
    given = {"file": len(files) - folders, "folder": folders}
    counts = [number(count, what) for what, count in given.items() if count]
    if audited.exchanges:
        counts += [number(audited.exchanges, "exchange"), number(audited.compared, "error answer")]
    return ", ".join(counts)
