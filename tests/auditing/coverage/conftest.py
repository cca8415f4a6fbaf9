"""A small API with reasons of every kind, and what was seen of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reasonbook.auditing.sightings import Sighting, Sightings
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Catalogue

REASONS: list[dict[str, Any]] = [
    {"reason": "CARD_DECLINED", "raised_by": ["POST /payments", "GET /payments/{id}"]},
    {"reason": "CARD_DECLINED", "sub_reason": "EXPIRED"},
    {"reason": "NOT_ALLOWED", "raised_by": {"class": "write"}, "lifecycle": "deprecated"},
    {"reason": "ANYTHING", "raised_by": "any"},
    {"reason": "PLANNED", "lifecycle": "planned"},
    {"reason": "RETIRED", "lifecycle": "retired"},
    {"reason": "CALLED_BACK", "http": "none", "arrives_in": ["callback"]},
]
GONE = {"since": "2026-01-01"}


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The catalogue, which is in the working directory."""
    folder = tmp_path / "catalogue/shop"
    folder.mkdir(parents=True)
    api = {
        "format": 2,
        "api": "shop",
        "title": "The <shop>",
        "summary": "Sells things.",
        "source": {"url": "https://shop.example.com/docs"},
        "requires": [],
        "envelope": {
            "schema": "envelope.schema.json",
            "reason": "/code",
            "sub_reason": "/sub",
            "example": '{"code": "CARD_DECLINED"}',
        },
        "operation_classes": {"write": {"methods": ["POST"]}},
        "schema_version": 1,
        "domains": ["orders"],
    }
    states = {
        "deprecated": {"deprecated": GONE},
        "retired": {"deprecated": {**GONE, "retired": "2026-02-01"}},
    }
    reasons = [
        {"http": 400, **states.get(each.get("lifecycle", ""), {}), **each} for each in REASONS
    ]
    orders = {"domain": "orders", "title": "Orders", "summary": "Orders.", "reasons": reasons}
    operations = {"POST /payments": [400], "POST /orders": [400], "GET /payments/{id}": [400]}
    (folder / "api.yaml").write_text(json.dumps(api))
    (folder / "orders.yaml").write_text(json.dumps(orders))
    (folder / "operations.json").write_text(json.dumps({"operations": operations}))
    (folder / "envelope.schema.json").write_text('{"type": "object"}')
    monkeypatch.chdir(tmp_path)
    return reread()


def reread() -> Catalogue:
    loaded = load_catalogue(Path("catalogue"))
    assert list(map(str, loaded.problems)) == []
    return loaded.catalogue


@pytest.fixture
def seen() -> Callable[..., Sightings]:
    """Make sightings of the shop: reason, operation, how often, and when last."""

    def make(*rows: tuple[str, str, int, date | None]) -> Sightings:
        found = Sightings()
        for reason, operation, count, last in rows:
            found.add(Sighting("shop", reason, operation), last, count)
        return found

    return make
