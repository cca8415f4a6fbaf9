"""The JSON Schema of everything that :mod:`reasonbook.render.data.export` writes.

Made from the model; what the export adds (addresses, the form of its documents) is described here.
"""

from __future__ import annotations

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
from reasonbook.format.schemas import DIALECT, schema_of
from reasonbook.render.data.export import FORMAT_VERSION, SCHEMA_NAME

Schema = dict[str, Any]

_ADDRESS: Schema = {"type": "string", "format": "uri"}
_TEXT: Schema = {"type": "string"}
_HTTP: Schema = {"type": "integer", "minimum": 100, "maximum": 599}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


#: What the export adds to the keys of a record, or writes in another form.
_ADDED: dict[type[Record], Schema] = {
    Reason: {
        "api": _said(_TEXT, "Name of the API."),
        "domain": _said(_TEXT, "Name of the domain."),
        "url": _said(_ADDRESS, "The permanent page of the reason."),
        "markdown_url": _ADDRESS,
        "json_url": _ADDRESS,
    },
    ErrorDomain: {"url": _ADDRESS, "markdown_url": _ADDRESS},
    Status: {"status": _said(_TEXT, "The canonical status.")},
    HttpStatus: {"http": _HTTP},
    Api: {
        "url": _said(_ADDRESS, "The page of the API."),
        "markdown_url": _ADDRESS,
        "envelope_schema_url": _said(_ADDRESS, "JSON Schema of every error body of this API."),
        "statuses": _list_of("Status"),
        "http": {"$ref": "#/$defs/http"},
        "http_fallback": {"$ref": "#/$defs/http_fallback"},
        "domains": _list_of("ErrorDomain"),
        "reasons": _list_of("Reason"),
    },
}


def export_schema() -> Schema:
    """Return the schema of all documents; which one it is, its keys tell."""
    definitions: Schema = {}
    for record, added in _ADDED.items():
        schema = dict(schema_of(record, "serialization"))
        definitions |= schema.pop("$defs", {})
        definitions[record.__name__] = _with(schema, added)
    for record, added in _ADDED.items():  # also where another record brought its own
        name = record.__name__
        definitions[name] = _with(definitions[name], added)
    for schema in definitions.values():
        schema.pop("additionalProperties", None)
        schema.pop("$schema", None)
    return {
        "$schema": DIALECT,
        "title": f"Reasonbook: {SCHEMA_NAME.removesuffix('.schema.json')}.json, "
        "<api>/reasons.json, <api>/unknown.json and <api>/reasons/<REASON>.json",
        "description": "Every key is always there; null, an empty list or an empty object where "
        "there is nothing to say.",
        "type": "object",
        **_if_has("apis", "catalogue", _if_has("http_fallback", "unknown", _REASON_DOCUMENT)),
        "$defs": definitions | _documents(),
    }


def _with(schema: Schema, added: Schema) -> Schema:
    properties = {**schema.get("properties", {}), **added}
    return {**schema, "properties": properties, "required": sorted(properties)}


_NAMED: Schema = {"$schema": _said(_ADDRESS, "Address of this schema.")}
_REASON_DOCUMENT: Schema = {
    "allOf": [{"$ref": "#/$defs/Reason"}, {"required": ["$schema"], "properties": _NAMED}]
}


def _if_has(key: str, name: str, otherwise: Schema) -> Schema:
    return {
        "if": {"required": [key]},
        "then": {"$ref": f"#/$defs/{name}"},
        "else": otherwise,
    }


def _document(properties: Schema, description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "required": [*properties],
        "properties": properties,
    }


def _documents() -> Schema:
    remedy = schema_of(Remedy, "serialization")["properties"]
    decision = {
        "http": {
            "oneOf": [{"type": "array", "items": _HTTP}, {"enum": ["4xx", "5xx"]}],
            "description": "These statuses, or all of a class.",
        },
        "actor": _said({"enum": [*get_args(Actor)]}, remedy["actor"]["description"]),
        "retry": _said({"enum": [*get_args(Retry)]}, remedy["retry"]["description"]),
        "wait": {"$ref": "#/$defs/Remedy/properties/wait"},
        "only_if_safe_to_repeat": _said(
            {"type": "boolean"},
            "Whether only a request may be repeated that does no harm when it is carried out "
            "twice.",
        ),
    }
    return {
        "catalogue": _document(
            {
                **_NAMED,
                "format_version": {
                    "const": FORMAT_VERSION,
                    "description": "Raised when a program that reads this format could break. New "
                    "keys do not raise it: ignore keys that you do not know.",
                },
                "content_hash": {
                    "type": "string",
                    "pattern": "^sha256:[0-9a-f]{64}$",
                    "description": "SHA-256 of the value of apis, written as JSON in UTF-8 with "
                    "keys sorted, ', ' and ': ' as separators, and characters outside ASCII as "
                    "they are. The same catalogue at the same address has the same hash.",
                },
                "apis": _list_of("Api"),
            },
            "The whole catalogue, or one API in the same form.",
        ),
        "http": _said(
            _list_of("HttpStatus"),
            "What the API means by each HTTP status. The remedy is the default decision for an "
            "error whose reason is missing or unknown.",
        ),
        "http_fallback": _document(
            {
                "derived_from": _ADDRESS,
                "decisions": {
                    "type": "array",
                    "items": _document(decision, "What to do about some statuses."),
                },
            },
            "The default decision for a status that is not in http: derived from what HTTP says "
            "of its class, not from the API. The first that fits counts.",
        ),
        "unknown": _document(
            {
                **_NAMED,
                "api": _TEXT,
                "markdown_url": _ADDRESS,
                "http": {"$ref": "#/$defs/http"},
                "http_fallback": {"$ref": "#/$defs/http_fallback"},
                "outside": _list_of("Outside"),
            },
            "What to do about an error of an API whose reason is missing or unknown.",
        ),
    }
