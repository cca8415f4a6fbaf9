"""The schemas of envelopes: JSON Schemas in files of their own, or parts of OpenAPI documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from reasonbook.catalogue.document import Document, read_document
from reasonbook.catalogue.layout import API_FILE, YAML_SUFFIXES
from reasonbook.catalogue.names import is_device
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Envelope
from reasonbook.format.placeholders import check_filled_text
from reasonbook.schema.extract import Extract, extract_schema, near_pointer
from reasonbook.schema.openapi import Dialect, dialect_of, is_openapi_dialect
from reasonbook.text import json_pointer as pointer
from reasonbook.text.characters import check_hidden
from reasonbook.text.files import read_text
from reasonbook.text.json_characters import check_schema_texts
from reasonbook.text.json_reader import parse_json

_OPENAPI = re.compile(r"^(?:openapi|swagger)\s*:", re.MULTILINE)
_SUFFIXES = (".json", *YAML_SUFFIXES)
_ERROR = re.compile("error|problem|fault", re.IGNORECASE)


class _Schema(NamedTuple):
    """A schema that is complete in itself, and where in the files its parts are."""

    schema: Mapping[str, Any]
    locate: partial[Location]  # of a JSON Pointer into it


def schema_names(api: Mapping[str, Any]) -> set[str] | None:
    """Return the files that hold schemas of envelopes; None where ``api.yaml`` does not say."""
    more = api.get("envelopes")
    envelopes = [api.get("envelope"), *(more.values() if isinstance(more, dict) else ())]
    names = (each.get("schema") for each in envelopes if isinstance(each, dict))
    return {name.partition("#")[0] for name in names if isinstance(name, str)} or None


def schema_files(api: Api) -> set[str]:
    """Return the names of the files that hold the schemas of an API."""
    envelopes = (api.envelope, *api.envelopes.values())
    return {envelope.schema_file.partition("#")[0] for envelope in envelopes}


def load_schemas(folder: Path, api: Api, problems: Problems) -> None:
    """Give each envelope of an API its schema, an empty one where it cannot be used."""
    documents: dict[Path, Document | None] = {}
    for envelope in (api.envelope, *api.envelopes.values()):
        name, _, fragment = envelope.schema_file.partition("#")
        path = folder / name
        found = None
        if api.is_sound("envelope") and envelope.is_sound("schema"):
            if not _is_file(path, envelope, problems):
                pass
            elif not fragment:
                found = _whole(path, envelope, problems)
            else:
                if path not in documents:
                    documents[path] = read_document(path, problems)
                if document := documents[path]:
                    found = _part(document, unquote(fragment), envelope.at("schema"), problems)
        found = found or _Schema({}, partial(_whole_file, display_path(path)))
        envelope.link(schema_path=path, body_schema=found.schema, schema_at=found.locate)


def _whole_file(path: str, _: str) -> Location:
    return Location(path)


def _is_file(path: Path, envelope: Envelope, problems: Problems) -> bool:
    at = envelope.at("schema")
    if is_device(path.name):
        problems.add(
            Rule.BAD_NAME,
            at,
            f"{path.name} cannot be a file name on every system.",
            "Give the schema another name; Windows takes this one for a device.",
        )
    message = hint = ""
    if not path.exists():
        message = f"There is no file {path.name} beside api.yaml."
        known = [other.name for other in sorted(path.parent.glob("*.*"))]
        likely = [name for name in known if name.endswith(_SUFFIXES) and name != API_FILE]
        hint = did_you_mean(nearest(path.name, likely))
    elif not path.is_file():
        message = f"{path.name} is not a regular file."
    if message:
        problems.add(Rule.ENVELOPE_SCHEMA, at, message, hint)
    return not message


def _whole(path: Path, envelope: Envelope, problems: Problems) -> _Schema | None:
    """Return the JSON Schema that is a whole file."""
    at, shown = envelope.at("schema"), display_path(path)
    text = read_text(path, problems)
    if text is None:
        return None
    if path.suffix in YAML_SUFFIXES:
        if _OPENAPI.search(text):
            _report_no_part(path.name, None, at, problems)
            return None
        message = f"{path.name} is YAML, and the schema is a JSON file."
        hint = "Write it as JSON, and call it envelope.schema.json."
        problems.add(Rule.ENVELOPE_SCHEMA, at, message, hint)
        return None
    parsed = parse_json(text)
    if isinstance(parsed.value, dict) and _version(parsed.value):
        _report_no_part(path.name, parsed.value, at, problems)
        return None
    check_hidden(text, shown, problems)
    check_filled_text(text, shown, problems)
    parsed.report(partial(Location, shown), problems)
    if "\\u" in text and not parsed.broken:
        check_schema_texts(parsed, shown, problems)
    if isinstance(parsed.value, dict):
        return _Schema(parsed.value, partial(parsed.location, shown))
    if not parsed.broken:
        problems.add(Rule.ENVELOPE_SCHEMA, Location(shown), "The schema must be a JSON object.")
    return None


def _version(data: Mapping[str, Any]) -> str:
    """Return the version of OpenAPI that a document names, with the name of the format."""
    for key, name in (("openapi", "OpenAPI"), ("swagger", "Swagger")):
        if isinstance(data.get(key), str | int | float):
            return f"{name} {data[key]}"
    return ""


def _report_no_part(name: str, data: Any, at: Location, problems: Problems) -> None:
    schemas = pointer.resolve(data, "/components/schemas")
    names = schemas if isinstance(schemas, Mapping) else ()
    likely = next(filter(_ERROR.search, names), "Error")
    problems.add(
        Rule.ENVELOPE_SCHEMA,
        at,
        f"{name} is an OpenAPI document, which holds many schemas.",
        f"Name that of the errors, such as {name}#{pointer.join('/components/schemas', likely)}.",
    )


def _part(document: Document, where: str, at: Location, problems: Problems) -> _Schema | None:
    """Return a schema inside a document, with what it refers to."""
    name, data = document.path.name, document.data
    message, dialect = _dialect(document, where)
    hint = "Name a schema of an OpenAPI 3.0 or 3.1 document, or a file with a JSON Schema."
    part = pointer.resolve(data, where)
    if message:
        pass
    elif document.is_unreadable(where, problems):
        return None
    elif part is pointer.MISSING:
        message, hint = f"{where} leads nowhere in {name}.", _hint_of_missing(document, where)
    elif part is True and not _version(data).startswith("OpenAPI 3.0"):  # which accepts anything
        return _Schema({}, partial(_place, document, where))
    elif not isinstance(part, Mapping):
        message = f"{where} of {name} is not a schema."
    elif "content" in part and "type" not in part:
        message = f"{where} of {name} is a response, not a schema."
        media_types = part["content"] if isinstance(part["content"], Mapping) else {}
        steps = ("content", next(iter(media_types), "application/json"), "schema")
        hint = f"Write {name}#{pointer.join(where, *steps)}."
    if message:
        problems.add(Rule.ENVELOPE_SCHEMA, at, message, hint)
        return None
    extract = extract_schema(data, where, name, dialect)
    if "$schema" in data and dialect is None:
        extract.schema.setdefault("$schema", data["$schema"])
        extract.origins["/$schema"] = "/$schema"
    for fault in extract.faults:
        fault_at = document.location(fault.pointer)
        problems.add(Rule.SCHEMA_REFERENCE, fault_at, fault.message, fault.hint)
    document.report(extract.roots, extract.ignored, problems)
    return _Schema(extract.schema, partial(_origin, document, extract))


def _place(document: Document, where: str, _: str) -> Location:
    return document.location(where)


def _origin(document: Document, extract: Extract, where: str) -> Location:
    return document.location(extract.origin(where))


def _dialect(document: Document, where: str) -> tuple[str, Dialect | None]:
    """Return the dialect of the schemas of a document; None is JSON Schema itself.

    Also returns why it cannot be told.
    """
    name, data = document.path.name, document.data
    if version := _version(data):
        dialect = dialect_of(str(data.get("openapi", "")))
        if dialect is None:
            return f"{name} is in {version}, which is not read.", None
        stated = data.get("jsonSchemaDialect")
        if stated is not None and not is_openapi_dialect(stated):
            return f"The schemas of {name} are in the dialect {stated}, which is not known.", None
        return "", dialect
    if document.path.suffix in YAML_SUFFIXES or where.startswith(("/components/", "/paths/")):
        return f"{name} is not an OpenAPI document: it has no key openapi.", None
    return "", None


def _hint_of_missing(document: Document, where: str) -> str:
    """Say what a pointer that leads nowhere could have been."""
    above, below = where, ""
    while above:
        above, _, token = above.rpartition("/")
        below = f"/{token}{below}"
        part = pointer.resolve(document.data, above)
        if part is pointer.MISSING:
            continue
        reference = part.get("$ref") if isinstance(part, Mapping) else None
        if isinstance(reference, str) and reference.startswith("#/"):
            return f"{above} refers to {reference}: write {document.path.name}{reference}{below}."
        break
    near = near_pointer(document.data, where)
    return did_you_mean(near and f"{document.path.name}#{near}")
