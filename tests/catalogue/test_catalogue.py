"""The two catalogues of this project: what they hold, and that every value knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.location import Location
from reasonbook.format.model import Catalogue, Example, Reason


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalogue:
    loaded = load_catalogue(project / "catalogue")
    assert list(map(str, loaded.problems)) == []
    return loaded.catalogue


def text_at(location: Location, project: Path) -> str:
    """What stands in the file from a place to the end of its line."""
    lines = (project / location.path).read_text(encoding="utf-8").split("\n")
    return lines[location.line - 1][location.column - 1 :]


def examples(catalogue: Catalogue) -> Iterator[tuple[Reason, Example]]:
    return ((reason, example) for reason in catalogue.reasons() for example in reason.examples)


@pytest.mark.parametrize(
    ("api", "counts"),
    [
        (
            "voipbin",
            {
                "api-manager": 15,
                "call-manager": 8,
                "billing-manager": 2,
                "storage-manager": 4,
                "ai-manager": 2,
            },
        ),
        (
            "vobiz",
            {
                "authentication": 3,
                "resource": 2,
                "billing": 2,
                "rate-limiting": 1,
                "validation": 1,
            },
        ),
    ],
)
def test_every_published_reason_is_there(
    catalogue: Catalogue, api: str, counts: dict[str, int]
) -> None:
    domains = catalogue.apis[api].domains
    assert {domain.name: len(domain.reasons) for domain in domains} == counts
    assert len(catalogue.apis[api].reasons) == sum(counts.values())


def test_there_are_no_other_apis(catalogue: Catalogue) -> None:
    assert set(catalogue.apis) == {"voipbin", "vobiz"}


def test_every_reason_knows_where_it_stands(catalogue: Catalogue, project: Path) -> None:
    found = [(reason.name, text_at(reason.at("reason"), project)) for reason in catalogue.reasons()]
    assert [text.split()[0] for _, text in found] == [name for name, _ in found]


def test_every_example_knows_where_its_body_begins(catalogue: Catalogue, project: Path) -> None:
    wrong = [
        str(example.body_at(1, 1))
        for _, example in examples(catalogue)
        if text_at(example.body_at(1, 1), project) != example.body.split("\n")[0]
    ]
    assert wrong == []


def test_every_line_of_every_body_knows_its_place(catalogue: Catalogue, project: Path) -> None:
    lines = 0
    for _, example in examples(catalogue):
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
