"""A reason: one machine-readable error code of an API, with its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, Tag, computed_field

from reasonbook.diagnostics.location import Location
from reasonbook.format.kinds import (
    Date,
    DateOrVersion,
    FilledItems,
    HeaderName,
    HttpCode,
    HttpCodes,
    Items,
    Line,
    Name,
    Prose,
    Says,
    Since,
    Slug,
    Steps,
    Title,
    UniqueItems,
    Url,
    by_type,
)
from reasonbook.format.observations import Observed
from reasonbook.format.record import Record
from reasonbook.format.remedies import Remedy

Lifecycle = Literal["planned", "active", "deprecated", "retired"]
Arrival = Literal["response", "resource", "callback", "event", "close-code"]
Origin = Literal["observed", "documented", "constructed"]


class Example(Record):
    """A response with its body: verbatim JSON text, shown and tested byte for byte."""

    title: Title = Field(description="Unique within the reason.")
    origin: Origin = Field(
        description="A real response, one printed by the source, or one made by us from facts."
    )
    request: Line | None = Field(
        None, description="METHOD /path of the request that was answered so."
    )
    http: Annotated[
        Annotated[
            Annotated[HttpCode, Tag("<number>")] | Annotated[Literal["none"], Tag("<text>")],
            by_type(),
        ]
        | None,
        Since(2),
    ] = Field(
        None,
        description="Which of several statuses this example shows; none: it is not a response.",
    )
    headers: dict[HeaderName, str] = Field(
        {}, description="Response headers worth showing, each by its name."
    )
    body: Line = Field(
        description="The error body: verbatim JSON text, shown and tested byte for byte."
    )

    def body_at(self, line: int, column: int) -> Location:
        """Return where a line and column of the body are in the catalogue file."""
        return self.text_at("body", line, column)


class FieldCode(Record):
    """A code inside the details of an error."""

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
    never_sent: bool = Field(False, description="The API never sent it: retired without a window.")


class Attribute(Record):
    """What else the source says of a reason."""

    name: Line = Field(description="What it is called.")
    value: Line = Field(description="Its value, as the source writes it.")


class Correction(Record):
    """What this catalogue said wrongly of a fact."""

    date: Date = Field(description="When it was corrected.")
    key_: Line = Field(
        alias="key", description="The key that was wrong, such as http or remedy.retry."
    )
    was: Any = Field(description="What it said.")
    why: Prose = Field(description="How it is known to be wrong.")


class OperationClass(Record):
    """The word for a class of operations, in raised_by."""

    class_: Line = Field(alias="class", description="One of operation_classes in api.yaml.")


RaisedBy = Annotated[
    Annotated[Literal["any", "unknown"], Tag("<text>")]
    | Annotated[FilledItems[Line], Tag("<list>")]
    | Annotated[OperationClass, Tag("<keys>")],
    by_type(),
]


class Reason(Record):
    """One machine-readable error code of an API."""

    code: Line = Field(
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
    sub_reason: Annotated[Line | None, Since(2)] = Field(
        None, description="The second-level code; both together are unique in the API."
    )
    title: Annotated[Title | None, Since(2)] = Field(
        None, description="A short name for people, where the code says little."
    )
    message: Annotated[Line | None, Since(2)] = Field(
        None, description="The text that the API sends, with {placeholders} for what varies."
    )
    own_http: HttpCodes | None = Field(
        None,
        alias="http",
        exclude=True,
        description="HTTP status, where no canonical status is known: a number, a list of them, "
        "unknown, or none (it arrives in no response).",
    )
    status: (
        Annotated[
            Line, Says({"hint": "Name a canonical status of api.yaml; a number goes under http."})
        ]
        | None
    ) = Field(None, description="Canonical status, where the API has them.")
    envelope: Annotated[Name | None, Since(2)] = Field(
        None, description="The name of one of envelopes in api.yaml."
    )
    arrives_in: Annotated[FilledItems[Arrival], Since(2)] = Field(
        ("response",), description="Where it reaches a client."
    )
    lifecycle: Lifecycle = Field("active", description="Whether the API sends it today.")
    since: DateOrVersion | None = Field(
        None,
        description='First published: a date in quotes, such as "2026-04-25", or a version of the '
        "API.",
    )
    deprecated: Deprecation | None = Field(
        None, description="Since when it is on its way out, and what takes its place."
    )
    falls_back_to: UniqueItems[Line] = Field(
        (), description="What clients may still get instead of it today."
    )
    corrections: Annotated[Items[Correction], Since(2)] = Field(
        (), description="What this catalogue said wrongly of a fact."
    )
    causes: Steps = Field(
        (),
        alias="cause",
        description="Why the API answers so: one text, or a list of possible causes.",
    )
    fix: Steps = Field(
        (), description="What to do: one text, or a list of steps; left out where no source says."
    )
    remedy: Remedy | None = Field(None, description="The fix as data, for programs.")
    raised_by: RaisedBy = Field(
        "unknown",
        description="Operations (METHOD /path) that send it; or {class: ...}; or any; or unknown.",
    )
    ai_context: Prose | None = Field(None, description="What an agent must know of this reason.")
    details: dict[str, Any] | bool | None = Field(
        None,
        serialization_alias="details_schema",
        description="JSON Schema 2020-12 of the value at envelope.details.",
    )
    details_sent: Annotated[Literal["always", "sometimes"], Since(2)] = Field(
        "always", description="Whether a body always holds the details."
    )
    field_codes: Items[FieldCode] = Field((), description="Codes that stand inside the details.")
    docs_url: Annotated[Url | None, Since(2)] = Field(None, description="The API's own page on it.")
    attributes: Annotated[Items[Attribute], Since(2)] = Field(
        (), description="What else the source says, shown as it is."
    )
    see_also: UniqueItems[Line] = Field(
        (), description="Reasons of the same API that are easily mixed up with this one."
    )
    examples: Items[Example] = Field((), description="Responses with their bodies.")

    if TYPE_CHECKING:
        api: ClassVar[str]
        domain: ClassVar[str]
        resolved_http: ClassVar[int | tuple[int, ...] | Literal["unknown", "none"]]
        parent_slug: ClassVar[str]  # of the reason that a sub-reason belongs to
        envelope_name: ClassVar[str | None]  # its own, or that of its domain
    #: What recordings show of it; None where there are none, or they cannot be read.
    resolved_observed: ClassVar[Observed | None] = None
    #: The address of its page, where it was read from an export that tells it.
    url: ClassVar[str | None] = None
    #: Whether it is shown, in a preview, though texts in it still wait to be written.
    is_draft: ClassVar[bool] = False

    @computed_field(description="HTTP status: one, several, unknown, or none.")  # type: ignore[prop-decorator]
    @property
    def http(self) -> HttpCodes:
        """Its own HTTP status, or that of its canonical one; unknown where it is at fault."""
        return self.resolved_http

    @computed_field(description="What recordings of the API show of it; null where none does.")  # type: ignore[prop-decorator]
    @property
    def observed(self) -> Observed | None:
        """What was observed of it, by ``observed.json``."""
        return self.resolved_observed

    @property
    def http_codes(self) -> tuple[int, ...]:
        """Its HTTP statuses; empty where they are not known, or there is none."""
        http = self.resolved_http  # not the computed field, which pydantic is slow to give
        if isinstance(http, str):
            return ()
        return (http,) if isinstance(http, int) else http

    @property
    def name(self) -> str:
        """What references name: ``REASON``, or ``REASON/SUB`` with a second level."""
        return f"{self.code}/{self.sub_reason}" if self.sub_reason else self.code

    @property
    def cause(self) -> str:
        """All causes as one text; empty where none is known."""
        if len(self.causes) < 2:
            return "".join(self.causes)
        return " ".join(f"({n}) {cause}" for n, cause in enumerate(self.causes, 1))

    @property
    def slug(self) -> str:
        """The path of its page below those of the API's reasons."""
        return "/".join(self.slug_parts)

    @property
    def slug_parts(self) -> tuple[str, ...]:
        """The steps of that path: its own name, after that of the reason that it belongs to."""
        own = self.own_slug or self.sub_reason or self.code
        return (self.parent_slug, own) if self.sub_reason else (own,)

    @property
    def is_response(self) -> bool:
        """Whether it reaches a client as the body of an HTTP response."""
        return "response" in self.arrives_in

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that are known to send it, each by its own name."""
        return self.raised_by if isinstance(self.raised_by, tuple) else ()
