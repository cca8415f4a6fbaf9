"""The parts of the JSON Schemas of the export: a definition for each record, and its additions."""

from __future__ import annotations

import copy
from typing import Any, get_args

from reasonbook.format.model import (
    Actor,
    Api,
    ErrorDomain,
    HttpStatus,
    Reason,
    Remedy,
    Retry,
    Status,
)
from reasonbook.format.record import Record
from reasonbook.format.schemas import schema_of

Schema = dict[str, Any]

ADDRESS: Schema = {"type": "string", "format": "uri"}
TEXT: Schema = {"type": "string"}
OPTIONAL_TEXT: Schema = {"type": ["string", "null"]}
HTTP: Schema = {"type": "integer", "minimum": 100, "maximum": 599}


def told(schema: Schema, description: str) -> Schema:
    """Return a schema with its description."""
    return {**schema, "description": description}


def list_of(name: str) -> Schema:
    """Return the schema of a list of what a definition describes."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def an_object(properties: Schema, description: str) -> Schema:
    """Return the schema of an object."""
    return {"type": "object", "description": description, "properties": properties}


#: What the export adds to the keys of a record, or writes in another form.
ADDED: dict[type[Record], Schema] = {
    Reason: {
        "api": told(TEXT, "Name of the API."),
        "domain": told(TEXT, "Name of the domain."),
        "url": told(ADDRESS, "The permanent page of the reason."),
        "markdown_url": told(ADDRESS, "The same for agents."),
        "json_url": told(ADDRESS, "The same as data."),
    },
    ErrorDomain: {
        "url": told(ADDRESS, "The page of the domain."),
        "markdown_url": told(ADDRESS, "The same for agents."),
    },
    Status: {"status": told(TEXT, "The canonical status.")},
    HttpStatus: {"http": HTTP},
    Api: {
        "url": told(ADDRESS, "The page of the API."),
        "markdown_url": told(ADDRESS, "The same for agents."),
        "envelope_schema_url": told(ADDRESS, "JSON Schema of every error body of this API."),
        "openapi_url": told(ADDRESS, "Its errors as an OpenAPI 3.1 document."),
        "statuses": list_of("Status"),
        "http": told(
            list_of("HttpStatus"),
            "What the API means by each HTTP status. The remedy is the default decision for an "
            "error whose reason is missing or unknown.",
        ),
        "http_fallback": {"$ref": "#/$defs/HttpFallback"},
        "domains": list_of("ErrorDomain"),
        "reasons": list_of("Reason"),
    },
}


def definitions() -> dict[str, Schema]:
    """Return a schema for each record of the export, and for what only the export has."""
    found: dict[str, Schema] = {}
    for record in ADDED:
        schema = dict(schema_of(record, "serialization"))
        found |= copy.deepcopy(schema.pop("$defs", {}))
        found[record.__name__] = copy.deepcopy(schema)
    for record, added in ADDED.items():
        properties = found[record.__name__].get("properties", {})
        found[record.__name__]["properties"] = {**properties, **added}
    wait = found["Remedy"]["properties"]["wait"]["oneOf"][0]
    found |= {"Wait": wait["items"], "HttpFallback": _fallback(), "Decision": _decision()}
    wait["items"] = {"$ref": "#/$defs/Wait"}
    found["CodeReason"] = an_object(
        {
            "api": told(TEXT, "Name of the API."),
            "base_url": told(OPTIONAL_TEXT, "Where its requests go."),
            "reason": TEXT,
            "sub_reason": told(OPTIONAL_TEXT, "The second-level code."),
            "markdown_url": told(ADDRESS, "The page of the reason, for agents."),
            "json_url": told(ADDRESS, "The same as data."),
        },
        "A reason of an API.",
    )
    correction = found["Correction"]["properties"]
    found["CorrectedFact"] = an_object(
        {key: correction[key] for key in ("key", "was", "why")}, "A fact that was said wrongly."
    )
    found["Change"] = an_object(
        {
            "date": {"type": "string", "format": "date"},
            "api": told(TEXT, "Name of the API."),
            "reason": TEXT,
            "change": {"enum": ["published", "deprecated", "retired", "corrected"]},
            "replaced_by": told(OPTIONAL_TEXT, "What takes its place."),
            "remove_after": told(OPTIONAL_TEXT, "The day until which it stays at least."),
            "correction": told(
                {"type": "boolean"}, "Whether it was retired since the API never sent it."
            ),
            "corrected": {
                "anyOf": [{"$ref": "#/$defs/CorrectedFact"}, {"type": "null"}],
                "description": "What was said wrongly here.",
            },
            "url": told(ADDRESS, "The page of the reason."),
        },
        "What happened to a reason.",
    )
    for schema in found.values():
        for key in ("additionalProperties", "$schema"):
            schema.pop(key, None)
        if "properties" in schema:
            schema["required"] = sorted(schema["properties"])
    return found


def _fallback() -> Schema:
    return an_object(
        {
            "derived_from": ADDRESS,
            "decisions": told(list_of("Decision"), "The first that fits counts."),
        },
        "The default decision for a status that is not in http: derived from what HTTP says of its "
        "class, not from the API.",
    )


def _decision() -> Schema:
    remedy = schema_of(Remedy, "serialization")["properties"]
    return an_object(
        {
            "http": {
                "oneOf": [
                    {"type": "array", "items": HTTP},
                    {"type": "string", "enum": ["2xx", "3xx", "4xx", "5xx", "none"]},
                ],
                "description": "These statuses, or all of a class; none: no answer came.",
            },
            "actor": told({"enum": [*get_args(Actor)]}, remedy["actor"]["description"]),
            "retry": told({"enum": [*get_args(Retry)]}, remedy["retry"]["description"]),
            "wait": told(list_of("Wait"), "How long, the first that applies."),
            "only_if_safe_to_repeat": told(
                {"type": "boolean"},
                "Whether only a request may be repeated that does no harm when it is carried out "
                "twice.",
            ),
            "fix": told(TEXT, "What to do, in words; empty where there is nothing to say."),
        },
        "What to do about some statuses.",
    )
