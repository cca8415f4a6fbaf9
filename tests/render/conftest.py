"""Catalogues of any size, made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api, Catalogue
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

WORDS = ["account", "billing", "campaign", "device", "export", "folder", "gateway", "history"]


def made_up_reason(name: str, **more: Any) -> dict[str, Any]:
    return {
        "reason": name,
        "http": 409,
        "cause": "The resource is in a state in which this operation cannot be carried out.",
        "fix": ["Read the resource and wait for its state to change.", "Send the request again."],
        "remedy": {"actor": "client", "retry": "after-fix", "basis": "stated"},
        "examples": [
            {"title": "As it comes", "origin": "constructed", "body": json.dumps({"reason": name})}
        ],
        **more,
    }


def sized(apis: int, domains: int, reasons: int) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Made-up reasons: so many in each domain, so many of these in each API."""
    return {
        f"{WORDS[a % 8]}-{a}": {
            f"{WORDS[d % 8]}-manager-{d}": [
                made_up_reason(f"{WORDS[r % 8].upper()}_STATE_INVALID_{d}_{r}")
                for r in range(reasons)
            ]
            for d in range(domains)
        }
        for a in range(apis)
    }


def write_catalogue(
    root: Path, apis: dict[str, dict[str, list[dict[str, Any]]]], **more: Any
) -> None:
    """Write the reasons of each domain of each API; *more* is said of each API."""
    for api, domains in apis.items():
        folder = root / api
        folder.mkdir(parents=True)
        data = {
            "format": 2,
            "api": api,
            "title": f"The {api} API",
            "summary": f"Everything about {api}, by an API.",
            "source": {"url": f"https://{api}.example.com/docs"},
            "envelope": {
                "schema": "envelope.schema.json",
                "reason": "/reason",
                "example": json.dumps({"reason": "SOME_FAULT"}),
            },
            "schema_version": 1,
            "domains": [*domains],
            **more,
        }
        (folder / "api.yaml").write_text(json.dumps(data))
        schema = {"type": "object", "properties": {"reason": {"type": "string"}}}
        (folder / "envelope.schema.json").write_text(json.dumps(schema))
        for domain, reasons in domains.items():
            data = {
                "domain": domain,
                "title": f"About {domain.replace('-', ' ')}",
                "summary": f"What can go wrong with {domain.replace('-', ' ')}.",
                "reasons": reasons,
            }
            (folder / f"{domain}.yaml").write_text(json.dumps(data, ensure_ascii=False))


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Callable[..., Catalogue]:
    """Make a catalogue of some size."""

    def make(apis: int, domains: int, reasons: int) -> Catalogue:
        write_catalogue(tmp_path, sized(apis, domains, reasons))
        return loaded(tmp_path)

    return make


@pytest.fixture
def api_with(tmp_path: Path) -> Callable[..., Api]:
    """Make an API with one reason, given what differs in it from the usual."""

    def make(**more: Any) -> Api:
        said = made_up_reason("ORDER_STUCK", **more)
        reason = {key: value for key, value in said.items() if value is not None}
        write_catalogue(tmp_path, {"shop": {"orders": [reason]}})
        return loaded(tmp_path).apis["shop"]

    return make


@pytest.fixture
def unchecked(tmp_path: Path) -> Callable[..., Api]:
    """Make an API with one reason that no rule has judged; a key that is None is left out."""

    def make(**more: Any) -> Api:
        said = made_up_reason("ORDER_STUCK", **more)
        reason = {key: value for key, value in said.items() if value is not None}
        write_catalogue(tmp_path, {"shop": {"orders": [reason]}})
        return load_catalogue(tmp_path).catalogue.apis["shop"]

    return make


def loaded(root: Path) -> Catalogue:
    found = load_catalogue(root)
    assert list(found.problems) == []
    return found.catalogue


@pytest.fixture
def urls() -> SiteUrls:
    return SiteUrls.of("https://errors.example.com", Addresses(""))
