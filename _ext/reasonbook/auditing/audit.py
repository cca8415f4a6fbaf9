"""The audit: what an API really does, compared with its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasonbook.auditing.addresses import Addresses
from reasonbook.auditing.comparison import Comparison
from reasonbook.auditing.description import compare_description
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings.kinds import read_recording
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
    recordings: int = 0
    exchanges: int = 0  # that were read from recordings
    compared: int = 0  # of them errors of an API of the catalogue

    def extend(self, other: Audited) -> None:
        """Take over what was found elsewhere."""
        self.problems.extend(other.problems)
        self.notes += other.notes
        self.seen.extend(other.seen)
        self.recordings += other.recordings
        self.exchanges += other.exchanges
        self.compared += other.compared


def audit_recordings(
    paths: Sequence[Path], apis: Sequence[Api], named: Api | None = None
) -> Audited:
    """Compare recorded exchanges with the catalogue: HAR, JSON Lines, VCR cassettes.

    *named* is the API that is compared; all that was not sent to another one of *apis* is its own.
    """
    findings, seen = Findings(), Sightings()
    addresses = Addresses(apis, named)
    comparisons = {api.name: Comparison(api, findings, seen) for api in apis}
    exchanges = 0
    for path in paths:
        for exchange in read_recording(path, findings):
            exchanges += 1
            found = addresses.find(exchange.url)
            if found is not None:
                comparisons[found[0].name].compare(exchange, found[1])
            elif exchange.http >= 400 and named is None:
                message = "It is not known which API the error answer is from; --api names it"
                findings.note(exchange.at, message)
    compared = sum(each.errors for each in comparisons.values())
    return Audited(findings.problems(), [*findings.notes()], seen, len(paths), exchanges, compared)


def audit_source(folder: Path, api: Api) -> Audited:
    """Compare what the source of an API sends with its catalogue, by its ``code_scan``."""
    audited = Audited()
    scan = scan_source(folder, api, audited.problems)
    compare(scan, api, audited.problems)
    audited.notes += computed_notes(scan)
    return audited


def audit_description(path: Path, api: Api) -> Audited:
    """Compare an API's own OpenAPI description with its catalogue."""
    audited = Audited()
    compare_description(path, api, audited.problems, audited.notes)
    return audited
