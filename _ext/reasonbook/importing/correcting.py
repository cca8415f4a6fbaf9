"""A draft that is checked as a catalogue, in a folder of its own, and corrected.

What a rule refuses is left out and told, with the place in the source, so that what is written
passes the check.
"""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.checking import check_catalogue
from reasonbook.diagnostics.problems import Problem
from reasonbook.diagnostics.rules import Rule
from reasonbook.importing.domains import group
from reasonbook.importing.draft import reason_keys, slugs
from reasonbook.importing.found import Found, SourceError
from reasonbook.importing.merge import Merged
from reasonbook.importing.places import Place, Places
from reasonbook.importing.record import RECORD_FILE


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


class Draft(ABC):
    """A draft while it is corrected: what was found, without what a rule refused."""

    def __init__(self, found: Found, folder: Path, options: Options) -> None:
        self.found, self.folder, self.options = found, folder, options
        self._left_out: set[Place] = set()
        self._unmarked: set[tuple[str, str]] = set()
        self.groups = group(found, options.domains)

    def plan(self) -> Plan | None:
        """Return the first attempt of which no rule refuses anything any more."""
        for _ in range(limits.IMPORT_ROUNDS):
            plan = self.attempt()
            remaining = self._remaining(plan)
            if remaining is not None:
                plan.left = remaining
                plan.files[RECORD_FILE] = plan.merged.record.text()
                return plan
        raise SourceError("Leaving out what is refused comes to no end.", "Please report it.")

    @abstractmethod
    def attempt(self) -> Plan:
        """Return the files without what was refused so far."""

    @abstractmethod
    def refuse(self, problem: Problem) -> bool:
        """Deal with a finding beside the reasons; tell whether another attempt may help."""

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
            places, before = Places(folder), frozenset(self._left_out)
            other: list[Problem] = []
            is_changed = False
            for problem in errors:
                place = places.find(problem.location)
                if place and place[1] in plan.merged.written.get(place[0], ()):
                    is_changed |= self._leave_out(place, problem, before)
                elif plan.is_new and self.refuse(problem):
                    is_changed = True
                else:
                    other.append(problem)
        return None if is_changed else other

    def _leave_out(self, place: Place, problem: Problem, before: frozenset[Place]) -> bool:
        """Leave a value out of the draft and tell why; a code in prose only loses its marks.

        The number in the place counts what was in the draft, without what was out *before*.
        """
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
            gone = {i for c, k, i in before if (c, k) == (code, key)}
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


def _without_marks(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_marks(item) for item in value]
    return value.replace("`", "") if isinstance(value, str) else value
