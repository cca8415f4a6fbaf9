"""The audit: what an API really does, compared with its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasonbook.auditing.description import compare_description
from reasonbook.auditing.sightings import Sightings
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
    return Audited()


def audit_description(path: Path, api: Api) -> Audited:
    """Compare an API's own OpenAPI description with its catalogue."""
    audited = Audited()
    compare_description(path, api, audited.problems, audited.notes)
    return audited
