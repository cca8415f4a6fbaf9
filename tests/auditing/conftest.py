"""What tests of the audit share: a catalogue that says much, and its recordings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.auditing.audit import Audited, audit_recordings
from reasonbook.catalogue.loader import load_catalogue

API = """\
format: 2
api: {name}
title: {title}
summary: Sells things.
source:
  url: https://{name}.example
base_url: https://api.{name}.example/v1
envelope:
  schema: envelope.schema.json
  reason: /error/reason
  message: /error/message
  status: /error/status
  http: /error/http
  request_id: /error/request_id
  details: /error/details
  field_code: /error/details/errors/*/code
  example: |
    {{"error": {{"reason": "ORDER_NOT_FOUND", "message": "There is no order 1."}}}}
statuses:
  NOT_FOUND: {{http: 404}}
  INVALID: {{http: 400}}
response_headers:
  - {{name: X-Request-Id, equals: /error/request_id}}
  - {{name: Retry-After, http: [429], pattern: "[0-9]+"}}
outside:
  - {{name: gateway-page, http: [502, 504], media_type: text/html}}
  - {{name: no-login, http: 401, media_type: none, raised_by: [POST /login]}}
requires: []
schema_version: 1
domains: [orders]
"""
ORDERS = """\
domain: orders
title: Orders
summary: Reasons about orders.
reasons:
  - reason: ORDER_NOT_FOUND
    status: NOT_FOUND
    message: "There is no order {id}."
    raised_by: ["GET /orders/{id}"]
  - reason: ORDER_INVALID
    status: INVALID
    details:
      type: object
      required: [errors]
      properties:
        errors:
          type: array
          items:
            type: object
            required: [code, field]
            properties: {code: {type: string}, field: {enum: [amount, address]}}
    field_codes:
      - {code: TOO_LONG, meaning: It is too long.}
    raised_by: [POST /orders]
  - reason: TOO_MANY
    http: 429
  - reason: ORDER_LATE
    http: none
    arrives_in: [callback]
  - reason: ORDER_SOON
    http: 409
    lifecycle: planned
"""
SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["reason"],
            "additionalProperties": False,
            "properties": {
                "reason": {"type": "string"},
                "status": {"type": "string", "maxLength": 30},
                "message": {"type": "string"},
                "http": {"type": "integer"},
                "request_id": {"type": "string", "pattern": "^req_[0-9]+$"},
                "details": {},
            },
        }
    },
}


def write_api(folder: Path, name: str, title: str) -> None:
    """Write an API of which much is known."""
    folder.mkdir(parents=True)
    (folder / "api.yaml").write_text(API.format(name=name, title=title))
    (folder / "orders.yaml").write_text(ORDERS)
    (folder / "envelope.schema.json").write_text(json.dumps(SCHEMA))


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one API, in the working directory."""
    monkeypatch.chdir(tmp_path)
    write_api(tmp_path / "catalogue/market", "market", "Market")
    return tmp_path / "catalogue"


Audit = Callable[..., Audited]


@pytest.fixture
def audit(market: Path) -> Audit:
    """Audit a file with some content, by the API that is named or without a name."""

    def audited(content: str, api: str | None = None, name: str = "recording") -> Audited:
        Path(name).write_text(content, encoding="utf-8")
        loaded = load_catalogue(market)
        assert [*map(str, loaded.problems)] == []
        apis = loaded.catalogue.apis
        return audit_recordings([Path(name)], [*apis.values()], apis[api] if api else None)

    return audited


def error(reason: Any = "ORDER_NOT_FOUND", **other: Any) -> dict[str, Any]:
    """Return an error body."""
    return {"error": {"reason": reason, **other}}


def line(http: int, body: Any, **other: Any) -> str:
    """Return an exchange as a line."""
    return json.dumps({"status": http, "body": body, **other}) + "\n"


def told(audited: Audited) -> list[str]:
    """Return what was found, without the hints."""
    return [str(problem).partition("\n")[0] for problem in audited.problems]
