"""Everything that is checked of a catalogue, in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.runner import check_examples
from reasonbook.format.model import Catalogue
from reasonbook.ledger.append_only import check_against
from reasonbook.ledger.baseline import ApiState
from reasonbook.ledger.file import read_ledger
from reasonbook.ledger.record import Ledger
from reasonbook.ledger.rules import check_ledger, check_ledger_kept
from reasonbook.rules import check_api


@dataclass(frozen=True)
class Verified:
    """A catalogue with its ledgers, and all problems found."""

    catalogue: Catalogue
    ledgers: dict[str, Ledger]
    problems: Problems


def verify(root: Path, *, examples: bool = True) -> Verified:
    """Load the catalogue at *root* and hold it to all rules that it can be held to alone.

    Without *examples* those are left to a runner that shows each as a test of its own.
    """
    loaded = load_catalogue(root)
    for api in loaded.catalogue.apis.values():
        check_api(api, loaded.problems)
    if examples:
        loaded.problems.extend(check_examples(loaded.catalogue))
    ledgers = {}
    for api in loaded.catalogue.apis.values():
        ledger = read_ledger(api.path.parent / LEDGER_FILE, loaded.problems)
        check_ledger(api, ledger, loaded.problems)
        if ledger is not None:
            ledgers[api.name] = ledger
    return Verified(loaded.catalogue, ledgers, loaded.problems)


def verify_against(loaded: Verified, base: Mapping[str, ApiState]) -> list[Note]:
    """Hold a catalogue against an older state of it; what is found joins its problems.

    Returns what is allowed but worth knowing: the reasons that moved to another domain.
    """
    problems, root = loaded.problems, loaded.catalogue.root
    moves = []
    for name, state in base.items():
        api = loaded.catalogue.apis.get(name)
        if api is None:
            if not any((root / name).glob("*.yaml")):
                problems.add(
                    Rule.REASON_REMOVED,
                    Location(display_path(root)),
                    f"The API {name} is gone, and with it its published reasons.",
                )
            continue
        check_against(api, state.ledger, problems)
        moves += [
            Note(
                reason.at("reason"),
                f"{reason.name} moved from {entry.domain} to {reason.domain}.",
            )
            for entry in state.ledger.entries.values()
            if (reason := api.reasons.get(entry.reason)) and reason.domain != entry.domain
        ]
        if state.has_ledger_file:
            path = api.path.parent / LEDGER_FILE
            ledger = loaded.ledgers.get(name)
            check_ledger_kept(state.ledger, ledger, Location(display_path(path)), problems)
    return moves
