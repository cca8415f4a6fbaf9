"""What a schema in an OpenAPI document means, in the words of JSON Schema 2020-12.

OpenAPI 3.0 has a dialect of its own; that of 3.1 is 2020-12 with some annotations more. Formats
are open in both: what JSON Schema does not know is a note to people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reasonbook import limits
from reasonbook.schema.compile import DIALECT, FORMATS
from reasonbook.schema.references import Schema

#: Keywords of OpenAPI that change nothing in what a schema accepts.
_NOTES = frozenset(("example", "discriminator", "xml", "externalDocs"))
_OAS_DIALECTS = "https://spec.openapis.org/oas/3."
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_BESIDE_A_REFERENCE = ("$ref", "title", "description", "nullable")  # others OpenAPI 3.0 ignores
_APPLYING = ("$ref", "allOf", "anyOf", "oneOf", "not")

#: Turns one schema, without those inside it, into JSON Schema; true where it may be null beside.
Dialect = Callable[[Schema], tuple[dict[str, Any], bool]]


def dialect_of(version: str) -> Dialect | None:
    """Return how to read the schemas of a version of OpenAPI; None of one that is not known."""
    if version.startswith("3.0"):
        return _read_30
    return _read_31 if version.startswith(("3.1", "3.2")) else None


def is_openapi_dialect(name: object) -> bool:
    """Tell whether a ``jsonSchemaDialect`` is that of OpenAPI, or JSON Schema 2020-12."""
    return isinstance(name, str) and (name.removesuffix("#") == DIALECT or _is_own(name))


def _is_own(dialect: object) -> bool:
    return isinstance(dialect, str) and dialect.startswith(_OAS_DIALECTS)


def _read_31(part: Schema) -> tuple[dict[str, Any], bool]:
    read = {
        keyword: value
        for keyword, value in part.items()
        if keyword not in _NOTES
        and not keyword.startswith("x-")
        and not (keyword == "format" and isinstance(value, str) and value not in FORMATS)
        and not (keyword in _LIMITS and _is_beyond(value))
        and not (keyword == "$schema" and _is_own(value))
    }
    if "discriminator" in part and "anyOf" not in part and "oneOf" in part:
        read["anyOf"] = read.pop("oneOf")  # a value picks one, though others may fit as well
    return read, False


def _read_30(part: Schema) -> tuple[dict[str, Any], bool]:
    read, _ = _read_31(part)
    if isinstance(read.get("$ref"), str):
        read = {key: read[key] for key in _BESIDE_A_REFERENCE if key in read}
    if not isinstance(read.get("examples", []), list):
        del read["examples"]
    for exclusive, limit in _EXCLUSIVE.items():
        if isinstance(read.get(exclusive), bool) and read.pop(exclusive) and limit in read:
            read[exclusive] = read.pop(limit)
    required, properties = read.get("required"), read.get("properties")
    if isinstance(required, list) and isinstance(properties, Mapping):
        read["required"] = [name for name in required if not _is_sent_only(properties, name)]
    if not isinstance(read.get("nullable"), bool) or not read.pop("nullable"):
        return read, False
    if not read.keys().isdisjoint(_APPLYING):
        return read, True
    if isinstance(read.get("type"), str):
        read["type"] = [read["type"], "null"]
    if isinstance(read.get("enum"), list) and None not in read["enum"]:
        read["enum"] = [*read["enum"], None]
    return read, False


def _is_beyond(limit: Any) -> bool:
    """Tell whether a limit is beyond what JSON readers keep, as those of 64-bit integers are.

    In YAML it is text, since readers disagree on it.
    """
    try:
        return abs(float(limit)) > limits.EXACT_INTEGER
    except (TypeError, ValueError, OverflowError):
        return False


def _is_sent_only(properties: Mapping[Any, Any], name: Any) -> bool:
    """Tell whether a member is of requests only, where it may be required all the same."""
    member = properties.get(name) if isinstance(name, str) else None
    return isinstance(member, Mapping) and member.get("writeOnly") is True
