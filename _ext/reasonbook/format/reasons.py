"""A reason: one machine-readable error code of an API, with its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, Tag, computed_field

from reasonbook.diagnostics.location import Location
from reasonbook.format.kinds import (
    Date,
    FilledItems,
    HeaderName,
    HttpCode,
    Items,
    Line,
    Prose,
    Says,
    Slug,
    Steps,
    UniqueItems,
    by_type,
)
from reasonbook.format.record import Record
from reasonbook.format.remedies import Remedy

Lifecycle = Literal["planned", "active", "deprecated", "retired"]
Origin = Literal["observed", "documented", "constructed"]


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
        | Annotated[FilledItems[Line], Tag("<list>")],
        by_type(),
    ] = Field("unknown", description="Operations (METHOD /path) that send it; or any; or unknown.")
    ai_context: Prose | None = Field(None, description="What an agent must know of this reason.")
    details: dict[str, Any] | bool | None = Field(
        None,
        serialization_alias="details_schema",
        description="JSON Schema 2020-12 of the value at envelope.details.",
    )
    field_codes: Items[FieldCode] = Field((), description="Codes inside the details.")
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
