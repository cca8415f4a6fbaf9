"""What is demanded of coverage: a share of the reasons, and exceptions that are still needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from reasonbook import limits
from reasonbook.auditing.coverage.reasons import Coverage, coverage, documented
from reasonbook.auditing.sightings import Sightings
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Catalogue
from reasonbook.text.files import read_text


class Exempt(NamedTuple):
    """A reason that need not be seen, as someone names it: ``api/REASON``."""

    name: str
    at: Location


def read_exceptions(path: Path, problems: Problems) -> Iterator[Exempt]:
    """Yield the exceptions of a file: one a line; what follows a ``#`` says why."""
    text = read_text(path, problems) or ""
    for number, line in enumerate(text.splitlines(), 1):
        said = f" {line}".partition(" #")[0]
        if name := said.strip():
            column = line.index(name) + 1
            yield Exempt(name, Location(display_path(path), number, column))


def checked_coverage(
    apis: Sequence[Api],
    seen: Sightings,
    exceptions: Iterable[Exempt],
    least: float | None,
    catalogue: Catalogue,
    problems: Problems,
) -> list[Coverage]:
    """Return the coverage of some APIs; report exceptions without need, and one below *least*.

    An exception of an API of the catalogue that is not among these says nothing here.
    """
    audited = {api.name for api in apis}
    excepted: dict[str, set[str]] = {name: set() for name in audited}
    for exempt in exceptions:
        name, _, reason = exempt.name.partition("/")
        api = catalogue.apis.get(name)
        if api is None:
            _report_unknown(exempt, catalogue, problems)
        elif name in audited and _is_needed(exempt, reason, api, seen, problems):
            excepted[name].add(reason)
    found = [coverage(api, seen, excepted[api.name]) for api in apis]
    for each in found:
        if least is not None and not reaches(each.seen, len(each.counted), least):
            _report_low(each, least, problems)
    return found


def _report_unknown(exempt: Exempt, catalogue: Catalogue, problems: Problems) -> None:
    name, slash, reason = exempt.name.partition("/")
    if slash:
        near = nearest(name, [*catalogue.apis])
        near = f"{near}/{reason}" if near else None
    else:
        full = (f"{api.name}/{name}" for api in catalogue.apis.values() if name in api.reasons)
        near = next(full, None)
    problems.add(
        Rule.COVERAGE_EXCEPTION,
        exempt.at,
        f"{shorten(exempt.name)} does not begin with the name of an API.",
        did_you_mean(near, "Write it as API/REASON."),
    )


def _is_needed(exempt: Exempt, reason: str, api: Api, seen: Sightings, problems: Problems) -> bool:
    """Tell whether an exception names a documented reason that was not seen; else report it."""
    reasons = [each.name for each in documented(api)]
    said, hint = "", ""
    if reason not in reasons:
        said = "is not a reason that clients receive in a response"
        hint = did_you_mean(nearest(reason, reasons))
    elif any(sighting.reason == reason for sighting in seen.of(api.name)):
        said = "is an exception, but was seen"
    if said:
        message = f"{shorten(exempt.name)} {said}."
        problems.add(Rule.COVERAGE_EXCEPTION, exempt.at, message, hint)
    return not said


def reaches(seen: int, of: int, percent: float) -> bool:
    """Tell whether a share is as large as demanded; exactly, as the percentage is written."""
    return seen * 100 >= Fraction(str(percent)) * of


def _report_low(found: Coverage, least: float, problems: Problems) -> None:
    names = found.missing[: limits.COVERAGE_NAMES]
    more = len(found.missing) - len(names)
    rest = f" and {more} more" if more else ""
    problems.add(
        Rule.COVERAGE_TOO_LOW,
        found.api.at("domains"),
        f"{found.summary}, and {least:g}% are demanded. Not seen: {', '.join(names)}{rest}.",
    )
