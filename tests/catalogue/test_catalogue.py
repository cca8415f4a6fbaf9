"""The catalogue of this project: it is read whole, and every value knows its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.location import Location
from reasonbook.format.model import Catalogue, Example


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalogue:
    loaded = load_catalogue(project / "catalogue")
    assert list(map(str, loaded.problems)) == []
    return loaded.catalogue


def text_at(location: Location, project: Path) -> str:
    """What stands in the file from a place to the end of its line."""
    lines = (project / location.path).read_text(encoding="utf-8").split("\n")
    return lines[location.line - 1][location.column - 1 :]


def bodies(catalogue: Catalogue, project: Path) -> Iterator[Example]:
    """The examples whose body stands in the file line by line, as it does in most."""
    for reason in catalogue.reasons():
        for example in reason.examples:
            if text_at(example.at("body"), project).startswith("|"):
                yield example


def test_every_reason_of_the_files_is_there_in_its_place(
    catalogue: Catalogue, project: Path
) -> None:
    written = {
        path.parent.name: {
            domain: [
                reason["reason"]
                for reason in yaml.safe_load(path.with_name(f"{domain}.yaml").read_text())[
                    "reasons"
                ]
            ]
            for domain in yaml.safe_load(path.read_text())["domains"]
        }
        for path in (project / "catalogue").glob("*/api.yaml")
    }
    read = {
        api.name: {domain.name: [r.name for r in domain.reasons] for domain in api.domains}
        for api in catalogue.apis.values()
    }
    assert read == written


def test_every_published_reason_is_there(catalogue: Catalogue, project: Path) -> None:
    published = {
        (path.parent.name, reason)
        for path in (project / "catalogue").glob("*/published.json")
        for reason in json.loads(path.read_text())["reasons"]
    }
    assert {("voipbin", "CALL_NOT_FOUND"), ("vobiz", "TRUNK_NOT_FOUND")} <= published
    assert published <= {(reason.api, reason.name) for reason in catalogue.reasons()}


def test_every_reason_knows_where_it_stands(catalogue: Catalogue, project: Path) -> None:
    found = [(reason.name, text_at(reason.at("reason"), project)) for reason in catalogue.reasons()]
    assert [text.split()[0] for _, text in found] == [name for name, _ in found]


def test_every_example_knows_where_its_body_begins(catalogue: Catalogue, project: Path) -> None:
    wrong = [
        str(example.body_at(1, 1))
        for example in bodies(catalogue, project)
        if text_at(example.body_at(1, 1), project) != example.body.split("\n")[0]
    ]
    assert wrong == []


def test_every_line_of_every_body_knows_its_place(catalogue: Catalogue, project: Path) -> None:
    lines = 0
    for example in bodies(catalogue, project):
        for number, line in enumerate(example.body.rstrip("\n").split("\n"), 1):
            assert text_at(example.body_at(number, 1), project) == line
            lines += 1
    assert lines > 100


def test_every_reason_that_may_be_sent_has_an_example(catalogue: Catalogue) -> None:
    lacking = [
        reason.name
        for reason in catalogue.reasons()
        if reason.lifecycle in ("active", "deprecated") and not reason.examples
    ]
    assert lacking == []
