"""The JSON Schemas of what :mod:`reasonbook.render.data.export` writes, one for each kind.

Made from the model; the form of the documents is described here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reasonbook.format.schemas import DIALECT
from reasonbook.render import wording
from reasonbook.render.data.export import FORMAT_VERSION, Kind, schema_name
from reasonbook.render.data.schema_parts import (
    ADDRESS,
    TEXT,
    Schema,
    an_object,
    definitions,
    list_of,
    told,
)

#: What the words of the format mean, by the words.
_MEANINGS: Mapping[frozenset[str], Mapping[Any, str]] = {
    frozenset(meanings): meanings
    for meanings in (
        wording.ACTORS,
        wording.RETRIES,
        wording.KEYS,
        wording.BASES,
        wording.ORIGINS,
        wording.COVERAGES,
        {way: said for way, (_, said) in wording.ARRIVALS.items()},
        {unit: said for unit, (said, _) in wording.UNITS.items()},
        {word: said for word, (said, _) in wording.RETRY_IF.items()},
        {"active": "The API sends it.", **wording.LIFECYCLES},
    )
}


def schemas(base: str) -> dict[Kind, Schema]:
    """Return the schema of each kind of document, for a site at *base*; each stands alone."""
    known = definitions()
    found: dict[Kind, Schema] = {}
    for kind, (title, description, content) in _documents(known).items():
        properties = _HEAD | content["properties"]
        if kind == "changes":
            properties["format_version"] = {**properties["format_version"], "const": 1}
        root = {
            "$schema": DIALECT,
            "$id": base + schema_name(kind),
            "title": title,
            "description": f"{description} Every key is always there; null, an empty list or an "
            "empty object where there is nothing to say.",
            "type": "object",
            "required": list(properties),
            "properties": properties,
        }
        reached = _reached(root, known)
        needed = {name: schema for name, schema in known.items() if name in reached}
        found[kind] = _explained({**root, "$defs": needed})
    return found


_HEAD: Schema = {
    "$schema": told(ADDRESS, "Address of the schema of this kind of document."),
    "format_version": {
        "type": "integer",
        "const": FORMAT_VERSION,
        "description": "Raised when a program that reads this format could break. New keys do not "
        "raise it: ignore keys that you do not know.",
    },
    "json_url": told(ADDRESS, "The address of this document."),
}


def _documents(known: Mapping[str, Schema]) -> dict[Kind, tuple[str, str, Schema]]:
    """Return title, description and content of each kind of document."""
    api = known["Api"]["properties"]
    return {
        "reasons": (
            "Catalogue",
            "The whole catalogue (reasons.json), or one API in the same form.",
            an_object(
                {
                    "content_hash": {
                        "type": "string",
                        "pattern": "^sha256:[0-9a-f]{64}$",
                        "description": "SHA-256 of the value of apis, written as JSON in UTF-8 "
                        "with keys sorted, ', ' and ': ' as separators, and characters outside "
                        "ASCII as they are. The same catalogue at the same address has the same "
                        "hash.",
                    },
                    "apis": list_of("Api"),
                },
                "",
            ),
        ),
        "reason": (
            "ReasonDocument",
            "One reason (<api>/reasons/<REASON>.json).",
            known["Reason"],
        ),
        "unknown": (
            "Unknown",
            "What to do about an error of an API whose reason is missing or unknown "
            "(<api>/unknown.json).",
            an_object(
                {
                    "api": told(TEXT, "Name of the API."),
                    "markdown_url": told(ADDRESS, "The same for agents."),
                    "http": api["http"],
                    "http_fallback": api["http_fallback"],
                    "outside": api["outside"],
                },
                "",
            ),
        ),
        "code": (
            "Code",
            "The reasons of all APIs that a code may be (reasons/<REASON>.json).",
            an_object(
                {
                    "markdown_url": told(ADDRESS, "The same for agents."),
                    "spellings": {"type": "array", "items": TEXT},
                    "reasons": list_of("CodeReason"),
                },
                "",
            ),
        ),
        "changes": (
            "Changes",
            "What was published, deprecated and retired, the latest day first (changes.json).",
            an_object({"changes": list_of("Change")}, ""),
        ),
    }


def _reached(schema: Any, known: Mapping[str, Schema]) -> set[str]:
    """Return the names of the definitions that a schema needs."""
    found: set[str] = set()
    pending = [*_references(schema)]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += _references(known[name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _explained(part: Any) -> Any:
    """Return a schema in which lists of words have a type and say what the words mean.

    Hints for editors are left out.
    """
    if isinstance(part, list):
        return [_explained(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    found = {
        key: _explained(inner) for key, inner in part.items() if key not in ("hint", "readOnly")
    }
    words = found.get("enum")
    if isinstance(words, list):
        found.setdefault("type", ["string", "null"] if None in words else "string")
        known = frozenset(word for word in words if word not in (None, "unknown"))
        if meanings := _MEANINGS.get(known):
            said = "; ".join(f"{word}: {meanings[word].rstrip('.')}" for word in meanings)
            unknown = "; unknown: no source says" if "unknown" in words else ""
            found["description"] = f"{found.get('description', '')} {said}{unknown}.".strip()
    return found
