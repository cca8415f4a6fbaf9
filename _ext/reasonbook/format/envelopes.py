"""The envelope of an API's errors: its schema, and where a body holds what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, computed_field

from reasonbook.diagnostics.location import Location
from reasonbook.format.kinds import (
    FileName,
    HeaderName,
    HttpCode,
    Items,
    Line,
    Lines,
    OneOrMore,
    Pointer,
    Since,
    as_list,
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


class HeaderPlace(Record):
    """A code is in a header."""

    header: HeaderName = Field(description="The response header that holds the code.")


class SearchPlace(Record):
    """A code is in an object of a list, which is known by its members."""

    in_: Pointer = Field(
        alias="in", description="Where the list is: a JSON Pointer such as /error/details."
    )
    where: dict[str, Lines] = Field(
        min_length=1,
        description="Members that the right object of the list has, each with its value, or a "
        "list of which any fits.",
    )
    at_: Pointer = Field(
        alias="at", description="Where that object holds the code: a JSON Pointer such as /reason."
    )


def _kind_of_place(value: Any) -> str:
    if isinstance(value, str):
        return "<text>"
    is_header = "header" in value if isinstance(value, dict) else isinstance(value, HeaderPlace)
    return "<header>" if is_header else "<search>"


Place = Annotated[
    Annotated[Pointer, Tag("<text>")]
    | Annotated[HeaderPlace, Tag("<header>")]
    | Annotated[SearchPlace, Tag("<search>")],
    Discriminator(_kind_of_place),
]


def _as_prefixes(value: Any) -> Any:
    return as_list(value) or []


Places = Annotated[Items[Place], Field(min_length=1), BeforeValidator(as_list), OneOrMore()]
Prefixes = Annotated[Items[Line], BeforeValidator(_as_prefixes), OneOrMore(or_nothing=True)]


class Envelope(Record):
    """The shape of every error body of an API: its schema, and where a body holds what."""

    schema_file: FileName = Field(
        alias="schema",
        exclude=True,
        description="Name of the file beside api.yaml that holds the JSON Schema 2020-12 of every "
        "error body; or a part of an OpenAPI document, as openapi.json#/components/schemas/Error.",
    )
    media_type: Line = Field("application/json", description="Content-Type of an error.")
    reason: Places = Field(
        description="Where the reason is: a JSON Pointer such as /error/reason (the step * means "
        "every item), a search in a list, a header, or a list of these, of which the first that "
        "yields one counts."
    )
    sub_reason: Annotated[Place | None, Since(2)] = Field(
        None, description="Where the second-level code is, such as /error/decline_code."
    )
    reason_prefix: Prefixes = Field(
        (), description="What comes before the reason in the body; of several, any may."
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
    field_code: Annotated[Pointer | None, Since(2)] = Field(
        None,
        description="Where codes inside the details are, such as /error/details/errors/*/code.",
    )
    example: Line = Field(description="A full error body, as JSON text.")

    if TYPE_CHECKING:
        body_schema: ClassVar[Mapping[str, Any]]  # complete in itself
        schema_path: ClassVar[Path]
        schema_at: ClassVar[partial[Location]]  # where a part of it is, by its pointer

    @computed_field(alias="schema")  # type: ignore[prop-decorator]
    @property
    def shown_schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of every error body."""
        return dict(self.body_schema)
