"""Shows of a recording only what the catalogue names itself: all else may be a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from reasonbook.diagnostics.problems import shorten
from reasonbook.examples.display import Display, show_json
from reasonbook.format.model import Api
from reasonbook.schema.references import subschemas

HIDDEN = "(hidden)"
#: Media types that errors usually have; another may be anything, if the catalogue has no such one.
_MEDIA_TYPE = re.compile(
    r"((?:application|text)/(?:(?:hal|ld|problem|vnd\.api|soap)\+)?(?:json|xml|html)"
    r"|application/(?:xhtml\+xml|javascript|octet-stream|pdf|x-ndjson|yaml|zip"
    r"|(?:x-)?protobuf|grpc(?:-web)?(?:\+(?:proto|json))?|x-www-form-urlencoded)"
    r"|text/(?:css|csv|event-stream|javascript|markdown|plain)"
    r"|image/(?:gif|jpeg|png|svg\+xml|webp)|multipart/(?:form-data|mixed))"
    r"\s*(?:;.*)?",
    re.IGNORECASE,
)
#: More digits than a code has are an id, or a number that somebody is called by.
_CODE_DIGITS = 6
#: A longer text of small letters, capitals and digits is a key, whatever pattern codes have.
_CODE_CHARACTERS = 20
_KEY = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")
#: So is a long run of letters and digits in one case: keys of clouds, secrets in base 32.
_RUN = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?:[A-Z0-9]{16,}|[a-z0-9]{16,})")
#: What schemas ask for; each needs no more of the error than these texts.
_ASKED = {
    "exclusiveMaximum": "not less than {limit}",
    "exclusiveMinimum": "not more than {limit}",
    "format": "not a valid {format}",
    "maximum": "more than {limit}",
    "maxItems": "more than {limit} items",
    "maxLength": "more than {limit} characters",
    "maxProperties": "more than {limit} members",
    "minimum": "less than {limit}",
    "minItems": "less than {limit} items",
    "minLength": "less than {limit} characters",
    "minProperties": "less than {limit} members",
    "multipleOf": "not a multiple of {multiple_of}",
    "pattern": "does not match {pattern}",
}


class Guarded(Display):
    """Shows words and names of one API's catalogue, HTTP statuses and media types."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._code = re.compile(api.reason_pattern)
        self._words = {*_words(api)}
        self._folded = {word.casefold() for word in self._words}
        self._names = {*_names(api)}

    def value(self, value: Any) -> str:
        """Return a value if the catalogue names it, or if it says nothing of anyone."""
        if value is None or isinstance(value, bool) or value in ({}, []):
            return show_json(value)
        if isinstance(value, int | float):
            return show_json(value) if value in range(100, 600) else HIDDEN
        if isinstance(value, str):
            if value in self._words or value == "":
                return show_json(value)
            if media_type := _MEDIA_TYPE.fullmatch(value):
                return show_json(media_type[1].lower())
        return HIDDEN

    def code(self, text: str) -> str:
        """Return a code that the catalogue does not have, if it looks like its codes.

        So does one that only differs from a word of the catalogue in small letters and capitals.
        """
        parts = text.split("/")
        is_code = (
            self._code.fullmatch(parts[0]) is not None
            and all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", part) for part in parts)
            and sum(map(str.isdigit, text)) <= _CODE_DIGITS
            and not (len(text) > _CODE_CHARACTERS and _KEY.match(text))
            and not _RUN.search(text)
        )
        return text if is_code or text.casefold() in self._folded else HIDDEN

    def pointer(self, where: str) -> str:
        """Return a place with ``*`` for what no schema names: items, and members with any name."""
        return "/".join(
            step if not step or step in self._names else "*" for step in where.split("/")
        )

    def error(self, error: jsonschema_rs.ValidationError) -> str:
        """Return what a schema asks for, and nothing of what it got."""
        kind, said = error.kind.name, error.kind.as_dict()
        match kind:
            case "required":
                return f"the member {show_json(said['property'])} is missing"
            case "type":
                return f"not of the type {' or '.join(said['types'])}"
            case "enum":
                return f"not one of {shorten(', '.join(map(show_json, said['options'])))}"
            case "const":
                return f"not {show_json(said['expected_value'])}"
        if kind in _ASKED:
            return shorten(_ASKED[kind].format_map(said))
        return f"does not fit {kind} in the schema"


def _words(api: Api) -> Iterator[str]:
    yield from api.statuses
    shapes = (api.envelope, *api.envelopes.values())
    types = [*(shape.media_type for shape in shapes), *(one.media_type for one in api.outside)]
    yield from (each.lower() for each in types if each)
    for reason in api.every_reason():
        yield from (reason.name, reason.code, *(prefix + reason.code for prefix in _prefixes(api)))
        yield from (each.code for each in reason.field_codes)


def _prefixes(api: Api) -> Iterator[str]:
    for shape in (api.envelope, *api.envelopes.values()):
        yield from shape.reason_prefix


def _names(api: Api) -> Iterator[str]:
    """Yield the names of members in all schemas of an API, as they are written in pointers."""
    shapes = (api.envelope, *api.envelopes.values())
    schemas = [*(shape.body_schema for shape in shapes)]
    details = (reason.details for reason in api.every_reason())
    schemas += [each for each in details if isinstance(each, Mapping)]
    for schema in schemas:
        for _, part in subschemas(schema):
            properties = part.get("properties")
            for name in properties if isinstance(properties, Mapping) else ():
                yield name.replace("~", "~0").replace("/", "~1")
    for shape in shapes:
        for place in (shape.details, shape.status, shape.http, shape.message, shape.field_code):
            yield from (place or "").split("/")
