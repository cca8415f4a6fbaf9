"""A base in a folder: of each API what a comparison needs, as far as it can be read.

A base that has a fault must not keep anyone from correcting it: what is at fault is not compared,
and told; by the ledger where the YAML cannot be read, by the YAML where the ledger cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reasonbook.catalogue.domain_files import find_domain_files
from reasonbook.catalogue.layout import API_FILE, LEDGER_FILE, is_there
from reasonbook.catalogue.loader import api_folders, load_api, without_collection
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Reason
from reasonbook.format.placeholders import is_unfilled
from reasonbook.ledger.append_only import ledger_of_catalogue
from reasonbook.ledger.base_state import ApiState, Base, facts_on_record
from reasonbook.ledger.file import read_ledger
from reasonbook.ledger.publishing import publish
from reasonbook.ledger.record import Entry, Ledger, entry_of
from reasonbook.ledger.rules import check_ledger
from reasonbook.text.yaml_reader import read_yaml

#: What tells which reason it is, where its page is, and whether it is published.
_IDENTITY = ("reason", "sub_reason", "slug", "lifecycle", "deprecated")


@without_collection()
def read_folder(root: Path, source: str, shown: str) -> Base:
    """Read the catalogue in the folder *root*; a message calls files in it *shown* and a name."""
    base, problems = Base(source), Problems()
    for folder in api_folders(root, problems):
        _Folder(folder, f"{shown}{folder.name}").add_to(base)
    base.notes += [f"{problem.message} {problem.hint}" for problem in problems]
    return base


class _Folder:
    """The folder of an API in a base."""

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder, self._shown = folder, shown
        self._faults, of_ledger = Problems(), Problems()
        self._api = load_api(folder, self._faults)
        self._ledger = read_ledger(folder / LEDGER_FILE, of_ledger)
        fault = next(iter(of_ledger), None)
        self._is_newer = fault is not None and fault.rule is Rule.NEWER_FORMAT
        self._ledger_fault = self._told(fault) if fault else ""
        if self._ledger and self._ledger.api != folder.name:
            self._ledger_fault = f"{self._name(LEDGER_FILE)} is the ledger of {self._ledger.api}."
            self._ledger = None

    def add_to(self, base: Base) -> None:
        """Add to a base what can be compared, and what cannot."""
        if self._is_newer:
            base.unread.append(self._ledger_fault)
            return
        lost = [*self._lost()]
        if not (self._ledger or self._ledger_fault or self._may_be_api()):
            neither = f"it has neither {API_FILE} nor {LEDGER_FILE}"
            base.notes.append(f"{self._shown} does not count as an API: {neither}.")
            return
        if self._ledger_fault:
            base.notes.append(f"{self._ledger_fault} What counts is the YAML beside it.")
        for fault in lost:
            if self._ledger:
                base.notes.append(f"{fault} What counts is {self._name(LEDGER_FILE)}.")
            else:
                base.unread.append(f"{fault} There is no ledger that tells what it published.")
        if self._api:
            base.apis[self._folder.name] = self._state(self._api, bool(lost), base.notes)
        elif self._ledger:
            said = {name: facts_on_record(each) for name, each in self._ledger.entries.items()}
            version = self._ledger.schema_version
            base.apis[self._folder.name] = ApiState(self._ledger, self._ledger, version, said)

    def _may_be_api(self) -> bool:
        """Tell whether the folder has a file of an API or of a domain, in whatever state."""
        if is_there(self._folder / API_FILE):
            return True
        files = (read_yaml(path, Problems()) for path in find_domain_files(self._folder).values())
        return any(root is not None and "domain" in root.entries for root in files)

    def _lost(self) -> Iterator[str]:
        """Yield why files of the YAML could not be read: nobody knows which reasons they hold."""
        api = self._api
        if api is None:
            yield self._fault_of(API_FILE)
            return
        if not api.is_sound("domains"):
            yield self._fault_of(API_FILE)
        for name in api.domain_names:
            domain = api.domain(name)
            if domain is None or not domain.is_sound("reasons"):
                yield self._fault_of(f"{name}.yaml")

    def _fault_of(self, file: str) -> str:
        path = display_path(self._folder / file)
        for problem in self._faults:
            if problem.location.path == path and problem.rule is not Rule.ENVELOPE_SCHEMA:
                return self._told(problem)
        return f"{self._name(file)} is not there."

    def _told(self, problem: Any) -> str:
        line = str(problem).partition("\n")[0]
        return line.replace(display_path(self._folder), self._shown)

    def _name(self, file: str) -> str:
        return f"{self._shown}/{file}"

    def _state(self, api: Api, is_partial: bool, notes: list[str]) -> ApiState:
        said = {reason.name: _said(reason, api) for reason in api.reasons.values()}
        if self._ledger and is_partial:
            told = {name: facts_on_record(each) for name, each in self._ledger.entries.items()}
            said = told | said
        fresh = ledger_of_catalogue(api)
        ledger = self._published(api, fresh, notes)
        return ApiState(ledger, self._ledger, fresh.schema_version, said)

    def _published(self, api: Api, fresh: Ledger, notes: list[str]) -> Ledger:
        """Return the ledger with what is on the site and not on record; without one, all that is.

        What is on record counts where the YAML is at fault or contradicts it.
        """
        record = self._ledger
        known = dict(record.entries) if record else {}
        after = publish(api, record, "").entries if record else {}
        agreeing = _agreeing(api, record) if record else set()
        times = Counter(reason.name for reason in api.every_reason())
        entries: dict[str, Entry] = dict(known)
        for reason in api.every_reason():
            name, is_published = reason.name, reason.name in fresh.entries
            if is_unfilled(name) or (reason.lifecycle == "planned" and not is_published):
                continue  # which nobody was promised
            doubt = [key for key in _IDENTITY if not reason.is_sound(key)]
            doubt += ["reason"] if times[name] > 1 else []
            if record and name in known:
                if not doubt and _is_sound(reason, api) and name in agreeing:
                    entries[name] = after[name]
            elif doubt:
                at = str(reason.at(doubt[0])).replace(display_path(self._folder), self._shown)
                notes.append(f"{at}: This reason is not compared: its {doubt[0]} is at fault.")
            else:
                entries[name] = _without_faults(fresh.entries[name], reason, api)
        whole = record.joined(fresh) if record else fresh
        return whole.model_copy(update={"entries": entries})


def _agreeing(api: Api, record: Ledger) -> set[str]:
    """Return the reasons of which the YAML keeps what is on record.

    All are compared at once, and halves only where something is found.
    """
    agreeing: set[str] = set()
    pending = [[*record.entries]]
    while pending:
        names, problems = pending.pop(), Problems()
        entries = {name: record.entries[name] for name in names}
        check_ledger(api, record.model_copy(update={"entries": entries}), problems)
        if not problems:
            agreeing.update(names)
        elif len(names) > 1:
            half = len(names) // 2
            pending += [names[:half], names[half:]]
    return agreeing


def _is_sound(reason: Reason, api: Api) -> bool:
    return reason.is_sound("arrives_in") and _has_status(reason, api)


def _has_status(reason: Reason, api: Api) -> bool:
    """Tell whether it is clear which HTTP and canonical status a reason has."""
    if not reason.is_sound("status", "http") or (reason.status is None) == (
        reason.own_http is None
    ):
        return False
    return reason.status is None or reason.status in api.statuses


def _without_faults(entry: Entry, reason: Reason, api: Api) -> Entry:
    """Return an entry without the facts that are at fault: whatever is right then may follow."""
    if not _has_status(reason, api):
        entry = entry.replaced(http="unknown", status=None)
    return entry if reason.is_sound("arrives_in") else entry.replaced(arrives_in=())


def _said(reason: Reason, api: Api) -> dict[str, Any]:
    facts = {
        **facts_on_record(_without_faults(entry_of(reason, api, ""), reason, api)),
        "lifecycle": reason.lifecycle,
        "cause": reason.cause,
        "fix": list(reason.fix),
        "retry": reason.remedy.retry if reason.remedy else "unknown",
        "actor": reason.remedy.actor if reason.remedy else "unknown",
    }
    holders = {"retry": "remedy", "actor": "remedy"}
    return {key: fact for key, fact in facts.items() if reason.is_sound(holders.get(key, key))}
