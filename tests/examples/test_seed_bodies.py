"""The ten bodies that the documentation of Vobiz prints, held to the catalogue of Vobiz.

They are kept byte for byte. It says that all errors share one format, and prints it once: the
other nine lack two of its members, and so none of the nine is an example that may be published.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.examples.runner import Examiner

if TYPE_CHECKING:
    from .originals import Original

SEED = Path(__file__).parent / "seed"
INCOMPLETE = sorted(SEED.glob("[A-Z]*.json"))


def said_of(name: str, originals: list[Original]) -> list[str]:
    (api,) = {id(o.api): o.api for o in originals if o.api.name == "vobiz"}.values()
    text, problems = (SEED / name).read_text(encoding="utf-8"), Problems()
    Examiner(api).check_body(text, lambda *place: Location(name, *place), problems)
    return [str(problem) for problem in problems]


def test_there_are_ten() -> None:
    assert len(INCOMPLETE) == 9
    assert len([*SEED.iterdir()]) == 10


def test_the_complete_body_is_right(originals: list[Original]) -> None:
    assert said_of("complete.json", originals) == []


@pytest.mark.parametrize("path", INCOMPLETE, ids=lambda path: path.stem)
def test_an_incomplete_body_is_refused(path: Path, originals: list[Original]) -> None:
    at = f"{path.name}:1:1: error[example-envelope]"
    hint = "\n  hint: Copy a real response, or correct the envelope's schema."
    assert said_of(path.name, originals) == [
        f'{at}: The body: the member "{member}" is missing.{hint}'
        for member in ("requestId", "timestamp")
    ]


@pytest.mark.parametrize("path", INCOMPLETE, ids=lambda path: path.stem)
def test_an_incomplete_body_in_the_catalogue_is_refused_on_its_line(
    path: Path, originals: list[Original]
) -> None:
    (original, *_) = (
        o for o in originals if o.api.name == "vobiz" and o.example.reason == path.stem
    )
    texts = path.read_text(encoding="utf-8").splitlines()
    change = original.of_text("the seed", texts, "", 0)
    column = len(original.lines[original.body[0]].rstrip("{")) + 1
    assert [str(problem).split(" error")[0] for problem in original.reader(change.lines)()] == [
        f"{original.path}:{original.body[0] + 1}:{column}:"
    ] * 2
