"""The envelope of an API's errors: its schema, and where a body holds what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, Tag, computed_field

from reasonbook.format.kinds import (
    FileName,
    HeaderName,
    HttpCode,
    Items,
    Line,
    Pointer,
    by_type,
)
from reasonbook.format.record import Record


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
    """Where the reason is in a list of typed objects."""

    in_: Pointer = Field(
        alias="in", description="Where the list is: a JSON Pointer such as /error/details."
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
        description="What comes before the reason in the body.",
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
