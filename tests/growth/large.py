"""A catalogue of any size: every reason has its own texts, and every third one of few schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PER_DOMAIN = 50
SCHEMAS = 5

API = """\
format: 2
api: large
title: Large
summary: Sells things in great numbers.
source: {url: https://large.example}
envelope:
  schema: envelope.schema.json
  reason: /error/reason
  message: /error/message
  details: /error/details
  example: |
    {"error": {"reason": "THING_1_MISSING", "message": "It is gone."}}
response_headers:
  - {name: X-Request-Id, http: any, pattern: "[a-z0-9]+"}
schema_version: 1
domains:
"""
MEMBERS = {"reason": {"type": "string"}, "message": {"type": "string"}, "details": {}}
ENVELOPE = {
    "properties": {"error": {"type": "object", "required": ["reason"], "properties": MEMBERS}}
}
REASON = """\
  - reason: {code}
    http: 404
    cause: The thing {n} does not exist, or it belongs to another customer.
    fix:
      - List the things with `GET /things{n}` and take the id from there.
      - Look at `{other}`, which is about the *next* thing.
    remedy:
      actor: client
      retry: after-fix
      next:
        - request: GET /things{n}
    raised_by:
      - GET /things{n}/{{id}}
    since: "2026-04-25"
    see_also: [{other}]
"""
DETAILS = """\
    details:
      type: object
      properties:
        member_{k}: {{type: string, description: Which thing is meant.}}
"""
EXAMPLE = """\
      - title: Looking up thing {n} for time {i}
        origin: constructed
        request: GET /things{n}/17
        headers:
          X-Request-Id: abc{i}
        body: |
          {body}
"""


def write_large(root: Path, count: int) -> Path:
    """Write a sound catalogue of one API with *count* reasons; return its folder."""
    folder = root / "large"
    folder.mkdir(parents=True)
    names = [f"group-{number}" for number in range(-(-count // PER_DOMAIN))]
    listed = "".join(f"  - {name}\n" for name in names)
    (folder / "api.yaml").write_text(API + listed)
    (folder / "envelope.schema.json").write_text(json.dumps(ENVELOPE))
    for index, name in enumerate(names):
        numbers = range(index * PER_DOMAIN, min(count, (index + 1) * PER_DOMAIN))
        head = f"domain: {name}\ntitle: Group {index}\nsummary: Things.\nreasons:\n"
        (folder / f"{name}.yaml").write_text(head + "".join(_reason(n, count) for n in numbers))
    return folder


def _reason(n: int, count: int) -> str:
    code, other = f"THING_{n}_MISSING", f"THING_{(n + 1) % count}_MISSING"
    error: dict[str, Any] = {"reason": code, "message": f"The thing {n} was not found."}
    details = ""
    if n % 3 == 0:
        k = n // 3 % SCHEMAS
        details, error["details"] = DETAILS.format(k=k), {f"member_{k}": "a"}
    body = json.dumps({"error": error})
    examples = "".join(EXAMPLE.format(n=n, i=i, body=body) for i in range(2))
    return REASON.format(code=code, other=other, n=n) + details + "    examples:\n" + examples
