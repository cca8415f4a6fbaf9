"""The kinds of single values in a catalogue: how each is written, for the reader and for editors.

A kind is a pydantic type with constraints. Its JSON Schema is what editors get, and what the hints
of :mod:`reasonbook.format.hints` are read from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    Tag,
)
from pydantic_core import CoreSchema, PydanticCustomError

from reasonbook.format.dates import is_date

NAME: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
NOT_BLANK: Final = r"\S"
ONE_LINE: Final = r"^\s*\S[^\r\n]*\s*$"
_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_POINTER = r"^(/([^~/]|~[01])*)*$"
_URL = r"^https?://[!#-;=?-\[\]_a-{}~]+$"
_HEADER = r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"
_FILE = r"^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_-])?(#(/([^~/]|~[01])*)*)?$"
_SLUG = r"^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,118}[A-Za-z0-9])?$"

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Says:
    """Adds words to the JSON Schema of what it annotates."""

    words: Mapping[str, Any]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema of the value with the words added."""
        return {**handler(core), **self.words}


@dataclass(frozen=True, eq=False)
class Is:
    """Gives what it annotates another JSON Schema."""

    schema: Mapping[str, Any]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return that schema."""
        return dict(self.schema)


@dataclass(frozen=True)
class Since:
    """Tells since which version of the format a key is known."""

    version: int


class IsProse:
    """Marks a text as prose: it is parsed, its code spans are checked, and it is shown as such."""


@dataclass(frozen=True)
class OneOrMore:
    """Lets a single item take the place of a list of one, for editors."""

    or_nothing: bool = False

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(core)
        if handler.mode == "serialization":  # always a list, empty where there is nothing
            return {key: said for key, said in many.items() if key != "minItems"}
        nothing = [{"type": "null"}] if self.or_nothing else []
        return {"anyOf": [many["items"], many, *nothing]}


def as_list(value: Any) -> Any:
    """Return a single item as a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _real_day(text: str) -> str:
    if not is_date(text):
        raise PydanticCustomError("not_a_date", "is not a date")
    return text


def _real_day_if_any(text: str) -> str:
    return _real_day(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else text


def _without_repeats(items: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(items)) != len(items):
        raise PydanticCustomError("repeated", "names one twice")
    return items


def type_of(value: Any) -> str:
    """Return the branch of a union of values of several types; no key is ever written so."""
    if isinstance(value, str):
        return "<text>"
    if isinstance(value, dict | BaseModel):
        return "<keys>"
    if isinstance(value, list | tuple):
        return "<list>"
    return "<number>" if isinstance(value, int) and not isinstance(value, bool) else "<other>"


def by_key(*keys: str) -> Discriminator:
    """Return what chooses one of several records by the one key that only it has."""

    def choose(value: Any) -> str | None:
        if isinstance(value, dict):
            found = [key for key in keys if key in value]
            return f"<{found[0]}>" if len(found) == 1 else None
        return next((f"<{key}>" for key in keys if hasattr(value, key)), None)

    return Discriminator(choose)


def by_type() -> Discriminator:
    """Return what chooses one of several forms of a value by its type."""
    return Discriminator(type_of)


Items = Annotated[tuple[T, ...], Strict(strict=False)]
UniqueItems = Annotated[Items[T], AfterValidator(_without_repeats), Says({"uniqueItems": True})]
FilledItems = Annotated[
    tuple[T, ...],
    Strict(strict=False),
    Field(min_length=1),
    AfterValidator(_without_repeats),
    Says({"uniqueItems": True}),
]
Line = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
#: A text that is part of headings, lists and names of tests.
Title = Annotated[str, StringConstraints(pattern=ONE_LINE, strip_whitespace=True)]
Lines = Annotated[Items[Line], Field(min_length=1), BeforeValidator(as_list), OneOrMore()]
Prose = Annotated[str, StringConstraints(pattern=NOT_BLANK), IsProse()]
Steps = Annotated[Items[Prose], Field(min_length=1), BeforeValidator(as_list), OneOrMore()]
Name = Annotated[str, StringConstraints(pattern=NAME, max_length=64)]
Date = Annotated[
    str,
    StringConstraints(pattern=_DATE),
    AfterValidator(_real_day),
    Says({"format": "date"}),
]
#: When something was published: a day, or a version of the API.
DateOrVersion = Annotated[
    str,
    StringConstraints(pattern=r"^\S*[0-9]\S*$", max_length=40),
    AfterValidator(_real_day_if_any),
]
Pointer = Annotated[str, StringConstraints(pattern=_POINTER)]
Url = Annotated[
    str,
    StringConstraints(pattern=_URL),
    Says(
        {
            "description": "An address that begins with http:// or https://; odd characters in it "
            "are percent-encoded."
        }
    ),
]
HeaderName = Annotated[str, StringConstraints(pattern=_HEADER)]
FileName = Annotated[
    str,
    StringConstraints(pattern=_FILE, max_length=128),
]
Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
HttpCode = Annotated[int, Field(ge=100, le=599)]
#: One HTTP status, or several.
HttpCodes = Annotated[
    Annotated[HttpCode, Tag("<number>")]
    | Annotated[FilledItems[HttpCode], Tag("<list>")]
    | Annotated[Literal["unknown", "none"], Tag("<text>")],
    by_type(),
]
HttpKey = Annotated[str, StringConstraints(pattern="^[1-5][0-9][0-9]$")]
# Written as an integer it stays one, so that 1 is not shown as 1.0.
Seconds = Annotated[
    Annotated[int, Field(gt=0)] | Annotated[float, Field(gt=0)],
    Is({"type": "number", "exclusiveMinimum": 0}),
]
Factor = Annotated[
    Annotated[int, Field(ge=1)] | Annotated[float, Field(ge=1)],
    Is({"type": "number", "minimum": 1}),
]
