"""What the page that explains an error knows of each API: ``reasonbook-explain.js`` reads it.

How to read an answer is data; what is said of it is HTML, in the words of the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol
from urllib.parse import urlsplit

from reasonbook.explaining.saying import (
    Section,
    fallback_blocks,
    outside_section,
    reason_section,
    status_section,
)
from reasonbook.format.model import Api, Reason
from reasonbook.render.data.export import plain_json
from reasonbook.render.facts.statements import Block, Line
from reasonbook.render.http_fallback import FALLBACKS
from reasonbook.render.urls import SiteUrls

#: Of an envelope, what tells how to read and check a body.
_READING = (
    *("media_type", "reason", "sub_reason", "reason_prefix"),
    *("details", "status", "http", "field_code", "schema"),
)


class Writer(Protocol):
    """Writes HTML for the page."""

    def line(self, line: Line) -> str:
        """Return a line."""

    def statements(self, statements: Iterable[Block]) -> str:
        """Return blocks."""


def book_name(api: Api) -> str:
    """Return the path of the file of an API."""
    return f"_static/reasonbook-explain-{api.name}.json"


def book(api: Api, urls: SiteUrls, writer: Writer) -> dict[str, Any]:
    """Return what is known of an API; *writer* writes what is said for the page."""
    schemas: dict[str, int] = {}
    return {
        "name": api.name,
        "title": api.title,
        "folder": urls.folder(api.name),
        "suffix": urls.html("").removeprefix(urls.base),
        "host": urlsplit(api.base_url).hostname if api.base_url else None,
        "envelopes": [
            {key: plain_json(each)[key] for key in _READING}
            for each in (api.envelope, *api.envelopes.values())
        ],
        "headers": [plain_json(promise) for promise in api.response_headers],
        "statuses": {name: status.http for name, status in api.statuses.items()},
        "reasons": {
            name: _reason(reason, api, schemas, writer) for name, reason in api.reasons.items()
        },
        "schemas": [json.loads(schema) for schema in schemas],
        "outside": [
            {
                "name": each.name,
                "http": plain_json(each)["http"],
                "media_type": each.media_type,
                **_said(outside_section(each, api), writer),
            }
            for each in api.outside
        ],
        "fallback": [
            {
                "http": list(each.http) if isinstance(each.http, tuple) else each.http,
                "html": writer.statements(fallback_blocks(each, api)),
            }
            for each in FALLBACKS
        ],
        "http": {str(code): _said(status_section(api, code), writer) for code in api.http_codes},
    }


def _reason(reason: Reason, api: Api, schemas: dict[str, int], writer: Writer) -> dict[str, Any]:
    """Return a reason; its schema is that of this number in *schemas*, where each is once."""
    schema = None if reason.details is None else json.dumps(reason.details)
    return {
        "slug": reason.slug,
        "envelope": [None, *api.envelopes].index(reason.envelope_name),
        "title": reason.title,
        "http": [*reason.http_codes],
        "is_response": reason.is_response,
        "status": reason.status,
        "schema": None if schema is None else schemas.setdefault(schema, len(schemas)),
        "sometimes": reason.details_sent == "sometimes",
        "field_codes": [each.code for each in reason.field_codes],
        **_said(reason_section(reason, api), writer),
    }


def _said(section: Section, writer: Writer) -> dict[str, str]:
    return {
        "heading": writer.line(section.heading),
        "html": writer.statements(section.blocks),
    }
