"""A catalogue from the reasons.json of a site is the same as from its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import reasonbook
from reasonbook.explaining.exported import NotExportedError, read_exported
from reasonbook.render.data.export import Export, plain_json, reason_json
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ROOT = Path(__file__).parents[2]
URLS = SiteUrls.of("https://errors.example.com", Addresses("docs/"))
FOLDERS = [ROOT / "catalogue", *sorted((ROOT / "tests/roots").glob("*/catalogue"))]


def exported(folder: Path) -> Any:
    return json.loads(Export(URLS).catalogue(reasonbook.load(folder)))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_nothing_is_lost(folder: Path) -> None:
    read = read_exported(exported(folder), "reasons.json")
    for name, api in reasonbook.load(folder).apis.items():
        assert plain_json(read.apis[name]) == plain_json(api)
        assert list(read.apis[name].reasons) == list(api.reasons)
        for key, reason in api.reasons.items():
            same = read.apis[name].reasons[key]
            assert reason_json(same, URLS) == reason_json(reason, URLS)
            assert (same.slug, same.domain, same.url) == (
                reason.slug,
                reason.domain,
                f"https://errors.example.com/docs/{name}/reasons/{reason.slug}.html",
            )


def test_members_that_are_not_known_are_passed_over() -> None:
    data = exported(ROOT / "catalogue")
    data["apis"][0]["mascot"] = data["apis"][0]["reasons"][0]["mascot"] = "a heron"
    assert (
        read_exported(data, "reasons.json").apis.keys() == reasonbook.load("catalogue").apis.keys()
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "x.json is not a reasons.json: it has no list apis."),
        ({"apis": 1}, "x.json is not a reasons.json: it has no list apis."),
        (
            {"format_version": 99, "apis": []},
            "x.json has version 99, which needs Reasonbook 0.99 or newer.",
        ),
        ({"apis": [{}]}, "x.json is not a reasons.json of this format: 'domains'."),
        (
            {"apis": [4]},
            "x.json is not a reasons.json of this format: 'int' object is not a mapping.",
        ),
    ],
)
def test_what_is_refused(data: Any, message: str) -> None:
    with pytest.raises(NotExportedError) as raised:
        read_exported(data, "x.json")
    assert str(raised.value) == message
