"""The audit: what an API really does, compared with its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasonbook.auditing.sightings import Sightings
from reasonbook.auditing.source.compare import compare, computed_notes
from reasonbook.auditing.source.scan import scan_source
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.format.model import Api


@dataclass
class Audited:
    """What an audit found."""

    problems: Problems = field(default_factory=Problems)
    notes: list[Note] = field(default_factory=list)
    seen: Sightings = field(default_factory=Sightings)


def audit_recordings(paths: Sequence[Path], apis: Sequence[Api]) -> Audited:
    """Compare recorded exchanges with the catalogue: HAR, JSON Lines, VCR cassettes."""
    return Audited()


def audit_source(folder: Path, api: Api) -> Audited:
    """Compare what the source of an API sends with its catalogue, by its ``code_scan``."""
    audited = Audited()
    scan = scan_source(folder, api, audited.problems)
    compare(scan, api, audited.problems)
    audited.notes += computed_notes(scan)
    return audited


def audit_description(path: Path, api: Api) -> Audited:
    """Compare an API's own OpenAPI description with its catalogue."""
    return Audited()
