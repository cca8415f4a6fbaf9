"""The audit: what an API really does, compared with its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasonbook.auditing.addresses import Addresses
from reasonbook.auditing.comparison import Comparison
from reasonbook.auditing.description.compare import compare_description
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings.kinds import read_recording
from reasonbook.auditing.sightings import Sightings
from reasonbook.auditing.source.compare import compare, unseen_notes
from reasonbook.auditing.source.scan import scan_source
from reasonbook.diagnostics.location import Location, display_path
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
    left: int = 0  # errors that could not be compared: without a body, or of no API
    about: set[str] = field(default_factory=set)  # the APIs that recordings show an answer of

    def extend(self, other: Audited) -> None:
        """Take over what was found elsewhere."""
        self.problems.extend(other.problems)
        self.notes += other.notes
        self.seen.extend(other.seen)
        self.recordings += other.recordings
        self.exchanges += other.exchanges
        self.compared += other.compared
        self.left += other.left
        self.about |= other.about


def audit_recordings(
    paths: Sequence[Path], apis: Sequence[Api], named: Api | None = None
) -> Audited:
    """Compare recorded exchanges with the catalogue: HAR, JSON Lines, VCR cassettes.

    *named* is the API that is compared; all that was not sent to another one of *apis* is its own.
    """
    findings = Findings()
    audited = Audited(recordings=len(paths))
    addresses = Addresses(apis, named)
    comparisons = {api.name: Comparison(api, findings, audited.seen) for api in apis}
    elsewhere = "It is not known which API the error answer is from; --api names it"
    if named is not None:
        elsewhere = f"The error answer is from another API than {named.name}"
    others = 0
    for path in paths:
        before = audited.exchanges
        for exchange in read_recording(path, findings):
            audited.exchanges += 1
            found = addresses.find(exchange.url)
            if found is not None:
                audited.about.add(found[0].name)
                comparisons[found[0].name].compare(exchange, found[1])
            elif exchange.http >= 400:
                others += 1
                findings.note(exchange.at, elsewhere)
        if audited.exchanges == before:
            at = Location(display_path(path))
            audited.notes.append(Note(at, "There is no exchange in the recording."))
    audited.compared = sum(each.errors for each in comparisons.values())
    audited.left = sum(each.left for each in comparisons.values())
    # A recording may show other services beside an API; one of those only is not compared.
    audited.left += 0 if audited.about else others
    audited.problems.extend(findings.problems())
    audited.notes += findings.notes()
    return audited


def audit_source(folder: Path, api: Api) -> Audited:
    """Compare what the source of an API sends with its catalogue, by its ``code_scan``."""
    audited = Audited()
    scan = scan_source(folder, api, audited.problems)
    compare(scan, api, audited.problems)
    audited.notes += unseen_notes(scan)
    return audited


def audit_description(path: Path, api: Api) -> Audited:
    """Compare an API's own OpenAPI description with its catalogue."""
    audited = Audited()
    compare_description(path, api, audited.problems, audited.notes)
    return audited
