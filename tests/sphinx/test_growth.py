"""How the work of a build grows with the catalogue: counted in lines of code, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from math import log
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest

import reasonbook

if TYPE_CHECKING:
    from conftest import Project

pytestmark = pytest.mark.slow

SIZES = (200, 400, 800)
PER_DOMAIN = 40
EXPONENT = 1.1
PACKAGE = str(Path(reasonbook.__file__).parent)


def lines_of(work: Callable[[], object]) -> int:
    """Count the lines of this package that *work* runs; a loop on one line counts each turn."""
    count = 0

    def line(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, argument: object) -> Any:
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grow(project: Project, size: int) -> None:
    """Add an API of so many reasons, every fifth one a second level, each leading to the next."""
    names = [f"FAULT_{number}" for number in range(size)]
    domains = {
        f"part-{start // PER_DOMAIN}": names[start : start + PER_DOMAIN]
        for start in range(0, size, PER_DOMAIN)
    }
    project.add_api("large", domains)

    def second_level(api: Any) -> None:
        api.update(format=2, requires=[])
        api["envelope"]["sub_reason"] = "/sub"

    def lead(domain: Any) -> None:
        for reason in domain["reasons"]:
            number = names.index(reason["reason"])
            reason["remedy"]["actor"] = "client"
            if number % 5:
                reason["see_also"] = [names[number - number % 5]]
            else:
                reason.update(sub_reason=None, cause=f"As `{names[number]}`.")
        first = domain["reasons"][0]
        sub = {**first, "sub_reason": "deep", "examples": [], "cause": "Deep."}
        domain["reasons"].insert(1, sub)

    project.edit("large/api.yaml", second_level)
    for name in domains:
        project.edit(f"large/{name}.yaml", lead)


def exponents(counts: list[int]) -> list[float]:
    return [log(after / before, 2) for before, after in pairwise(counts)]


def test_a_build_and_an_edit_grow_with_the_catalogue(
    new_project: Callable[..., Project],
) -> None:
    built, edited = [], []
    for size in SIZES:
        project = new_project("extensions = ['reasonbook.site']\nhtml_theme_options = {}")
        grow(project, size)

        def build(project: Project = project) -> None:
            result = project.build()
            assert (result.warnings, result.code) == ("", 0)

        built.append(lines_of(build))
        project.edit("large/part-0.yaml", lambda d: d["reasons"][2].update(cause="It is new."))
        edited.append(lines_of(build))
    assert max(exponents(built)) <= EXPONENT, built
    assert max(exponents(edited)) <= EXPONENT, edited
