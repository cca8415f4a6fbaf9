"""What is made from the format's one definition is up to date, and has the same keys everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from project.generate import FILES, main
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.format.record import Record, keys_of
from reasonbook.render.data.export import Export
from reasonbook.render.data.schema import schemas
from reasonbook.render.data.schema_parts import ADDED
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls


def test_every_generated_file_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """To renew them: make generate"""
    assert main(["--check"]) == 0, capsys.readouterr().out


def records(model: type[Record] = Record) -> Iterator[type[Record]]:
    for inner in model.__subclasses__():
        yield inner
        yield from records(inner)


def keys(node: Any) -> set[str]:
    """The names of all members that a JSON Schema describes, however deep."""
    if isinstance(node, list):
        return {name for item in node for name in keys(item)}
    if not isinstance(node, dict):
        return set()
    here = set(node.get("properties", {}))
    return here.union(*(keys(value) for value in node.values()))


@pytest.mark.parametrize("kind", ["api", "domain"])
def test_editors_know_the_keys_of_the_model_and_no_others(kind: str, project: Path) -> None:
    schema = json.loads((project / f"catalogue/{kind}.schema.json").read_text())
    inside = {model.__name__: model for model in records()}
    found = {FILES[kind], *(inside[name] for name in schema["$defs"])}
    assert keys(schema) == {key for model in found for key in keys_of(model).values()}


@pytest.mark.parametrize("kind", FILES)
def test_the_guide_tells_the_keys_of_the_model_and_no_others(kind: str, project: Path) -> None:
    guide = (project / f"source/_shared/keys-{kind}.txt").read_text()
    told = set(re.findall(r"^\| `([a-z_]+)` \|", guide, flags=re.MULTILINE))
    assert told == keys(FILES[kind].model_json_schema())
    pages = (project / "source/guide").glob("*.md")
    assert any(f"_shared/keys-{kind}.txt" in page.read_text() for page in pages)


# What the export says otherwise than the files: under another name, or in another place.
OTHERWISE = {
    Reason: {"slug": "url", "details": "details_schema"},
    ErrorDomain: {"reasons": "domain"},  # they are in one list of the API
}
# Settings of the files, no facts of the API.
NOT_EXPORTED = {Api: {"format", "code_scan"}}
EXPORT = schemas("https://errors.example.com/")["reasons"]["$defs"]
EXPORTED = [model for model in records() if model.__name__ in EXPORT]


@pytest.mark.parametrize("model", EXPORTED, ids=lambda model: model.__name__)
def test_the_export_has_the_keys_of_the_model_and_those_it_adds(model: type[Record]) -> None:
    otherwise = OTHERWISE.get(model, {})
    told = {otherwise.get(key, key) for key in keys_of(model).values()}
    told -= NOT_EXPORTED.get(model, set())
    exported = EXPORT[model.__name__]["properties"]
    made = {"kind", "observed"}  # of the forms of a union; from another file
    assert told | {*ADDED.get(model, ())} | (made & {*model.model_computed_fields}) == {*exported}


def test_every_record_of_a_catalogue_is_exported() -> None:
    """Those of the other files, and settings of the command line, are not."""
    others = {"Operations", "Observations", "Observation", "Entry", "Ledger", "Corrected", "Wire"}
    others |= {"CodeScan"}
    assert {model.__name__ for model in records()} - others == {m.__name__ for m in EXPORTED}


def test_what_is_written_has_the_keys_of_its_schema_and_no_others(shop: Path) -> None:
    (api,) = load_catalogue(shop).catalogue.apis.values()
    export = Export(SiteUrls.of("https://x/", Addresses()))
    (written,) = json.loads(export.api(api))["apis"]
    parts = {"Api": written, "ErrorDomain": written["domains"][0], "Reason": written["reasons"][0]}
    for name, part in parts.items():
        assert part.keys() == EXPORT[name]["properties"].keys()
