"""What a source says, whatever its kind: plain records, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reasonbook.diagnostics.location import Location

#: The only domain, where nothing else is asked for.
ONE_DOMAIN = "general"


class SourceError(Exception):
    """A source cannot be imported as it was asked for: where, why, and what to do."""

    def __init__(self, message: str, hint: str = "", at: Location | None = None) -> None:
        super().__init__(f"{at}: {message}" if at else message)
        self.message, self.hint, self.at = message, hint, at


@dataclass(frozen=True)
class Skipped:
    """Something that did not come in, or not as it stands: where it is, and why."""

    at: Location
    why: str

    def __str__(self) -> str:
        return f"{self.at}: {self.why}"


@dataclass
class FoundExample:
    """A body that the source prints."""

    title: str
    body: str
    at: Location
    http: int | None = None
    value: Any = None  # the body, where it is known as data


@dataclass
class FoundReason:
    """A code, and what the source says of it; what it does not say is empty."""

    code: str
    at: Location
    http: list[int] = field(default_factory=list)
    title: str = ""
    messages: list[str] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    fix: list[str] = field(default_factory=list)
    docs_url: str = ""
    operations: list[str] = field(default_factory=list)
    examples: list[FoundExample] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    domain: str = ""  # as a column says
    tags: list[str] = field(default_factory=list)  # of the operations that send it
    more: dict[str, Any] = field(default_factory=dict)  # other keys of the format, as they stand
    differing: set[str] = field(default_factory=set)  # keys that places disagree on: none is right

    def absorb(self, other: FoundReason) -> None:
        """Add what another place in the source says of the same code."""
        for mine, its in (
            (self.messages, other.messages),
            (self.causes, other.causes),
            (self.operations, other.operations),
            (self.tags, other.tags),
        ):
            mine += [value for value in its if value not in mine]
        self.http += [status for status in other.http if status not in self.http]
        for key in ("title", "fix", "docs_url"):
            mine, its = getattr(self, key), getattr(other, key)
            if mine and its and mine != its:
                self.differing.add(key)
            setattr(self, key, mine or its)
        self.domain = self.domain or other.domain
        for name, value in other.attributes.items():
            known = self.attributes.setdefault(name, value)
            if value not in known.split("; "):
                self.attributes[name] = f"{known}; {value}"
        for example in other.examples:
            self.add_example(example)

    def add_example(self, example: FoundExample) -> None:
        """Add an example, once for each status and body, under a title that no other has."""
        shown = {(known.http, known.body) for known in self.examples}
        if (example.http, example.body) in shown:
            return
        titles = {known.title for known in self.examples}
        title, number = example.title, 1
        while title in titles:
            number += 1
            title = f"{example.title} ({number})"
        self.examples.append(replace(example, title=title))


@dataclass
class FoundEnvelope:
    """The shape of the error bodies: keys of the format, and the files that they name."""

    keys: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)  # bodies that may be its example instead


@dataclass
class Found:
    """All that was read from a source."""

    path: Path
    kind: str
    reasons: dict[str, FoundReason] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # how it was read
    title: str = ""
    summary: str = ""
    docs_url: str = ""
    base_url: str = ""
    envelope: FoundEnvelope | None = None
    tags: dict[str, str] = field(default_factory=dict)  # what the source says of each
    domains: dict[str, dict[str, Any]] = field(default_factory=dict)  # their keys, as they stand
    more: dict[str, Any] = field(default_factory=dict)  # other keys of api.yaml, as they stand

    def add(self, reason: FoundReason) -> None:
        """Add a code, or to a known one what is said of it elsewhere."""
        if known := self.reasons.get(reason.code):
            known.absorb(reason)
        else:
            self.reasons[reason.code] = reason

    def skip(self, at: Location, why: str) -> None:
        """Note what does not come in, and why."""
        self.skipped.append(Skipped(at, why))
