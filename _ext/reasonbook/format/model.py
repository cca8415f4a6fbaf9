"""The catalogue as immutable data. Each record knows the YAML it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from reasonbook.diagnostics.location import Location
from reasonbook.format.malformed import meant_reasons
from reasonbook.format.operations import Operations
from reasonbook.text import yaml_nodes

Actor = Literal["caller", "account-admin", "platform", "nobody"]
Retry = Literal["never", "after-fix", "after-delay", "at-once"]
Lifecycle = Literal["planned", "active", "deprecated", "retired"]
Origin = Literal["observed", "documented", "constructed"]
NoteKind = Literal["note", "tip", "warning"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every part of the catalogue shares: its source, value by value."""

    source: yaml_nodes.MappingNode = field(repr=False, compare=False)

    def at(self, *path: str | int) -> Location:
        """Return where the value at *path* stands; where it is left out, what would hold it."""
        return yaml_nodes.descend(self.source, path).location


@dataclass(frozen=True, kw_only=True)
class Note(Record):
    """A callout."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, kw_only=True)
class Section(Record):
    """A titled text, as in a troubleshooting guide."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Link(Record):
    """An address outside the site."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class HeaderWait(Record):
    """A response header says how long."""

    header: str


@dataclass(frozen=True, kw_only=True)
class PointerWait(Record):
    """The body says how long."""

    pointer: str
    unit: Literal["s", "ms"]


@dataclass(frozen=True, kw_only=True)
class BackoffWait(Record):
    """Waits that grow: seconds before the first repeat, then each time ``factor`` as long."""

    first: float
    factor: float


@dataclass(frozen=True, kw_only=True)
class SecondsWait(Record):
    """A fixed number of seconds."""

    seconds: float


Wait = HeaderWait | PointerWait | BackoffWait | SecondsWait


@dataclass(frozen=True, kw_only=True)
class RequestStep(Record):
    """A request that helps."""

    request: str


@dataclass(frozen=True, kw_only=True)
class PointerStep(Record):
    """The body names what to use next."""

    pointer: str


Next = RequestStep | PointerStep


@dataclass(frozen=True, kw_only=True)
class Remedy(Record):
    """The fix as data: who acts, whether to repeat the request, and when."""

    actor: Actor
    retry: Retry
    wait: tuple[Wait, ...]
    idempotency_key: Literal["same", "new"] | None
    next: tuple[Next, ...]
    basis: Literal["stated", "derived"] | None


@dataclass(frozen=True, kw_only=True)
class Status(Record):
    """A canonical status and its one HTTP status."""

    name: str
    http: int
    when: str | None


@dataclass(frozen=True, kw_only=True)
class HttpStatus(Record):
    """What an API means by an HTTP status."""

    code: int
    title: str
    meaning: str
    fixes: tuple[str, ...]
    remedy: Remedy | None


@dataclass(frozen=True, kw_only=True)
class HeaderPromise(Record):
    """A header that error responses carry; ``http`` is None where every one does."""

    name: str
    http: tuple[int, ...] | None
    equals: str | None
    pattern: str | None


@dataclass(frozen=True, kw_only=True)
class ReasonSearch:
    """Where a reason stands in a list of typed objects."""

    in_: str
    where: Mapping[str, str]
    at: str


@dataclass(frozen=True, kw_only=True)
class Envelope(Record):
    """The shape of every error body of an API: its schema, and where what stands in it."""

    schema: Mapping[str, Any]
    schema_path: Path
    media_type: str
    reason: str | ReasonSearch
    reason_prefix: str
    message: str | None
    status: str | None
    http: str | None
    request_id: str | None
    details: str | None
    example: str


@dataclass(frozen=True, kw_only=True)
class Example(Record):
    """A response with its body: verbatim JSON text, shown and tested byte for byte."""

    title: str
    origin: Origin
    request: str | None
    headers: Mapping[str, str]
    body: str

    def body_at(self, line: int, column: int) -> Location:
        """Return where a line and column of the body stand in the catalogue file."""
        body = self.source.entries["body"]
        assert isinstance(body, yaml_nodes.ScalarNode)
        return body.locate(line, column)


@dataclass(frozen=True, kw_only=True)
class FieldCode(Record):
    """A code that stands inside the details of an error."""

    code: str
    meaning: str
    fix: str | None


@dataclass(frozen=True, kw_only=True)
class Deprecation(Record):
    """Since when a reason is on its way out, and what takes its place."""

    since: str
    remove_after: str | None
    replaced_by: str | None
    retired: str | None
    correction: bool  # the API provably never sent it, so it went without a window


@dataclass(frozen=True, kw_only=True)
class Reason(Record):
    """One machine-readable error code of an API."""

    api: str
    domain: str
    name: str
    slug: str  # the file name of its page
    status: str | None
    http: int
    cause: str
    fix: tuple[str, ...]  # one text, or the steps in order
    remedy: Remedy
    raised_by: tuple[str, ...] | Literal["any", "unknown"]
    lifecycle: Lifecycle
    since: str | None
    falls_back_to: tuple[str, ...]
    deprecated: Deprecation | None
    details: Any  # a JSON Schema, or None where the body holds no details
    field_codes: tuple[FieldCode, ...]
    see_also: tuple[str, ...]
    ai_context: str | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, kw_only=True)
class ErrorDomain(Record):
    """A group of reasons: one file, one page."""

    api: str
    name: str
    title: str
    summary: str
    coverage: Literal["complete", "common"]
    ai_context: str | None
    notes: tuple[Note, ...]
    reasons: tuple[Reason, ...]
    path: Path


@dataclass(frozen=True, kw_only=True)
class Api(Record):
    """An API: its envelope, its statuses and its error domains."""

    name: str
    title: str
    summary: str
    source_url: str
    source_as_of: str | None
    source_official: bool
    stability: Literal["append-only", "unstated"]
    base_url: str | None
    reason_pattern: str
    envelope: Envelope
    statuses: Mapping[str, Status]
    http: Mapping[int, HttpStatus]
    response_headers: tuple[HeaderPromise, ...]
    ai_context: str | None
    notes: tuple[Note, ...]
    troubleshooting: tuple[Section, ...]
    links: tuple[Link, ...]
    terms: tuple[str, ...]
    schema_version: int
    deprecation_window_days: int | None
    domains: tuple[ErrorDomain, ...]
    planned_domains: tuple[str, ...]
    # Every reason that the files name, also those too broken to be in the model; None where a file
    # could not be read, and so nobody knows.
    declared: frozenset[str] | None
    listed_operations: Operations | None  # all that the API has; None where no list says
    path: Path

    @cached_property
    def reasons(self) -> Mapping[str, Reason]:
        """Every reason by its name, in the order of the site."""
        return {reason.name: reason for domain in self.domains for reason in domain.reasons}

    def may_declare(self, name: str) -> bool:
        """Whether the files name this reason, for all that could be read of them.

        So one fault does not echo through every reference to the reason that it hides.
        """
        return self.declared is None or name in self.declared or name in self._meant

    def is_meant(self, reason: str, name: str) -> bool:
        """Whether *reason* is malformed, which has been reported, and was to be *name*."""
        return self._meant.get(name) == reason

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """Each malformed reason of the files, by the name that it looks like."""
        return meant_reasons(self.declared or (), self.reason_pattern)

    @cached_property
    def operations(self) -> Mapping[str, tuple[Reason, ...]]:
        """The reasons that each operation is known to send, by path, then method."""
        found: dict[str, list[Reason]] = {}
        for reason in self.reasons.values():
            if not isinstance(reason.raised_by, str):
                for operation in reason.raised_by:
                    found.setdefault(operation, []).append(reason)
        order = sorted(found, key=lambda operation: operation.split(" ")[::-1])
        return {operation: tuple(found[operation]) for operation in order}

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that this API was read from."""
        listed = (self.listed_operations.path,) if self.listed_operations else ()
        domains = (domain.path for domain in self.domains)
        return (self.path, self.envelope.schema_path, *domains, *listed)

    def domain(self, name: str) -> ErrorDomain | None:
        """Return the error domain of that name."""
        return next((domain for domain in self.domains if domain.name == name), None)


@dataclass(frozen=True)
class Catalogue:
    """All APIs of a folder, by name."""

    root: Path
    apis: Mapping[str, Api]

    def reasons(self) -> Iterator[Reason]:
        """Iterate over the reasons of every API, in the order of the site."""
        for api in self.apis.values():
            yield from api.reasons.values()
