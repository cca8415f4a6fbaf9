"""From what was found to the files: of a folder that is new, or of one that is there."""

from __future__ import annotations

from pathlib import Path

from reasonbook.catalogue.layout import API_FILE
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problem, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.editing.append_yaml import written_yaml
from reasonbook.importing.correcting import Draft, Options, Plan
from reasonbook.importing.domains import Group
from reasonbook.importing.draft import api_keys, complete_envelope
from reasonbook.importing.found import Found, FoundEnvelope, FoundReason, SourceError
from reasonbook.importing.merge import Folder, Merged, merge, written_domain
from reasonbook.importing.record import Record, digest, read_record


def plan_import(found: Found, root: Path, options: Options, problems: Problems) -> Plan | None:
    """Return what an import would write; None, with *problems*, where the folder is not read."""
    if not found.reasons:
        raise SourceError("The source holds no code.", at=Location(display_path(found.path)))
    folder = root / options.api
    _note_alike(found)
    if folder.exists():
        return _Update(found, folder, options, problems).plan() if not problems else None
    plan = _New(found, folder, options).plan()
    if plan and not plan.reasons:
        raise SourceError("No code of the source can come in.", str(found.skipped[0]))
    return plan


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


class _New(Draft):
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
        if self._envelope.others:
            keys["example"] = self._envelope.others.pop(0)
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


class _Update(Draft):
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
