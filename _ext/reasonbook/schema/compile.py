"""Checks on JSON Schemas themselves: valid, of known keywords, and complete in themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.schema.cost import EndlessError, SchemaCost
from reasonbook.schema.fields import has_too_many_fields
from reasonbook.schema.references import LISTS, NAMED, REFERENCES, SINGLE, References, subschemas
from reasonbook.schema.undescribed import Description
from reasonbook.text import json_pointer as pointer

#: Keywords of JSON Schema 2020-12 that hold no schemas.
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


class CheckedSchema:
    """A schema that was found usable, with the cost of validating a value by it."""

    def __init__(self, schema: Any, validator: Validator, cost: SchemaCost) -> None:
        self._validator = validator
        #: Yields what it does not describe of a value.
        self.undescribed = Description(schema).undescribed
        self.is_valid = validator.is_valid
        # To be asked before a value is validated, and before its errors are listed.
        self.can_check = cost.can_check
        self.can_list_errors = cost.can_list_errors

    def iter_errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Yield the errors of *value*; the first hundred."""
        return islice(self._validator.iter_errors(value), limits.SCHEMA_FINDINGS)


def compile_schema(schema: Any, locate: Locate, problems: Problems) -> CheckedSchema | None:
    """Check a schema and compile it; None where it cannot be used, and problems say why.

    *locate* gives the place of a JSON Pointer into the schema. Nothing is ever fetched: references
    lead into the schema itself, so that it can be shipped and run anywhere as it is.
    """
    found = Problems()
    checked = None
    try:
        for error in _meta_errors(schema):
            _report(error, "is not valid", locate, found)
        references = References(schema)
        for where, part in subschemas(schema):
            _check_part(where, part, references, locate, found)
            if len(found) >= limits.SCHEMA_FINDINGS:
                break
        if not len(found) and (cost := _cost(schema, locate, found)):
            validator = Validator(schema, validate_formats=True, retriever=_refuse)
            checked = CheckedSchema(schema, validator, cost)
    except jsonschema_rs.ValidationError as error:
        _report(error, "cannot be compiled", locate, found)
    except (ValueError, RecursionError, jsonschema_rs.ReferencingError) as error:
        found.add(Rule.SCHEMA_INVALID, locate(""), f"The schema cannot be read: {error}.")
    problems.extend(found)
    return checked


def _meta_errors(schema: Any) -> Iterator[jsonschema_rs.ValidationError]:
    """Yield why a schema is not valid; of a large one only the first reason."""
    if len(repr(schema)) <= limits.ALL_ERRORS_CHARACTERS:
        yield from islice(_META.iter_errors(schema), limits.SCHEMA_FINDINGS)
        return
    try:
        _META.validate(schema)
    except jsonschema_rs.ValidationError as error:
        yield error


def _cost(schema: Any, locate: Locate, problems: Problems) -> SchemaCost | None:
    """Return what the schema costs; None, and a problem, where that is too much."""
    try:
        cost = SchemaCost(schema)
    except EndlessError as error:
        places = {id(part): where for where, part in subschemas(schema)}
        where = places.get(id(error.part), "")
        problems.add(
            Rule.SCHEMA_REFERENCE,
            locate(where),
            f"{where or 'The schema'} applies itself to the same value again and again.",
            "Refer to it from a member or an item, so that each round goes deeper into the body.",
        )
        return None
    if cost.is_too_large:
        problems.add(
            Rule.TOO_LARGE,
            locate(""),
            f"With its references followed, the schema applies more than {limits.SCHEMA_PARTS:,} "
            f"schemas to one value, or more than {limits.SCHEMA_CHAIN} of them nested.",
            "Refer to each schema once, from where it is needed.",
        )
        return None
    if has_too_many_fields(schema):
        problems.add(
            Rule.TOO_LARGE,
            locate(""),
            f"The schema describes more than {limits.SCHEMA_FIELDS:,} fields, too many for a page.",
            "Describe fewer, or let schemas refer to each other in fewer places.",
        )
        return None
    return cost


def _report(
    error: jsonschema_rs.ValidationError, what: str, locate: Locate, problems: Problems
) -> None:
    at, message, hint = locate(pointer.join("", *error.instance_path)), error.message, ""
    if error.kind.name == "anyOf" and error.instance_path[-1:] == ["type"]:
        words = error.instance if isinstance(error.instance, list) else [error.instance]
        word = next((word for word in words if word not in TYPES), words)
        message = f"{word} is not a type"
        near = nearest(str(word), TYPES)
        hint = did_you_mean(near, f"Types are {', '.join(TYPES)}.")
    message = shorten(message, limits.SHOWN_ERROR_CHARACTERS)
    problems.add(Rule.SCHEMA_INVALID, at, f"The schema {what}: {message}.", hint)


def _check_part(
    where: str, part: Mapping[str, Any], references: References, locate: Locate, problems: Problems
) -> None:
    for keyword in islice((name for name in part if name not in KEYWORDS), limits.SCHEMA_FINDINGS):
        near = nearest(keyword, sorted(KEYWORDS))
        problems.add(
            Rule.SCHEMA_KEYWORD,
            locate(pointer.join(where, keyword)),
            f"{keyword} is not a keyword of JSON Schema 2020-12.",
            did_you_mean(near),
        )
    if where and "$id" in part:
        problems.add(
            Rule.SCHEMA_REFERENCE,
            locate(pointer.join(where, "$id")),
            "A part of the schema has its own $id, so references in it lead elsewhere.",
            "Remove it; refer to the part by its place, such as #/$defs/name.",
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
            f"{name} is not a format of JSON Schema 2020-12.",
            did_you_mean(near),
        )
    for referring in REFERENCES:
        reference = part.get(referring)
        if not isinstance(reference, str):
            continue
        at = locate(pointer.join(where, referring))
        if not reference.startswith("#"):
            problems.add(
                Rule.SCHEMA_REFERENCE,
                at,
                f"{reference} does not begin with #. A schema is complete in itself: no other file "
                "is read, and nothing is fetched.",
                "Copy what it refers to into this schema, under $defs, and write #/$defs/NAME.",
            )
        elif isinstance(references.follow(reference), pointer.Missing):
            problems.add(Rule.SCHEMA_REFERENCE, at, f"{reference} leads nowhere in the schema.")
