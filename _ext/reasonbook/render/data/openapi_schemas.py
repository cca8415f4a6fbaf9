"""The envelopes of an API as components of an OpenAPI document, their codes as open enums."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reasonbook.format.model import Api, Envelope, HeaderPlace, Place, Reason
from reasonbook.render.facts.operations import current
from reasonbook.schema.compile import DIALECT
from reasonbook.schema.references import ANCHORS, REFERENCES, References, subschemas
from reasonbook.text import json_pointer as pointer

Schema = dict[str, Any]

#: A code that can be written as a number of JSON.
_NUMBER = re.compile("0|[1-9][0-9]*")


def reference(kind: str, name: str) -> dict[str, str]:
    """Return a reference to a component."""
    return {"$ref": "#" + pointer.join("/components", kind, name)}


def envelope_name(envelope: str | None) -> str:
    """Return the name of the component of an envelope."""
    return f"Error-{envelope}" if envelope else "Error"


def schema_components(api: Api) -> dict[str, Schema]:
    """Return the schemas of all envelopes, and of the codes in them."""
    found: dict[str, Schema] = {}
    for key, envelope in [("", api.envelope), *api.envelopes.items()]:
        mine = [reason for reason in current(api) if api.envelope_of(reason) is envelope]
        found |= _components(envelope_name(key), envelope, mine)
    return found


def code_schema(envelope_name: str) -> dict[str, str]:
    """Return the schema of the reasons in an envelope, for where they are in a header."""
    return reference("schemas", f"{envelope_name}-Reason")


def _components(name: str, envelope: Envelope, reasons: Iterable[Reason]) -> dict[str, Schema]:
    schema = copy.deepcopy(dict(envelope.body_schema))
    places: dict[str, tuple[tuple[Place, ...], list[str]]] = {
        "Reason": (envelope.reason, _codes(envelope, reasons))
    }
    if envelope.sub_reason is not None:
        subs = [reason.sub_reason for reason in reasons if reason.sub_reason]
        places["SubReason"] = ((envelope.sub_reason,), [*dict.fromkeys(subs)])
    found = {name: schema}
    references = References(schema)
    leaves = {}
    for kind, (where, codes) in places.items():
        at = [part for place in where for part in _parts_at(place, schema, references)]
        types = _types(references.closure(at))
        leaves[f"{name}-{kind}"] = [part for part in at if not _is_closed(part, references)]
        found[f"{name}-{kind}"] = _open_enum(codes, types)
    _complete(schema, name)
    for component, parts in leaves.items():
        for part in parts:
            part["allOf"] = [*part.get("allOf", ()), reference("schemas", component)]
    return found


def _codes(envelope: Envelope, reasons: Iterable[Reason]) -> list[str]:
    """Return the codes as they come over the wire."""
    prefixes = envelope.reason_prefix or ("",)
    codes = dict.fromkeys(reason.code for reason in reasons)
    return [prefix + code for code in codes for prefix in prefixes]


def _open_enum(codes: list[str], types: set[str]) -> Schema:
    """Return a schema of known codes that accepts any other, so that a new one breaks nobody."""
    known: list[str | int] = []
    if not types or "string" in types:
        known += codes
    if types & {"integer", "number"}:
        known += [int(code) for code in codes if _NUMBER.fullmatch(code)]
    anything: Schema = {"type": sorted(types)} if len(types) > 1 else {}
    if len(types) == 1:
        anything = {"type": next(iter(types))}
    choices = [{"enum": known}] if known else []
    return {
        "description": "The known codes, or any other: more may come.",
        "anyOf": [*choices, anything],
    }


def _types(parts: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the types that the parts of one schema allow."""
    found: set[str] = set()
    for part in parts:
        said = part.get("type")
        found.update([said] if isinstance(said, str) else said or ())
    return found


def _is_closed(part: Schema, references: References) -> bool:
    """Tell whether the API itself lists all codes that can be there."""
    return any("enum" in each or "const" in each for each in references.closure([part]))


def _parts_at(place: Place, schema: Schema, references: References) -> Iterator[Schema]:
    """Yield the parts of a schema that describe what is at a place of the body."""
    if isinstance(place, HeaderPlace):
        return
    where = place if isinstance(place, str) else f"{place.in_}/*{place.at_}"
    found: list[Any] = [schema]
    for step in pointer.tokens(where):
        found = [
            below
            for part in references.closure(found)
            for keyword, name, below in references.below(part)
            if _is_step(step, keyword, name)
        ]
    yield from {id(part): part for part in found if isinstance(part, dict)}.values()


def _is_step(step: str, keyword: str, name: str | int | None) -> bool:
    """Tell whether a keyword describes what a step of a pointer leads to."""
    if keyword == "properties":
        return step in ("*", name)
    if keyword in ("items", "prefixItems"):
        return step == "*" or (step.isdecimal() and name in (None, int(step)))
    return keyword == "additionalProperties" and step == "*"


def _complete(schema: Schema, name: str) -> None:
    """Have the references of a schema lead to where they do as a component of a document."""
    places = {part[word]: at for at, part in subschemas(schema) for word in ANCHORS if word in part}
    root = pointer.join("#/components/schemas", name)
    for _, part in subschemas(schema):
        assert isinstance(part, dict)
        for keyword in REFERENCES:
            target = part.pop(keyword, None)
            if isinstance(target, str):
                fragment = target.removeprefix("#")
                part["$ref"] = root + places.get(fragment, fragment)
        for anchor in ANCHORS:
            part.pop(anchor, None)
    schema.pop("$id", None)
    if schema.get("$schema") == DIALECT:
        del schema["$schema"]
