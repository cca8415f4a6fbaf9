"""From recordings to ``observed.json``: a line for each reason, operation and recording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from reasonbook.auditing.sightings import Sightings
from reasonbook.format.model import Api
from reasonbook.format.observations import Observation


def digest_of(recording: Path) -> str:
    """Return how a recording is known again, without its name or anything of what it holds."""
    with recording.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def observed(api: Api, recordings: Mapping[str, Sightings]) -> tuple[Observation, ...]:
    """Return what is on file of an API together with what recordings show, in order.

    A recording that is on file already is not counted twice. Reasons that the catalogue does not
    have, and operations that it does not know, are whatever a body or an address held: they are
    left out.
    """
    before = api.observations.observed if api.observations else ()
    found = {each.identity: each for each in before if each.source not in recordings}
    for source, seen in recordings.items():
        for sighting, tally in seen.of(api.name).items():
            if sighting.reason not in api.reasons:
                continue
            each = Observation(
                reason=sighting.reason,
                operation=sighting.operation if sighting.operation in api.operations else None,
                count=tally.count,
                last=tally.last.isoformat() if tally.last else None,
                source=source,
            )
            same = found.get(each.identity)  # by an operation that is not known either
            found[each.identity] = _together(same, each) if same else each
    return tuple(each for _, each in sorted(found.items()))


def _together(one: Observation, other: Observation) -> Observation:
    last = max((day for day in (one.last, other.last) if day), default=None)
    return other.model_copy(update={"count": one.count + other.count, "last": last})


def write_observed(observations: tuple[Observation, ...]) -> str:
    """Return the text of the file: sorted, a line each, so that two edits merge."""
    lines = ",\n".join(
        f"    {json.dumps(each.model_dump(exclude_none=True), ensure_ascii=False)}"
        for each in observations
    )
    return f'{{\n  "observed": [\n{lines}\n  ]\n}}\n'
