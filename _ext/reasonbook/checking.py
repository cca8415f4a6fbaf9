"""Everything that is checked of a catalogue, in one run.

The command line, the Sphinx extension, the pytest plugin and :func:`reasonbook.check` all come
here, so that what one refuses the others refuse too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reasonbook import limits
from reasonbook.catalogue.layout import LEDGER_FILE, is_there
from reasonbook.catalogue.loader import load_catalogue, without_collection
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.runner import check_examples
from reasonbook.format.dates import latest_day
from reasonbook.format.model import Catalogue
from reasonbook.ledger import notes
from reasonbook.ledger.append_only import check_against
from reasonbook.ledger.base_state import ApiState
from reasonbook.ledger.file import read_ledger
from reasonbook.ledger.kept import check_ledger_kept
from reasonbook.ledger.promises import check_dates
from reasonbook.ledger.record import Ledger
from reasonbook.ledger.rules import check_ledger
from reasonbook.rules import check_api


@dataclass(frozen=True)
class Checked:
    """A catalogue with its ledgers, and all problems found."""

    catalogue: Catalogue
    ledgers: dict[str, Ledger]
    problems: Problems
    #: Whether it can be shown, errors or not: all could be read, but for texts that still wait to
    #: be written, and agrees with what is on record.
    is_showable: bool = True


@without_collection()
def check_catalogue(root: Path, *, examples: bool = True) -> Checked:
    """Load the catalogue at *root* and check it by all rules that need nothing beside it.

    Without *examples* those are left to a runner that shows each as a test of its own.
    """
    loaded = load_catalogue(root)
    found = Problems()
    for api in loaded.catalogue.apis.values():
        check_api(api, found)
    if examples:
        found.extend(check_examples(loaded.catalogue))
    ledgers, on_record = {}, Problems()
    for api in loaded.catalogue.apis.values():
        ledger = read_ledger(api.path.parent / LEDGER_FILE, on_record)
        check_ledger(api, ledger, on_record)
        if ledger is not None:
            ledgers[api.name] = ledger
    is_showable = all(
        problem.severity == "warning" or problem.rule is Rule.UNFILLED_TEXT
        for problem in (*loaded.problems, *on_record)
    )
    found.extend(on_record)
    loaded.problems.extend_elsewhere(found)
    return Checked(loaded.catalogue, ledgers, loaded.problems, is_showable)


def large_domains(catalogue: Catalogue) -> list[Note]:
    """Tell of domains whose page is too long to read."""
    return [
        Note(
            domain.at("reasons"),
            f"{domain.name} has {len(domain.reasons)} reasons: above {limits.DOMAIN_REASONS} its "
            "page keeps the table only. Split it if you can.",
        )
        for api in catalogue.apis.values()
        for domain in api.domains
        if len(domain.reasons) > limits.DOMAIN_REASONS
    ]


def not_on_record(checked: Checked) -> list[Note]:
    """Tell which APIs have reasons that clients may rely on, and their ledger does not protect."""
    return [
        note
        for name, ledger in checked.ledgers.items()
        for note in notes.not_on_record(checked.catalogue.apis[name], ledger)
    ]


def compare_with_base(checked: Checked, base: Mapping[str, ApiState]) -> list[Note]:
    """Compare a catalogue with an older state of it; what is found joins its problems.

    Returns what is allowed but worth knowing.
    """
    problems, root = Problems(), checked.catalogue.root
    told: list[Note] = []
    for name, state in base.items():
        api = checked.catalogue.apis.get(name)
        if api is None:
            told += _missing_api(name, state, root, problems)
            continue
        check_against(api, state.ledger, problems, state.schema_version)
        if state.on_record is not None:  # what was on the site alone was not recorded on any day
            check_against(api, state.on_record, problems)
        check_dates(api, state.ledger, latest_day(), problems)
        told += notes.beside(api, state)
        path, ledger = api.path.parent / LEDGER_FILE, checked.ledgers.get(name)
        # What is broken is reported, and compared when it is restored.
        if state.on_record is not None and (ledger or not is_there(path)):
            check_ledger_kept(state.on_record, ledger, Location(display_path(path)), problems)
    checked.problems.extend_elsewhere(problems)
    return told


def _missing_api(name: str, state: ApiState, root: Path, problems: Problems) -> Iterator[Note]:
    """Report an API that is gone with what it published; tell of one that published nothing."""
    at = Location(display_path(root))
    if any((root / name).glob("*.yaml")):  # it is only too broken to be read
        return
    if state.ledger.entries:
        message = f"The API {name} is gone, and with it its published reasons."
        problems.add(Rule.REASON_REMOVED, at, message)
    else:
        yield Note(at, f"The API {name} is gone; it had no published reason.")
