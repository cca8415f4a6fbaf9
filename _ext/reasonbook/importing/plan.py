"""From what was found to the files: drafted, checked as a catalogue, and corrected where refused.

The draft is checked in a folder of its own. What a rule refuses is left out and told, with the
place in the source, so that what is written passes the check.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reasonbook.catalogue.layout import API_FILE
from reasonbook.checking import check_catalogue
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problem, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.editing.append_yaml import written_yaml
from reasonbook.importing.domains import Group, group
from reasonbook.importing.draft import api_keys, complete_envelope, reason_keys, slugs
from reasonbook.importing.found import Found, FoundEnvelope, FoundReason, SourceError
from reasonbook.importing.merge import Folder, Merged, merge, written_domain
from reasonbook.importing.places import Place, Places
from reasonbook.importing.record import RECORD_FILE, Record, digest, read_record

_ROUNDS = 6  # of leaving out: a value that was left out may have hidden another fault


@dataclass(frozen=True)
class Options:
    """What the user says of the draft."""

    api: str
    title: str = ""
    url: str = ""
    code_at: str | None = None
    domains: str | None = None
    merge: bool = False
    official: bool = False


@dataclass
class Plan:
    """The files of a folder that change, and what is told of them."""

    folder: Path
    is_new: bool
    files: dict[str, str]
    merged: Merged
    reasons: Mapping[str, Mapping[str, Any]]
    left: list[Problem] = field(default_factory=list)  # what the folder had before


def plan_import(found: Found, root: Path, options: Options, problems: Problems) -> Plan | None:
    """Return what an import would write; None, with *problems*, where the folder is not read."""
    if not found.reasons:
        raise SourceError("The source holds no code.", at=Location(display_path(found.path)))
    folder = root / options.api
    _note_alike(found)
    if folder.exists():
        return _Update(found, folder, options, problems).plan() if not problems else None
    return _New(found, folder, options).plan()


def _note_alike(found: Found) -> None:
    """Tell of codes that differ in capitals only, which are more likely one that is misspelt."""
    first: dict[str, FoundReason] = {}
    for reason in found.reasons.values():
        known = first.setdefault(reason.code.casefold(), reason)
        if known is not reason:
            found.skip(
                reason.at,
                f"{reason.code} differs from {known.code} at {known.at} in capitals only; both are "
                "kept, each with a page of its own.",
            )


class _Draft:
    """A draft while it is corrected: what was found, without what a rule refused."""

    def __init__(self, found: Found, folder: Path, options: Options) -> None:
        self.found, self.folder, self.options = found, folder, options
        self._left_out: set[Place] = set()
        self._unmarked: set[tuple[str, str]] = set()
        self.groups = group(found, options.domains)

    def plan(self) -> Plan | None:
        for _ in range(_ROUNDS):
            plan = self.attempt()
            remaining = self._remaining(plan)
            if remaining is not None:
                plan.left = remaining
                plan.files[RECORD_FILE] = plan.merged.record.text()
                return plan
        raise SourceError("Leaving out what is refused comes to no end.", "Please report it.")

    def attempt(self) -> Plan:
        """Return the files without what was refused so far."""
        raise NotImplementedError

    def refuse(self, problem: Problem) -> bool:
        """Deal with a finding beside the reasons; tell whether another attempt may help."""
        raise NotImplementedError

    def reasons(self) -> dict[str, dict[str, Any]]:
        """Return the reasons as data, without what was refused."""
        kept = [code for code in self.found.reasons if (code, "reason", None) not in self._left_out]
        names = slugs(kept, ())
        found: dict[str, dict[str, Any]] = {}
        for code in kept:
            keys = reason_keys(self.found.reasons[code], names.get(code))
            for key in [*keys]:
                if (code, key) in self._unmarked:
                    keys[key] = _without_marks(keys[key])
                if (code, key, None) in self._left_out:
                    keys.pop(key)
                elif isinstance(keys[key], list):
                    items = keys[key]
                    keep = [i for i in range(len(items)) if (code, key, i) not in self._left_out]
                    keys[key] = [items[i] for i in keep]
                    if not keep:
                        keys.pop(key)
            if "http" not in keys and "status" not in keys:
                keys["http"] = "unknown"
            found[code] = keys
        return found

    def _remaining(self, plan: Plan) -> list[Problem] | None:
        """Check a draft; return what is not its fault, or None where something was left out."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / self.options.api
            if not plan.is_new:
                shutil.copytree(plan.folder, folder)
            folder.mkdir(exist_ok=True)
            for file, text in plan.files.items():
                (folder / file).write_bytes(text.encode())
            errors = [p for p in check_catalogue(Path(name)).problems if p.severity == "error"]
            places = Places(folder)
            other: list[Problem] = []
            is_changed = False
            for problem in errors:
                place = places.find(problem.location)
                if place and place[1] in plan.merged.written.get(place[0], ()):
                    is_changed |= self._leave_out(place, problem)
                elif plan.is_new and self.refuse(problem):
                    is_changed = True
                else:
                    other.append(problem)
        return None if is_changed else other

    def _leave_out(self, place: Place, problem: Problem) -> bool:
        """Leave a value out of the draft and tell why; a code in prose only loses its marks."""
        code, key, index = place
        reason = self.found.reasons[code]
        if problem.rule is Rule.UNKNOWN_CODE_SPAN and (code, key) not in self._unmarked:
            self._unmarked.add((code, key))
            self.found.skip(
                reason.at, f"{key} of {code} names something else as code: {problem.message}"
            )
            return True
        if key in ("reason", "slug"):
            key, index = "reason", None
        if key == "examples" and index is not None:
            gone = {i for c, k, i in self._left_out if (c, k) == (code, key)}
            index = [i for i in range(len(reason.examples)) if i not in gone][index]
            at, what = reason.examples[index].at, f"The example {reason.examples[index].title}"
        else:
            index = None
            at, what = reason.at, code if key == "reason" else f"{key} of {code}"
        if (code, key, index) in self._left_out:
            return False
        self._left_out.add((code, key, index))
        self.found.skip(at, f"{what} is left out: {problem.message} [{problem.rule.label}]")
        return True


class _New(_Draft):
    """A folder that is not there yet."""

    def __init__(self, found: Found, folder: Path, options: Options) -> None:
        super().__init__(found, folder, options)
        self._title = options.title or found.title or options.api
        self._envelope = complete_envelope(found, self._title, options.code_at)
        self._url = options.url or found.docs_url
        if not self._url:
            raise SourceError(
                "The source does not say where its facts are published.",
                "Give the address of the documentation, or of the source itself, with --url.",
            )

    def attempt(self) -> Plan:
        reasons, merged = self.reasons(), Merged()
        codes: dict[Group, list[str]] = {}
        for code in reasons:
            codes.setdefault(self.groups[code], []).append(code)
        api = api_keys(
            self.found,
            self.options.api,
            self._title,
            self._url,
            self.options.official,
            self._envelope,
            reasons.values(),
            codes,
        )
        files = {API_FILE: written_yaml(api), **self._envelope.files}
        for each, listed in codes.items():
            files[f"{each.name}.yaml"] = written_domain(each, (reasons[code] for code in listed))
        merged.added = [*reasons]
        merged.written = {code: {*keys} for code, keys in reasons.items()}
        merged.record = Record(self.found.path.name)
        for code, keys in reasons.items():
            said = {key: value for key, value in keys.items() if key not in ("reason", "slug")}
            merged.record.note(code, said)
        for key in sorted({"requires", "reason_pattern"} - set(self.found.more)):
            merged.record.api[key] = (digest(api[key]) if key in api else None) or ""
        merged.record.files = {n: digest(text) or "" for n, text in self._envelope.files.items()}
        return Plan(self.folder, True, files, merged, reasons)

    def refuse(self, problem: Problem) -> bool:
        """Take an envelope that only says where the code is, where the source's is at fault."""
        name = Path(problem.location.path).name
        keys = self._envelope.keys
        if problem.rule is Rule.UNREADABLE_FILE and name.endswith(".yaml") and name != API_FILE:
            raise SourceError(
                f"A domain would be too large for a file: {name}. {problem.message}",
                "Divide the codes with --domains, or --map domain=COLUMN.",
            )
        if name in self._envelope.files and self.found.envelope is self._envelope:
            self.found.skip(
                Location(display_path(self.found.path)),
                f"The schema of error bodies is left out: {problem.message} [{problem.rule.label}]",
            )
            self._envelope = complete_envelope(
                Found(self.found.path, "", self.found.reasons, envelope=_bare(self._envelope)),
                self._title,
                None,
            )
            return True
        if self.found.envelope is self._envelope and any(
            key in keys for key in ("message", "http")
        ):
            return bool(keys.pop("message", None) or keys.pop("http", None))
        raise SourceError(
            f"The draft is not a valid catalogue: {problem.message} [{problem.rule.label}]",
            problem.hint,
        )


def _bare(envelope: FoundEnvelope) -> FoundEnvelope:
    """Return an envelope without the schema of its source."""
    return FoundEnvelope({**envelope.keys, "schema": "envelope.schema.json"})


class _Update(_Draft):
    """A folder that is there: its own texts stay."""

    def __init__(self, found: Found, folder: Path, options: Options, problems: Problems) -> None:
        super().__init__(found, folder, options)
        self._record = read_record(folder)
        if not (folder / API_FILE).is_file():
            raise SourceError(
                f"{display_path(folder)} is there, and is not the folder of an API.",
                "Choose another name with --api.",
            )
        if self._record is None and not options.merge:
            raise SourceError(
                f"{display_path(folder)} was not made by an import; nothing was changed.",
                "With --merge, what is missing there is added, and nothing that is there changes.",
            )
        self._problems = problems
        self._existing = Folder(folder, problems)

    def plan(self) -> Plan | None:
        return None if self._problems else super().plan()

    def attempt(self) -> Plan:
        reasons = self.reasons()
        merged = merge(self._existing, reasons, self.groups, self._record)
        merged.record.source = self.found.path.name
        files = dict(merged.files)
        envelope = self.found.envelope
        for name, text in envelope.files.items() if envelope else ():
            path = self.folder / name
            known = merged.record.files.get(name)
            if known is None or not path.is_file():
                continue
            mine = path.read_bytes().decode("utf-8", "replace")
            if digest(mine) == known and mine != text:
                files[name] = text
                merged.record.files[name] = digest(text) or ""
        return Plan(self.folder, False, files, merged, reasons)

    def refuse(self, problem: Problem) -> bool:
        return False


def _without_marks(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_marks(item) for item in value]
    return value.replace("`", "") if isinstance(value, str) else value
