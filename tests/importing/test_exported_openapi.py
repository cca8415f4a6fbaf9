"""Errors of a catalogue, exported as OpenAPI and imported again: what is the same, what is lost.

Lost are, by name: the HTTP status and the operations of a reason that is planned, which the export
only lists; and that a reason may come from any operation, which the export says of each.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.problems import Problems
from reasonbook.format.model import Api
from reasonbook.importing.found import Found
from reasonbook.importing.openapi.reader import read_openapi
from reasonbook.render.data.openapi import openapi_json
from reasonbook.render.facts.operations import reasons_by_operation
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(folder for folder in (ROOT / "catalogue").iterdir() if folder.is_dir())


@pytest.fixture(params=SHIPPED, ids=lambda folder: folder.name)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Api, Found]:
    """An API, and what an import reads from its export."""
    api = load_catalogue(request.param.parent).catalogue.apis[request.param.name]
    path = tmp_path / "openapi.json"
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    path.write_text(json.dumps(openapi_json(api, urls)))
    problems = Problems()
    found = read_openapi(path, None, problems)
    assert found is not None, [*problems]
    return api, found


def test_the_codes_are_the_same(pair: tuple[Api, Found]) -> None:
    api, found = pair
    current = {name for name, reason in api.reasons.items() if reason.lifecycle != "retired"}
    assert found.reasons.keys() == current
    assert found.skipped == []


def test_the_http_statuses_are_the_same_but_for_planned_reasons(pair: tuple[Api, Found]) -> None:
    api, found = pair
    for name, read in found.reasons.items():
        reason = api.reasons[name]
        expected = [] if reason.lifecycle == "planned" else [*reason.http_codes]
        assert (name, sorted(read.http)) == (name, sorted(expected))


def test_the_operations_are_the_same_but_for_planned_reasons(pair: tuple[Api, Found]) -> None:
    api, found = pair
    sent = reasons_by_operation(api)
    for name, read in found.reasons.items():
        reason = api.reasons[name]
        senders = {operation for operation, reasons in sent.items() if reason in reasons}
        expected = set() if reason.lifecycle == "planned" else senders
        assert (name, set(read.operations)) == (name, expected)


def test_the_examples_are_the_same_values(pair: tuple[Api, Found]) -> None:
    api, found = pair
    for name, read in found.reasons.items():
        reason = api.reasons[name]
        bodies = [json.loads(example.body) for example in reason.examples]
        assert len(read.examples) == (
            0 if reason.lifecycle == "planned" else len({*reason.http_codes})
        )
        assert all(json.loads(example.body) in bodies for example in read.examples)
