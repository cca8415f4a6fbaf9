"""The format of a catalogue: the one definition, from which everything else about it is made.

Each field is a key of the YAML files: its type, its default and one sentence. The reader, the
schemas for editors, the tables of the format guide, the list of prose texts and the JSON export
follow from them. What the files do not say themselves (in which domain a reason is, the HTTP
status of its canonical status) is a property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, computed_field

from reasonbook.format.envelopes import Envelope, HeaderPlace, HeaderPromise, Place, SearchPlace
from reasonbook.format.kinds import (
    Date,
    HttpCode,
    HttpCodes,
    HttpKey,
    Items,
    Line,
    Lines,
    Name,
    Prose,
    Since,
    Steps,
    Title,
    UniqueItems,
    Url,
)
from reasonbook.format.observations import Observations
from reasonbook.format.operations import OperationPattern, Operations
from reasonbook.format.reasons import (
    Deprecation,
    Example,
    FieldCode,
    Lifecycle,
    Origin,
    RaisedBy,
    Reason,
)
from reasonbook.format.record import Record
from reasonbook.format.remedies import (
    Actor,
    Backoff,
    BackoffWait,
    HeaderWait,
    Next,
    PointerStep,
    PointerWait,
    Remedy,
    RequestStep,
    Retry,
    SecondsWait,
    Wait,
)

# What the rest of the package takes from here beside the records below.
__all__ = [
    "Actor",
    "Backoff",
    "BackoffWait",
    "Catalogue",
    "CodeScan",
    "Deprecation",
    "Envelope",
    "Example",
    "FieldCode",
    "HeaderPlace",
    "HeaderPromise",
    "HeaderWait",
    "Lifecycle",
    "Next",
    "Note",
    "OperationPattern",
    "Origin",
    "Outside",
    "Place",
    "PointerStep",
    "PointerWait",
    "Reason",
    "Remedy",
    "RequestStep",
    "Retry",
    "SearchPlace",
    "SecondsWait",
    "Wait",
]

Statement = Literal["cause", "fix", "remedy", "example"]
Stability = Literal["append-only", "unstated"]
NoteKind = Literal["note", "tip", "warning"]
Preset = Literal["go", "java", "typescript", "python", "proto"]

DEFAULT_REASON_PATTERN = "[A-Z][A-Z0-9_]{0,63}"


class Note(Record):
    """A callout."""

    kind: NoteKind = Field(description="How the note is shown.")
    text: Prose = Field(description="What the note says.")


class Section(Record):
    """A titled text, as in a troubleshooting guide."""

    title: Title = Field(description="What it is about.")
    text: Prose = Field(description="What to look at, and what to do.")


class Link(Record):
    """An address outside the site."""

    title: Title = Field(description="What is found there.")
    url: Url


class Source(Record):
    """Where the facts of a catalogue come from."""

    url: Url
    as_of: Date | None = Field(
        None,
        description='When the facts were read from there: a date in quotes, such as "2026-04-25".',
    )
    official: bool = Field(
        False, description="Whether those who run the API publish this catalogue."
    )


class Status(Record):
    """A canonical status and its one HTTP status."""

    http: HttpCode = Field(description="Its HTTP status, such as 404.")
    when: Prose | None = Field(None, description="When the API answers with it.")

    @property
    def name(self) -> str:
        """The status itself."""
        return self.key


class HttpStatus(Record):
    """What an API means by an HTTP status."""

    title: Title = Field(description="What the status is called, such as Not Found.")
    meaning: Prose = Field(description="What the API means by it.")
    fixes: Items[Prose] = Field(
        (), description="What to do where the reason is missing or unknown."
    )
    remedy: Remedy | None = Field(None, description="The same as data, for programs.")

    @property
    def code(self) -> int:
        """The HTTP status itself."""
        return int(self.key)


class CodeScan(Record):
    """Where the source of an API names its reasons."""

    preset: Preset | None = Field(
        None,
        description="A language: its files without tests and vendored code; without calls and "
        "pattern, its string literals (proto: its enum values) of the form of a reason.",
    )
    files: Lines = Field(
        (), description="Globs of files, such as `src/**/*.go`; by default those of the preset."
    )
    except_files: Lines = Field(
        (), description="Globs of files that are left out, beside those that the preset leaves out."
    )
    only_if: Line | None = Field(
        None, description="A text that such a file must hold, such as the import of a package."
    )
    calls: Lines = Field(
        (), description="What makes an error and takes its reason, such as `NewError`."
    )
    pattern: Line | None = Field(
        None,
        description="A regular expression with the group `(?P<reason>...)`, and `(?P<status>...)` "
        "or `(?P<sub_reason>...)` if they are there.",
    )


class Outside(Record):
    """An answer that comes in no envelope."""

    name: Name = Field(description="A short name, unique in the API.")
    http: HttpCodes = Field(
        "unknown", description="The HTTP statuses of such an answer; none: there is no answer."
    )
    media_type: Line | None = Field(
        None, description="Its Content-Type; the word none where it has no body."
    )
    raised_by: RaisedBy = Field("unknown", description="Operations that answer so.")
    cause: Steps | None = Field(None, description="Why such an answer comes.")
    fix: Steps = Field((), description="What to do: one text, or a list of steps.")
    remedy: Remedy | None = Field(None, description="The fix as data, for programs.")


class ErrorDomain(Record):
    """A group of reasons: one file, one page."""

    name: Name = Field(alias="domain", description="The file's name without .yaml.")
    title: Title = Field(description="What the domain is about.")
    summary: Prose = Field(description="One sentence.")
    coverage: Literal["complete", "common"] = Field(
        "complete", description="All reasons of this domain, or the common ones."
    )
    envelope: Annotated[Name | None, Since(2)] = Field(
        None, description="The name of one of envelopes in api.yaml."
    )
    ai_context: Prose | None = Field(
        None, description="What an agent must know of all reasons of this domain."
    )
    notes: Items[Note] = Field((), description="Callouts on the page of the domain.")
    reasons: Items[Reason] = Field(
        exclude=True,
        description="The reasons in the order of the page; [] where none is published yet.",
    )

    if TYPE_CHECKING:
        api: ClassVar[str]
        path: ClassVar[Path]


class Api(Record):
    """An API: its envelope, its statuses and its error domains."""

    format: Annotated[int, Field(ge=1)] = Field(
        1, exclude=True, description="Version of the format of these files; without it 1."
    )
    name: Name = Field(
        alias="api", description="The folder's name, and the first part of every address."
    )
    title: Title = Field(description="The name as people write it.")
    summary: Prose = Field(description="One sentence, for the front page and llms.txt.")
    source: Source = Field(description="Where these facts come from.")
    stability: Stability = Field("unstated", description="What the API itself promises.")
    schema_version: Annotated[int, Field(ge=1)] = Field(
        description="1 at first; raised when a published reason is removed or renamed."
    )
    deprecation_window_days: Annotated[int, Field(ge=0)] | None = Field(
        None, description="How long a deprecated reason is still sent, where the API says so."
    )
    base_url: Url | None = None
    ai_context: Prose | None = Field(
        None, description="What an agent must know before it handles any error of this API."
    )
    notes: Items[Note] = Field((), description="Callouts on the page of the API.")
    troubleshooting: Items[Section] = Field((), description="Titled texts for those who are stuck.")
    links: Items[Link] = Field((), description="Other sites, such as the status page.")
    terms: UniqueItems[Line] = Field(
        (), description="UPPER_SNAKE words of this API that are not reasons."
    )
    own_reason_pattern: Line | None = Field(
        None,
        alias="reason_pattern",
        exclude=True,
        description="Regular expression of every reason; default UPPER_SNAKE.",
    )
    requires: Annotated[UniqueItems[Statement], Since(2)] = Field(
        ("cause", "fix", "remedy", "example"),
        description="What every active reason must have; [] for a catalogue that still grows.",
    )
    operation_kind: Annotated[Literal["http", "named"], Since(2)] = Field(
        "http",
        alias="operations",
        description="How operations are written: METHOD /path, or any text.",
    )
    operation_classes: Annotated[dict[Line, OperationPattern], Since(2)] = Field(
        {}, description="Classes of operations, for raised_by."
    )
    code_scan: Annotated[Items[CodeScan], Since(2)] = Field(
        (), exclude=True, description="Where the API's source names its reasons, for audit."
    )
    outside: Annotated[Items[Outside], Since(2)] = Field(
        (), description="Answers that come in no envelope: gateways, empty bodies, no answer."
    )
    envelopes: Annotated[dict[Name, Envelope], Since(2)] = Field(
        {}, description="Further envelopes by name; a domain or a reason says which it has."
    )
    envelope: Envelope = Field(
        description="The shape of every error body, and where it holds what."
    )
    statuses: dict[Line, Status] = Field(
        {},
        exclude=True,
        description="Canonical statuses, each with its one HTTP status; left out where the API "
        "has none.",
    )
    own_http: dict[HttpKey, HttpStatus] = Field(
        {},
        exclude=True,
        alias="http",
        description="What the API means by an HTTP status (three digits, such as 404), success "
        "included.",
    )
    response_headers: Items[HeaderPromise] = Field(
        (), description="Headers that every error response carries; examples are checked for them."
    )
    domain_names: UniqueItems[Name] = Field(
        alias="domains", exclude=True, description="Order on the site; each needs its file."
    )
    planned_domains: UniqueItems[Name] = Field((), description="Announced, no reasons yet.")

    if TYPE_CHECKING:
        path: ClassVar[Path]
        loaded_domains: ClassVar[tuple[ErrorDomain, ...]]
        # All that the API has; None where no list says.
        listed_operations: ClassVar[Operations | None]
        # Whether every file could be read, so that all its reasons are known.
        is_complete: ClassVar[bool]
    #: What recordings show of it; None where nothing is kept, or it cannot be read.
    observations: ClassVar[Observations | None] = None

    @property
    def domains(self) -> tuple[ErrorDomain, ...]:
        """The listed domains whose files could be read, in the order of the site."""
        return self.loaded_domains

    @computed_field  # type: ignore[prop-decorator]
    @property
    def reason_pattern(self) -> str:
        """Regular expression that every reason matches."""
        return self.own_reason_pattern or DEFAULT_REASON_PATTERN

    def envelope_of(self, reason: Reason) -> Envelope:
        """Return the envelope in which a reason arrives."""
        name = reason.envelope_name
        return self.envelopes.get(name, self.envelope) if name else self.envelope

    @cached_property
    def http(self) -> Mapping[int, HttpStatus]:
        """What the API means by each HTTP status."""
        return {int(code): status for code, status in self.own_http.items()}

    @cached_property
    def reasons(self) -> Mapping[str, Reason]:
        """Every reason by its name, in the order of the site; of several alike the first."""
        found: dict[str, Reason] = {}
        for reason in self.every_reason():
            if reason.is_sound("reason"):
                found.setdefault(reason.name, reason)
        return found

    @cached_property
    def sub_reasons(self) -> Mapping[str, Sequence[Reason]]:
        """The entries of the second level, by the reason that they belong to."""
        found: dict[str, list[Reason]] = {}
        for reason in self.reasons.values():
            if reason.sub_reason:
                found.setdefault(reason.code, []).append(reason)
        return found

    def every_reason(self) -> Iterator[Reason]:
        """Iterate over all reasons, also those whose name is at fault or there twice."""
        for domain in self.domains:
            yield from domain.reasons

    def may_have(self, name: str) -> bool:
        """Tell whether the API has a reason, or has files that could not be read."""
        return name in self.reasons or not self.is_complete

    @cached_property
    def operations(self) -> Mapping[str, tuple[Reason, ...]]:
        """Every known operation with the reasons that name it, by path, then method.

        One that is listed has the name that the list gives it.
        """
        known = self.listed_operations
        found: dict[str, dict[str, Reason]] = {name: {} for name in known.every} if known else {}
        for reason in self.reasons.values():
            for operation in reason.operations:
                found.setdefault(self.listed_name(operation), {})[reason.name] = reason
        order = sorted(found, key=lambda operation: operation.split(" ")[::-1])
        return {operation: tuple(found[operation].values()) for operation in order}

    def listed_name(self, operation: str) -> str:
        """Return an operation as the list names it, where only its parameters differ."""
        known = self.listed_operations
        return (known.listed_name(operation) if known else None) or operation

    @cached_property
    def class_operations(self) -> Mapping[str, tuple[str, ...]]:
        """The operations of each class, by its name; none where they are not listed."""
        known = self.listed_operations
        return {
            name: known.of_class(pattern) if known else ()
            for name, pattern in self.operation_classes.items()
        }

    def senders(self, reason: Reason) -> tuple[str, ...]:
        """Return the operations that send a reason, those of a class one by one.

        None where they are not known, or may be any.
        """
        if isinstance(reason.raised_by, str | tuple):
            return reason.operations
        return self.class_operations.get(reason.raised_by.class_, ())

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that this API was read from."""
        beside = (self.listed_operations, self.observations)
        domains = (domain.path for domain in self.domains)
        return (self.path, *self.schema_paths, *domains, *(each.path for each in beside if each))

    @property
    def schema_paths(self) -> tuple[Path, ...]:
        """The files of the schemas of its envelopes, each once."""
        envelopes = (self.envelope, *self.envelopes.values())
        return tuple(dict.fromkeys(envelope.schema_path for envelope in envelopes))

    @cached_property
    def http_codes(self) -> tuple[int, ...]:
        """The HTTP statuses that the API describes, or that its reasons have, in order."""
        used = (code for reason in self.reasons.values() for code in reason.http_codes)
        return tuple(sorted({*self.http, *used}))

    @cached_property
    def domains_by_name(self) -> Mapping[str, ErrorDomain]:
        """The error domains by their names; of several alike the first."""
        found: dict[str, ErrorDomain] = {}
        for domain in self.domains:
            found.setdefault(domain.name, domain)
        return found

    def domain(self, name: str) -> ErrorDomain | None:
        """Return the error domain of that name."""
        return self.domains_by_name.get(name)


@dataclass(frozen=True)
class Catalogue:
    """All APIs of a folder, by name."""

    root: Path
    apis: Mapping[str, Api]

    def reasons(self) -> Iterator[Reason]:
        """Iterate over the reasons of every API, in the order of the site."""
        for api in self.apis.values():
            yield from api.reasons.values()
