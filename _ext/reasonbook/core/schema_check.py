"""Checks on JSON Schemas themselves: valid, of known keywords, and complete in themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from . import pointer
from .guess import nearest
from .location import Location
from .problems import Problems, Rule

#: Keywords of JSON Schema 2020-12, by what stands at them.
SINGLE = frozenset(
    """additionalProperties unevaluatedProperties items unevaluatedItems contains propertyNames
    not if then else contentSchema""".split()  # noqa: SIM905
)
LISTS = frozenset("allOf anyOf oneOf prefixItems".split())  # noqa: SIM905
NAMED = frozenset("properties patternProperties dependentSchemas $defs".split())  # noqa: SIM905
PLAIN = frozenset(
    """$schema $id $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment type enum const
    multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern
    maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required
    dependentRequired format contentEncoding contentMediaType title description default deprecated
    readOnly writeOnly examples""".split()  # noqa: SIM905
)
KEYWORDS = SINGLE | LISTS | NAMED | PLAIN
FORMATS = frozenset(
    """date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri
    uri-reference iri iri-reference uuid uri-template json-pointer relative-json-pointer
    regex""".split()  # noqa: SIM905
)
TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Locate = Callable[[str], Location]
Validator = jsonschema_rs.Draft202012Validator


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is not fetched")


# Not jsonschema_rs.meta: that follows $schema, by a request where it leads away.
_META = Validator({"$ref": DIALECT}, validate_formats=True, retriever=_refuse)


def compile_schema(schema: Any, locate: Locate, problems: Problems) -> Validator | None:
    """Check a schema and compile it; None where it cannot be used, and problems say why.

    *locate* gives the place of a JSON Pointer into the schema. Nothing is ever fetched: references
    lead into the schema itself, so that it can be shipped and run anywhere as it is.
    """
    found = Problems()
    validator = None
    try:
        for error in _META.iter_errors(schema):
            _report(error, "is not valid", locate, found)
        for where, part in subschemas(schema):
            _check_part(where, part, schema, locate, found)
        if not len(found):
            validator = Validator(schema, validate_formats=True, retriever=_refuse)
    except jsonschema_rs.ValidationError as error:
        _report(error, "cannot be compiled", locate, found)
    except (ValueError, RecursionError, jsonschema_rs.ReferencingError) as error:
        found.add(Rule.SCHEMA_INVALID, locate(""), f"The schema cannot be read: {error}.")
    problems.extend(found)
    return validator


def _report(
    error: jsonschema_rs.ValidationError, said: str, locate: Locate, problems: Problems
) -> None:
    at, wrong, hint = locate(pointer.join("", *error.instance_path)), error.message, ""
    if error.kind.name == "anyOf" and error.instance_path[-1:] == ["type"]:
        words = error.instance if isinstance(error.instance, list) else [error.instance]
        word = next((word for word in words if word not in TYPES), words)
        wrong = f"{word} is no type"
        near = nearest(str(word), TYPES)
        hint = f"Did you mean {near}?" if near else f"Types are {', '.join(TYPES)}."
    problems.add(Rule.SCHEMA_INVALID, at, f"The schema {said}: {wrong}.", hint)


def subschemas(schema: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every subschema that is an object, with its JSON Pointer; the schema itself first."""
    if not isinstance(schema, Mapping):
        return
    yield where, schema
    for keyword, value in schema.items():
        here = pointer.join(where, keyword)
        if keyword in SINGLE:
            yield from subschemas(value, here)
        elif keyword in LISTS and isinstance(value, list):
            for index, item in enumerate(value):
                yield from subschemas(item, pointer.join(here, index))
        elif keyword in NAMED and isinstance(value, Mapping):
            for name, item in value.items():
                yield from subschemas(item, pointer.join(here, name))


def referred(schema: Any, reference: str) -> Any:
    """Return what ``#/a/pointer`` or ``#anchor`` leads to in *schema*, or :data:`MISSING`."""
    fragment = unquote(reference.removeprefix("#"))
    if not fragment or fragment.startswith("/"):
        return pointer.resolve(schema, fragment)
    anchors = ("$anchor", "$dynamicAnchor")
    named = (part for _, part in subschemas(schema) if fragment in map(part.get, anchors))
    return next(named, pointer.MISSING)


def _check_part(
    where: str, part: Mapping[str, Any], root: Any, locate: Locate, problems: Problems
) -> None:
    for keyword in part:
        if keyword not in KEYWORDS:
            near = nearest(keyword, sorted(KEYWORDS))
            problems.add(
                Rule.SCHEMA_KEYWORD,
                locate(pointer.join(where, keyword)),
                f"{keyword} is no keyword of JSON Schema 2020-12.",
                f"Did you mean {near}?" if near else "",
            )
    dialect = part.get("$schema", DIALECT)
    if isinstance(dialect, str) and dialect.removesuffix("#") != DIALECT:
        problems.add(
            Rule.SCHEMA_INVALID,
            locate(pointer.join(where, "$schema")),
            f"{dialect} is not JSON Schema 2020-12.",
            f"Write {DIALECT}, or leave it out.",
        )
    name = part.get("format")
    if isinstance(name, str) and name not in FORMATS:
        near = nearest(name, sorted(FORMATS))
        problems.add(
            Rule.SCHEMA_KEYWORD,
            locate(pointer.join(where, "format")),
            f"{name} is no format of JSON Schema 2020-12.",
            f"Did you mean {near}?" if near else "",
        )
    for referring in ("$ref", "$dynamicRef"):
        reference = part.get(referring)
        if not isinstance(reference, str):
            continue
        at = locate(pointer.join(where, referring))
        if not reference.startswith("#"):
            problems.add(
                Rule.SCHEMA_REFERENCE,
                at,
                f"{reference} leads out of the schema; nothing is fetched.",
            )
        elif isinstance(referred(root, reference), pointer.Missing):
            problems.add(Rule.SCHEMA_REFERENCE, at, f"{reference} leads nowhere in the schema.")
