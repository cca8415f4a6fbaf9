"""The format of a catalogue: the one definition, from which everything else about it is made.

Each field is a key of the YAML files: its type, its default and one sentence. The reader, the
schemas for editors, the tables of the format guide, the list of prose texts and the JSON export
follow from them. What the files do not say themselves (in which domain a reason stands, the HTTP
status of its canonical status) is a property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, Tag, computed_field

from reasonbook.diagnostics.location import Location
from reasonbook.format.kinds import (
    Date,
    Factor,
    FileName,
    HeaderName,
    HttpCode,
    HttpKey,
    Items,
    Line,
    Name,
    Pointer,
    Prose,
    Says,
    Seconds,
    Slug,
    Steps,
    UniqueItems,
    Url,
    by_key,
    by_type,
)
from reasonbook.format.operations import Operations
from reasonbook.format.record import Record

Actor = Literal["caller", "account-admin", "platform", "nobody"]
Retry = Literal["never", "after-fix", "after-delay", "at-once"]
Lifecycle = Literal["planned", "active", "deprecated", "retired"]
Origin = Literal["observed", "documented", "constructed"]
NoteKind = Literal["note", "tip", "warning"]

DEFAULT_REASON_PATTERN = "[A-Z][A-Z0-9_]{0,63}"


class Note(Record):
    """A callout."""

    kind: NoteKind = Field(description="How the note is shown.")
    text: Prose = Field(description="What the note says.")


class Section(Record):
    """A titled text, as in a troubleshooting guide."""

    title: Line = Field(description="What it is about.")
    text: Prose = Field(description="What to look at, and what to do.")


class Link(Record):
    """An address outside the site."""

    title: Line = Field(description="What is found there.")
    url: Url = Field(
        description="An address that begins with http:// or https://; odd characters in it are "
        "percent-encoded."
    )


class Source(Record):
    """Where the facts of a catalogue come from."""

    url: Url = Field(
        description="An address that begins with http:// or https://; odd characters in it are "
        "percent-encoded."
    )
    as_of: Date | None = Field(
        None,
        description='When the facts were read from there: a date in quotes, such as "2026-04-25".',
    )
    official: bool = Field(
        False, description="Whether those who run the API publish this catalogue."
    )


class HeaderWait(Record):
    """A response header says how long to wait."""

    header: HeaderName = Field(description="A response header that says how long, in seconds.")


class PointerWait(Record):
    """The body says how long to wait."""

    pointer: Pointer = Field(
        description="Where the body says how long: a JSON Pointer such as /error/details/wait."
    )
    unit: Literal["s", "ms"] = Field("s", description="Unit of the value at the pointer.")


class Backoff(Record):
    """How waits grow with each repeat."""

    first: Seconds = Field(description="Seconds before the first repeat.")
    factor: Factor = Field(description="By how much each wait grows.")


class BackoffWait(Record):
    """Waits that grow with each repeat."""

    backoff: Backoff = Field(description="Waits that grow with each repeat.")


class SecondsWait(Record):
    """A fixed time to wait."""

    seconds: Seconds = Field(description="A fixed number of seconds.")


Wait = Annotated[
    Annotated[HeaderWait, Tag("<header>")]
    | Annotated[PointerWait, Tag("<pointer>")]
    | Annotated[BackoffWait, Tag("<backoff>")]
    | Annotated[SecondsWait, Tag("<seconds>")],
    by_key("header", "pointer", "backoff", "seconds"),
]


class RequestStep(Record):
    """A request that helps."""

    request: Line = Field(description="METHOD /path of a request that helps.")


class PointerStep(Record):
    """The body names what to use next."""

    pointer: Pointer = Field(
        description="Where the body names what to use next: a JSON Pointer such as "
        "/error/details/next."
    )


Next = Annotated[
    Annotated[RequestStep, Tag("<request>")] | Annotated[PointerStep, Tag("<pointer>")],
    by_key("request", "pointer"),
]


class Remedy(Record):
    """The fix as data: who acts, whether to repeat the request, and when."""

    actor: Actor = Field(description="Who can fix it.")
    retry: Retry = Field(description="Whether the same request may be sent again.")
    wait: Items[Wait] = Field((), description="With after-delay: how long; the first that applies.")
    idempotency_key: Literal["same", "new"] | None = Field(
        None, description="Which key a repeat carries, where the API has them."
    )
    next: Items[Next] = Field((), description="Requests that help.")
    basis: Literal["stated", "derived"] | None = Field(
        None, description="Whether the source says so or we derived it."
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

    title: Line = Field(description="What the status is called, such as Not Found.")
    meaning: Prose = Field(description="What the API means by it.")
    fixes: Items[Prose] = Field(
        (), description="What to do where the reason is missing or unknown."
    )
    remedy: Remedy | None = Field(None, description="The same as data, for programs.")

    @property
    def code(self) -> int:
        """The HTTP status itself."""
        return int(self.key)


class HeaderPromise(Record):
    """A header that error responses carry."""

    name: HeaderName = Field(description="The name of an HTTP header.")
    http: Annotated[
        Annotated[Literal["any"], Tag("<text>")]
        | Annotated[Items[HttpCode], Field(min_length=1), Tag("<list>")],
        by_type(),
    ] = Field("any", description="The word any, or the HTTP statuses that carry it.")
    equals: Pointer | None = Field(
        None,
        description="Where the body repeats the header's value: a JSON Pointer such as "
        "/error/request_id.",
    )
    pattern: Line | None = Field(
        None, description="A regular expression that the whole value matches."
    )

    def is_on(self, http: int) -> bool:
        """Tell whether an answer with that HTTP status carries it."""
        return self.http == "any" or http in self.http


class ReasonSearch(Record):
    """Where a reason stands in a list of typed objects."""

    in_: Pointer = Field(
        alias="in", description="Where the list stands: a JSON Pointer such as /error/details."
    )
    where: dict[str, str] = Field(
        min_length=1,
        description="Members that the right object of the list has, with their values.",
    )
    at_: Pointer = Field(
        alias="at",
        description="Where that object holds the reason: a JSON Pointer such as /reason.",
    )


ReasonPlace = Annotated[
    Annotated[Pointer, Tag("<text>")] | Annotated[ReasonSearch, Tag("<keys>")], by_type()
]


class Envelope(Record):
    """The shape of every error body of an API: its schema, and where a body holds what."""

    schema_file: FileName = Field(
        alias="schema",
        exclude=True,
        description="Name of the file beside api.yaml that holds the JSON Schema 2020-12 of every "
        "error body.",
    )
    media_type: Line = Field("application/json", description="Content-Type of an error.")
    reason: ReasonPlace = Field(
        description="Where a body holds the reason: a JSON Pointer such as /error/reason, or a "
        "search in a list."
    )
    own_reason_prefix: str | None = Field(
        None,
        alias="reason_prefix",
        exclude=True,
        description="What stands before the reason in the body.",
    )
    message: Pointer | None = Field(
        None, description="Where a body holds the message: a JSON Pointer such as /error/message."
    )
    status: Pointer | None = Field(
        None,
        description="Where a body holds the canonical status: a JSON Pointer such as "
        "/error/status.",
    )
    http: Pointer | None = Field(
        None, description="Where a body holds the HTTP status: a JSON Pointer such as /error/http."
    )
    request_id: Pointer | None = Field(
        None,
        description="Where a body holds the id of the request: a JSON Pointer such as "
        "/error/request_id.",
    )
    details: Pointer | None = Field(
        None, description="Where a body holds the details: a JSON Pointer such as /error/details."
    )
    example: Line = Field(description="A full error body, as JSON text.")

    if TYPE_CHECKING:
        body_schema: ClassVar[Mapping[str, Any]]  # what the file holds
        schema_path: ClassVar[Path]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def reason_prefix(self) -> str:
        """What comes before the reason in the body; empty where nothing does."""
        return self.own_reason_prefix or ""

    @computed_field(alias="schema")  # type: ignore[prop-decorator]
    @property
    def shown_schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of every error body."""
        return dict(self.body_schema)


class Example(Record):
    """A response with its body: verbatim JSON text, shown and tested byte for byte."""

    title: Line = Field(description="Unique within the reason.")
    origin: Origin = Field(
        description="A real response, one printed by the source, or one made by us from facts."
    )
    request: Line | None = Field(
        None, description="METHOD /path of the request that was answered so."
    )
    headers: dict[HeaderName, str] = Field(
        {}, description="Response headers worth showing, each by its name."
    )
    body: Line = Field(
        description="The error body: verbatim JSON text, shown and tested byte for byte."
    )

    def body_at(self, line: int, column: int) -> Location:
        """Return where a line and column of the body stand in the catalogue file."""
        return self.text_at("body", line, column)


class FieldCode(Record):
    """A code that stands inside the details of an error."""

    code: Line = Field(description="The code as clients see it.")
    meaning: Prose = Field(description="What it says of the field.")
    fix: Prose | None = Field(None, description="What to do about it.")


class Deprecation(Record):
    """Since when a reason is on its way out, and what takes its place."""

    since: Date = Field(
        description='When it was deprecated: a date in quotes, such as "2026-04-25".'
    )
    remove_after: Date | None = Field(
        None,
        description="The last day on which it is still sent: a date in quotes, such as "
        '"2026-04-25".',
    )
    replaced_by: Line | None = Field(None, description="The reason that takes its place.")
    retired: Date | None = Field(
        None,
        description='When the API stopped sending it: a date in quotes, such as "2026-04-25".',
    )
    correction: bool = Field(
        False, description="The API provably never sent it: retired without a window."
    )


class Reason(Record):
    """One machine-readable error code of an API."""

    name: Line = Field(
        alias="reason",
        description="The code as clients see it; unique in the API. Quote digits.",
    )
    own_slug: Slug | None = Field(
        None,
        alias="slug",
        exclude=True,
        description="File name of its page, where the reason is not safe as one: letters, digits, "
        "hyphens, underscores.",
    )
    own_http: HttpCode | None = Field(
        None,
        alias="http",
        exclude=True,
        description="HTTP status, where no canonical status is known.",
    )
    status: (
        Annotated[
            Line, Says({"hint": "Name a canonical status of api.yaml; a number goes under http."})
        ]
        | None
    ) = Field(None, description="Canonical status, where the API has them.")
    lifecycle: Lifecycle = Field("active", description="Whether the API sends it today.")
    since: Date | None = Field(
        None, description='First published: a date in quotes, such as "2026-04-25".'
    )
    deprecated: Deprecation | None = Field(
        None, description="Since when it is on its way out, and what takes its place."
    )
    falls_back_to: UniqueItems[Line] = Field(
        (), description="What clients may still get instead of it today."
    )
    cause: Prose = Field(description="Why the API answers so.")
    fix: Steps = Field(description="What to do: one text, or a list of steps.")
    remedy: Remedy = Field(description="The fix as data, for programs.")
    raised_by: Annotated[
        Annotated[Literal["any", "unknown"], Tag("<text>")]
        | Annotated[UniqueItems[Line], Field(min_length=1), Tag("<list>")],
        by_type(),
    ] = Field("unknown", description="Operations (METHOD /path) that send it; or any; or unknown.")
    ai_context: Prose | None = Field(None, description="What an agent must know of this reason.")
    details: dict[str, Any] | bool | None = Field(
        None,
        serialization_alias="details_schema",
        description="JSON Schema 2020-12 of the value at envelope.details.",
    )
    field_codes: Items[FieldCode] = Field((), description="Codes that stand inside the details.")
    see_also: UniqueItems[Line] = Field(
        (), description="Reasons of the same API that are easily mixed up with this one."
    )
    examples: Items[Example] = Field((), description="Responses with their bodies.")

    if TYPE_CHECKING:
        api: ClassVar[str]
        domain: ClassVar[str]
        resolved_http: ClassVar[int]

    @computed_field(description="HTTP status.")  # type: ignore[prop-decorator]
    @property
    def http(self) -> HttpCode:
        """Its own HTTP status, or that of its canonical one; 0 where neither could be read."""
        return self.resolved_http

    @property
    def slug(self) -> str:
        """The file name of its page."""
        return self.own_slug or self.name


class ErrorDomain(Record):
    """A group of reasons: one file, one page."""

    name: Name = Field(alias="domain", description="The file's name without .yaml.")
    title: Line = Field(description="What the domain is about.")
    summary: Prose = Field(description="One sentence.")
    coverage: Literal["complete", "common"] = Field(
        "complete", description="All reasons of this domain, or the common ones."
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

    name: Name = Field(
        alias="api", description="The folder's name, and the first part of every address."
    )
    title: Line = Field(description="The name as people write it.")
    summary: Prose = Field(description="One sentence, for the front page and llms.txt.")
    source: Source = Field(description="Where these facts come from.")
    stability: Literal["append-only", "unstated"] = Field(
        "unstated", description="What the API itself promises."
    )
    schema_version: Annotated[int, Field(ge=1)] = Field(
        description="1 at first; raised when a published reason is removed or renamed."
    )
    deprecation_window_days: Annotated[int, Field(ge=0)] | None = Field(
        None, description="How long a deprecated reason is still sent, where the API says so."
    )
    base_url: Url | None = Field(
        None,
        description="An address that begins with http:// or https://; odd characters in it are "
        "percent-encoded.",
    )
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
        listed_operations: ClassVar[
            Operations | None
        ]  # all that the API has; None where no list says
        is_complete: ClassVar[
            bool
        ]  # whether every file could be read, so that all its reasons are known

    @property
    def domains(self) -> tuple[ErrorDomain, ...]:
        """The listed domains whose files could be read, in the order of the site."""
        return self.loaded_domains

    @computed_field  # type: ignore[prop-decorator]
    @property
    def reason_pattern(self) -> str:
        """Regular expression that every reason matches."""
        return self.own_reason_pattern or DEFAULT_REASON_PATTERN

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

    def every_reason(self) -> Iterator[Reason]:
        """Iterate over all reasons, also those whose name is at fault or there twice."""
        for domain in self.domains:
            yield from domain.reasons

    def may_have(self, name: str) -> bool:
        """Tell whether the API has a reason, or has files that could not be read."""
        return name in self.reasons or not self.is_complete

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
