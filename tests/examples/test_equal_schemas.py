"""Schemas that several reasons bring alike: compiled once, and each told where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.examples.runner import check_examples
from reasonbook.schema import compile as schema_compile

REASON = """\
  - reason: ORDER_{number}
    http: 404
    cause: It is gone.
    fix: Order again.
    remedy: {{actor: client, retry: after-fix}}
    details: {details}
    examples:
      - title: Gone
        origin: constructed
        body: |
          {{"code": "ORDER_{number}", "details": {{"id": "a"}}}}
"""
HEAD = "domain: orders\ntitle: Orders\nsummary: Orders.\nreasons:\n"
SOUND = "{type: object, properties: {id: {type: string}}}"


def write(shop: Path, details: str) -> None:
    reasons = (REASON.format(number=number, details=details) for number in range(20))
    (shop / "shop/orders.yaml").write_text(HEAD + "".join(reasons))
    api = (shop / "shop/api.yaml").read_text()
    api = api.replace("reason: /code", "reason: /code\n  details: /details")
    (shop / "shop/api.yaml").write_text(api)
    (shop / "shop/envelope.schema.json").write_text('{"properties": {"code": {}, "details": {}}}')


def test_equal_schemas_are_compiled_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(shop, SOUND)
    compiled = []
    validator = schema_compile.Validator

    def count(schema: object, **options: object) -> object:
        compiled.append(schema)
        return validator(schema, **options)

    monkeypatch.setattr(schema_compile, "Validator", count)
    check_examples(load_catalogue(shop).catalogue)
    details = [schema for schema in compiled if "id" in str(schema)]
    assert len(details) == 1


def test_each_of_several_broken_schemas_is_told(shop: Path) -> None:
    write(shop, SOUND.replace("string", "strin"))
    found = check_examples(load_catalogue(shop).catalogue)
    lines = {p.location.line for p in found if p.rule.label == "schema-invalid"}
    assert len(lines) == 20
