"""The made-up catalogues: valid, the same for a seed, and like real ones."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest

import reasonbook
from project.bench.catalogues import APIS, write_catalogue
from reasonbook.format.model import Catalogue, Reason


def content(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("made")
    write_catalogue(folder, 400)
    return reasonbook.load(folder)


@pytest.mark.parametrize("reasons", [1, 7, 130])
def test_it_breaks_no_rule_and_has_so_many_reasons(tmp_path: Path, reasons: int) -> None:
    write_catalogue(tmp_path, reasons)
    assert reasonbook.check(tmp_path) == []
    assert len([*reasonbook.load(tmp_path).reasons()]) == reasons


def test_a_seed_gives_the_same_catalogue_and_another_gives_another(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write_catalogue(tmp_path / name, 40, seed)
    one, same, other = (content(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert one != other


def test_a_larger_one_has_the_apis_of_a_smaller_one_with_more_domains(made: Catalogue) -> None:
    assert [*made.apis] == [*APIS]
    assert [len(api.domains) for api in made.apis.values()] == [4, 4, 4, 4]


def test_it_has_what_makes_work(made: Catalogue) -> None:
    reasons = [*made.reasons()]
    for has in (
        lambda reason: reason.sub_reason,
        lambda reason: reason.details,
        lambda reason: reason.field_codes,
        lambda reason: reason.see_also,
        lambda reason: reason.ai_context,
        lambda reason: reason.remedy.waits,
        lambda reason: reason.remedy.next,
        lambda reason: reason.deprecated,
        lambda reason: len(reason.causes) > 1,
        lambda reason: len(reason.examples) > 1,
        lambda reason: reason.lifecycle == "planned",
    ):
        assert 0 < sum(bool(has(reason)) for reason in reasons) < len(reasons)


def test_its_texts_are_as_long_as_those_of_the_shipped_catalogue(
    project: Path, made: Catalogue
) -> None:
    shipped = reasonbook.load(project / "catalogue")

    def lengths(reason: Reason) -> tuple[int, int, int, int]:
        bodies = sum(len(example.body) for example in reason.examples)
        return len(reason.cause), len(" ".join(reason.fix)), len(reason.operations), bodies

    both = ([*map(fmean, zip(*map(lengths, c.reasons()), strict=True))] for c in (made, shipped))
    ratios = [ours / theirs for ours, theirs in zip(*both, strict=True)]
    assert all(0.5 < ratio < 2.5 for ratio in ratios), ratios
