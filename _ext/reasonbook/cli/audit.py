"""``reasonbook audit``: recorded traffic compared with the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from reasonbook.cli.arguments import catalogue_option
from reasonbook.cli.coverage_options import CoverageOptions, coverage_options
from reasonbook.diagnostics.formats import print_problems


@click.command(short_help="Compare recorded traffic with a catalogue.")
@click.argument("recordings", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@catalogue_option
@coverage_options
def audit(recordings: Sequence[Path], catalogue: Path, **coverage: Any) -> int:
    """Compare what FILE... recorded with the catalogue."""
    from reasonbook.auditing.audit import audit_recordings
    from reasonbook.catalogue.loader import load_catalogue

    loaded = load_catalogue(catalogue).catalogue
    apis = [*loaded.apis.values()]
    audited = audit_recordings(recordings, apis)
    summaries = CoverageOptions(**coverage).apply(audited, apis, loaded)
    print_problems(audited.problems, "text", audited.notes)
    click.echo("\n".join(summaries))
    return 1 if audited.problems.errors else 0
