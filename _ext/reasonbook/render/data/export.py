"""The catalogue as JSON: a reason, an API, everything. A public contract, with a JSON Schema."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reasonbook.format.model import (
    Api,
    BackoffWait,
    Catalogue,
    Example,
    HeaderWait,
    Note,
    PointerWait,
    Reason,
    ReasonSearch,
    Remedy,
    RequestStep,
    Wait,
)
from reasonbook.render.http_fallback import fallback_json
from reasonbook.render.urls import SiteUrls

#: Version of the format, raised when a program that reads it could break.
FORMAT_VERSION = 1
SCHEMA_NAME = "reasons.schema.json"
#: How deep a whole catalogue is spread over lines: each reason has one.
CATALOGUE_DEPTH = 4


_SCHEMA = Path(__file__).parent / "schemas" / SCHEMA_NAME


def schema_text() -> str:
    """Return the JSON Schema of everything that this module writes."""
    return _SCHEMA.read_text(encoding="utf-8")


def dump_small(value: Any) -> str:
    """Write JSON for scripts of the site's own: on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def dump(value: Any, *, depth: int = 1) -> str:
    """Write JSON for files: keys in the order of the format, a line each down to *depth*.

    What lies deeper stands on one line: that is what Python's encoder is fast at.
    """
    return _spread(value, depth, "\n") + "\n"


def _spread(value: Any, depth: int, line: str) -> str:
    if not depth or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    inner = line + "  "
    if isinstance(value, dict):
        items = [
            f"{json.dumps(key, ensure_ascii=False)}: {_spread(item, depth - 1, inner)}"
            for key, item in value.items()
        ]
        return "{" + inner + f",{inner}".join(items) + line + "}"
    return "[" + inner + f",{inner}".join(_spread(i, depth - 1, inner) for i in value) + line + "]"


def catalogue_json(catalogue: Catalogue, urls: SiteUrls) -> dict[str, Any]:
    """Return the whole catalogue."""
    return _document([api_json(api, urls) for api in catalogue.apis.values()], urls)


def single_api_json(api: Api, urls: SiteUrls) -> dict[str, Any]:
    """Return one API in the form of the whole catalogue."""
    return _document([api_json(api, urls)], urls)


def _document(apis: list[dict[str, Any]], urls: SiteUrls) -> dict[str, Any]:
    content = json.dumps(apis, ensure_ascii=False, sort_keys=True).encode()
    return {
        "$schema": urls.base + SCHEMA_NAME,
        "format_version": FORMAT_VERSION,
        "content_hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "apis": apis,
    }


def api_json(api: Api, urls: SiteUrls) -> dict[str, Any]:
    """Return an API: what holds for all its errors, the default decisions, and its reasons."""
    overview = urls.addresses.overview(api.name)
    return {
        "api": api.name,
        "title": api.title,
        "summary": api.summary,
        "url": urls.html(overview),
        "markdown_url": urls.markdown(overview),
        "envelope_schema_url": f"{urls.base}{urls.folder(api.name)}envelope.schema.json",
        "source": {
            "url": api.source.url,
            "as_of": api.source.as_of,
            "official": api.source.official,
        },
        "stability": api.stability,
        "schema_version": api.schema_version,
        "deprecation_window_days": api.deprecation_window_days,
        "base_url": api.base_url,
        "ai_context": api.ai_context,
        "notes": _notes(api.notes),
        "troubleshooting": [
            {"title": section.title, "text": section.text} for section in api.troubleshooting
        ],
        "links": [{"title": link.title, "url": link.url} for link in api.links],
        "terms": list(api.terms),
        "reason_pattern": api.reason_pattern,
        "envelope": _envelope(api),
        "statuses": [
            {"status": status.name, "http": status.http, "when": status.when}
            for status in api.statuses.values()
        ],
        **http_json(api),
        "response_headers": [
            {
                "name": header.name,
                "http": header.http if header.http == "any" else list(header.http),
                "equals": header.equals,
                "pattern": header.pattern,
            }
            for header in api.response_headers
        ],
        "domains": [
            {
                "domain": domain.name,
                "title": domain.title,
                "summary": domain.summary,
                "coverage": domain.coverage,
                "ai_context": domain.ai_context,
                "notes": _notes(domain.notes),
                "url": urls.html(urls.addresses.domain(api.name, domain.name)),
                "markdown_url": urls.markdown(urls.addresses.domain(api.name, domain.name)),
            }
            for domain in api.domains
        ],
        "planned_domains": list(api.planned_domains),
        "reasons": [reason_json(reason, urls) for reason in api.reasons.values()],
    }


def http_json(api: Api) -> dict[str, Any]:
    """Return the default decisions: for the statuses that the API lists, and for all others."""
    return {
        "http": [
            {
                "http": status.code,
                "title": status.title,
                "meaning": status.meaning,
                "fixes": list(status.fixes),
                "remedy": remedy_json(status.remedy) if status.remedy else None,
            }
            for status in api.http.values()
        ],
        "http_fallback": fallback_json(),
    }


def reason_json(reason: Reason, urls: SiteUrls) -> dict[str, Any]:
    """Return a reason with all its examples."""
    docname = urls.addresses.reason(reason)
    deprecated = reason.deprecated
    return {
        "api": reason.api,
        "reason": reason.name,
        "domain": reason.domain,
        "url": urls.html(docname),
        "markdown_url": urls.markdown(docname),
        "json_url": urls.reason_json(reason),
        "http": reason.http,
        "status": reason.status,
        "lifecycle": reason.lifecycle,
        "since": reason.since,
        "deprecated": {
            "since": deprecated.since,
            "remove_after": deprecated.remove_after,
            "replaced_by": deprecated.replaced_by,
            "retired": deprecated.retired,
            "correction": deprecated.correction,
        }
        if deprecated
        else None,
        "falls_back_to": list(reason.falls_back_to),
        "cause": reason.cause,
        "fix": list(reason.fix),
        "remedy": remedy_json(reason.remedy),
        "raised_by": reason.raised_by
        if isinstance(reason.raised_by, str)
        else list(reason.raised_by),
        "ai_context": reason.ai_context,
        "details_schema": reason.details,
        "field_codes": [
            {"code": code.code, "meaning": code.meaning, "fix": code.fix}
            for code in reason.field_codes
        ],
        "see_also": list(reason.see_also),
        "examples": [_example(example) for example in reason.examples],
    }


def remedy_json(remedy: Remedy) -> dict[str, Any]:
    """Return a remedy; every key is there, null or empty where it says nothing."""
    return {
        "actor": remedy.actor,
        "retry": remedy.retry,
        "wait": [_wait(wait) for wait in remedy.wait],
        "idempotency_key": remedy.idempotency_key,
        "next": [
            {"request": step.request}
            if isinstance(step, RequestStep)
            else {"pointer": step.pointer}
            for step in remedy.next
        ],
        "basis": remedy.basis,
    }


def _wait(wait: Wait) -> dict[str, Any]:
    if isinstance(wait, HeaderWait):
        return {"header": wait.header}
    if isinstance(wait, PointerWait):
        return {"pointer": wait.pointer, "unit": wait.unit}
    if isinstance(wait, BackoffWait):
        return {"backoff": {"first": wait.backoff.first, "factor": wait.backoff.factor}}
    return {"seconds": wait.seconds}


def _example(example: Example) -> dict[str, Any]:
    return {
        "title": example.title,
        "origin": example.origin,
        "request": example.request,
        "headers": dict(example.headers),
        "body": example.body,
    }


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [{"kind": note.kind, "text": note.text} for note in notes]


def _envelope(api: Api) -> dict[str, Any]:
    envelope = api.envelope
    reason = envelope.reason
    return {
        "media_type": envelope.media_type,
        "reason": {"in": reason.in_, "where": dict(reason.where), "at": reason.at}
        if isinstance(reason, ReasonSearch)
        else reason,
        "reason_prefix": envelope.reason_prefix,
        "message": envelope.message,
        "status": envelope.status,
        "http": envelope.http,
        "request_id": envelope.request_id,
        "details": envelope.details,
        "schema": dict(envelope.body_schema),
        "example": envelope.example,
    }
