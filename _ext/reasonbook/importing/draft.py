"""What was found, as the keys of the format: only what the source says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reasonbook.format.model import DEFAULT_REASON_PATTERN
from reasonbook.format.operations import OPERATION
from reasonbook.format.reading import FORMAT
from reasonbook.importing.domains import Group
from reasonbook.importing.found import Found, FoundEnvelope, FoundReason, SourceError
from reasonbook.rules.names import PAGE_NAME
from reasonbook.text import json_pointer as pointer

SCHEMA_FILE = "envelope.schema.json"
#: What `requires` may ask for, each with the key that holds it.
STATEMENTS = {"cause": "cause", "fix": "fix", "remedy": "remedy", "example": "examples"}
#: What another catalogue says of itself, and is otherwise made from the codes.
STATED = ("reason_pattern", "schema_version")
# Forms of codes, the narrowest first; the first that all have is the API's.
_PATTERNS = (
    DEFAULT_REASON_PATTERN,
    "[a-z][a-z0-9_]*",
    "[0-9]+",
    "[A-Za-z]+",
    "[A-Z][A-Z0-9_.]*",
    "[A-Za-z0-9_.-]+",
    "[!-~]+",
    "[ -~]+",
)


def reason_keys(reason: FoundReason, slug: str | None = None) -> dict[str, Any]:
    """Return a reason as data, in the order in which the format documents it."""
    http: Any = reason.http[0] if len(reason.http) == 1 else sorted(reason.http) or "unknown"
    keys: dict[str, Any] = {"reason": reason.code, "slug": slug, "title": reason.title}
    keys["message"] = reason.messages[0] if len(reason.messages) == 1 else None
    if "status" not in reason.more:
        keys["http"] = reason.more.get("http", http)
    keys["cause"] = reason.causes[0] if len(reason.causes) == 1 else reason.causes
    keys["fix"] = reason.fix[0] if len(reason.fix) == 1 else reason.fix
    keys["raised_by"] = reason.operations
    keys["docs_url"] = reason.docs_url
    keys["attributes"] = [{"name": n, "value": v} for n, v in reason.attributes.items()]
    keys["examples"] = [
        {"title": example.title, "origin": "documented"}
        | ({"http": example.http} if example.http and len(reason.http) > 1 else {})
        | {"body": example.body}
        for example in reason.examples
    ]
    keys |= {key: value for key, value in reason.more.items() if key != "http"}
    keys["examples"] = keys.pop("examples")  # which are long
    return {
        key: value
        for key, value in keys.items()
        if value not in (None, "", [], {}) and key not in reason.differing
    }


def slugs(codes: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Return names of pages for the codes that cannot have their own."""
    used = {name.lower() for name in taken}
    found: dict[str, str] = {}
    for code in codes:
        base = code
        if not PAGE_NAME.fullmatch(code) or code.lower() == "index":
            base = re.sub(r"[^A-Za-z0-9_]+", "-", code).strip("-_")[:110].strip("-_") or "code"
        name, number = base, 1
        while name.lower() in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name.lower())
        if name != code:
            found[code] = name
    return found


def pattern_of(codes: Iterable[str]) -> str | None:
    """Return the form that all codes have; None for that which the format takes by itself."""
    known = [*codes]
    fitting = (form for form in _PATTERNS if all(re.fullmatch(form, code) for code in known))
    form = next(fitting, _PATTERNS[-1])
    return None if form == DEFAULT_REASON_PATTERN else form


def required(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what every reason that is sent has, and the API can therefore require."""
    sent = [each for each in reasons if each.get("lifecycle") not in ("planned", "retired")]
    found = []
    for name, key in STATEMENTS.items():
        asked = [each for each in sent if name != "example" or _is_response(each)]
        if asked and all(key in each for each in asked):
            found.append(name)
    return found


def _is_response(reason: Mapping[str, Any]) -> bool:
    return "response" in reason.get("arrives_in", ("response",))


def operation_kind(found: Found) -> str | None:
    """Return how operations are written, where they are not METHOD /path."""
    operations = [name for reason in found.reasons.values() for name in reason.operations]
    return "named" if any(not OPERATION.fullmatch(name) for name in operations) else None


def api_keys(
    found: Found,
    name: str,
    title: str,
    url: str,
    official: bool,
    envelope: FoundEnvelope,
    reasons: Iterable[Mapping[str, Any]],
    domains: Iterable[Group],
) -> dict[str, Any]:
    """Return ``api.yaml`` as data."""
    title = " ".join((title or found.title or name).split())
    keys: dict[str, Any] = {
        "format": FORMAT,
        "api": name,
        "title": title,
        "summary": found.summary or f"Error codes of {title}, as `{found.path.name}` lists them.",
        "source": {**found.more.get("source", {}), "url": url},
        "base_url": found.base_url if re.match("https?://", found.base_url) else None,
        "reason_pattern": pattern_of(found.reasons),
        "requires": required(reasons),
        "operations": operation_kind(found),
        "envelope": envelope.keys,
        "schema_version": 1,
        "domains": [group.name for group in domains],
    }
    if official:
        keys["source"]["official"] = True
    keys |= {key: value for key, value in found.more.items() if key in STATED}
    known = {key: value for key, value in keys.items() if value is not None}
    more = {key: value for key, value in found.more.items() if key not in known}
    domains = known.pop("domains")
    return {**known, **more, "domains": domains}


def domain_keys(group: Group, reasons: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a domain file as data; whether these are all of its reasons nobody has said."""
    return {
        "domain": group.name,
        "title": group.title,
        "summary": group.summary,
        "coverage": "common",
        **group.more,
        "reasons": reasons,
    }


def complete_envelope(found: Found, title: str, code_at: str | None) -> FoundEnvelope:
    """Return the envelope of the source, or one that only says where the code is.

    Without either nothing can be said of error bodies, and nothing is guessed.
    """
    envelope = found.envelope
    if envelope is None:
        if code_at is None:
            raise SourceError(
                "The source does not say where an error body holds the code.",
                "Say it with --code-at, a JSON Pointer such as --code-at /error/code.",
            )
        envelope = FoundEnvelope({"schema": SCHEMA_FILE, "reason": code_at})
    if "example" not in envelope.keys:
        place = _first_place(envelope.keys["reason"])
        body = _body(pointer.tokens(place), next(iter(found.reasons)))
        envelope.keys["example"] = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    if not envelope.files:
        place = _first_place(envelope.keys["reason"])
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{title} error",
            "description": "Only the place of the code is known.",
            **_schema(pointer.tokens(place)),
        }
        envelope.files[SCHEMA_FILE] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return envelope


def _first_place(places: Any) -> str:
    """Return the first place of the code in a body; refuse where it is anywhere else."""
    first = places[0] if isinstance(places, list) else places
    if not isinstance(first, str):
        raise SourceError(
            "The schema or the example of error bodies cannot be used, and none can be made.",
            "Correct it in the source: the code is not at one place of the body.",
        )
    return first


def _body(steps: Sequence[str], code: str) -> Any:
    """Return a body that holds a code at a place, and nothing else."""
    if not steps:
        return code
    inner = _body(steps[1:], code)
    return [inner] if steps[0] == "*" else {steps[0]: inner}


def _schema(steps: Sequence[str]) -> dict[str, Any]:
    """Return a schema that says of a body where its code is, and leaves all else open."""
    if not steps:
        return {"description": "The code."}
    inner = _schema(steps[1:])
    if steps[0] == "*":
        return {"type": "array", "items": inner}
    return {
        "type": "object",
        "required": [steps[0]],
        "properties": {steps[0]: inner},
        "additionalProperties": True,
    }
