"""The preview: what the browser is given where the catalogue has errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Project

PREVIEW = ("-D", "reasonbook_preview=1")
NOTICE = "_static/reasonbook-preview.html"
MARK = "<FILL IN why>"


def test_a_page_is_built_in_spite_of_what_a_rule_refuses(
    new_project: Callable[..., Project],
) -> None:
    project = new_project()
    project.edit("alpha/one.yaml", lambda domain: domain["reasons"][0].update(cause=MARK))
    result = project.build(*PREVIEW)
    assert result.code == 0
    page = result.page("alpha/one.html")
    assert "&lt;FILL IN why&gt;" in page
    assert '<span class="rb-badge rb-draft">draft</span>' in page
    heading = result.page("alpha/reasons/FIRST_FAULT.html").split("<h1>")[1].split("</h1>")[0]
    assert '<span class="rb-badge rb-draft">draft</span>' in heading
    notice = result.page(NOTICE)
    assert "<strong>Preview. 1 problem in the catalogue:</strong>" in notice
    assert "error[unfilled-text]: reasons[0].cause is still to be filled in." in notice
    assert "hint: Write why." in notice
    project.edit("alpha/one.yaml", lambda domain: domain["reasons"][0].update(cause="Known."))
    assert project.build(*PREVIEW).page(NOTICE) == ""


def test_what_is_to_be_filled_in_is_not_known(new_project: Callable[..., Project]) -> None:
    """What takes the place of a faulty value must not read as a fact."""
    project = new_project()
    remedy = {"actor": "<FILL IN who>", "retry": "<FILL IN whether>"}
    project.edit("alpha/one.yaml", lambda domain: domain["reasons"][0].update(remedy=remedy))
    page = project.build(*PREVIEW).page("alpha/reasons/FIRST_FAULT.html")
    assert "whether to retry, who can fix it" in page
    assert "the program that calls the API" not in page


def test_without_a_preview_the_same_stops_the_build(new_project: Callable[..., Project]) -> None:
    project = new_project()
    project.edit("alpha/one.yaml", lambda domain: domain["reasons"][0].update(cause=MARK))
    result = project.build()
    assert result.code == 2
    assert not (result.output / "index.html").exists()
    assert not (result.output / NOTICE).exists()


def test_what_cannot_be_read_leaves_the_pages_and_is_said(
    new_project: Callable[..., Project],
) -> None:
    project = new_project()
    before = project.build(*PREVIEW).page("alpha/one.html")
    project.write("catalogue/alpha/one.yaml", "domain: <one>\nreasons: [")
    result = project.build(*PREVIEW)
    assert result.code == 2
    assert result.page("alpha/one.html") == before
    assert "error[yaml-syntax]" in result.page(NOTICE)
    assert "Until they are fixed, the pages stay as they were." in result.page(NOTICE)


def test_a_first_build_that_fails_has_a_front_page_that_says_why(
    new_project: Callable[..., Project],
) -> None:
    project = new_project()
    good = (project.catalogue / "alpha/one.yaml").read_text()
    project.write("catalogue/alpha/one.yaml", "domain: one\nreasons: [")
    result = project.build(*PREVIEW)
    assert "error[yaml-syntax]" in result.page("index.html")
    project.write("catalogue/alpha/one.yaml", good)
    assert "Alpha API" in project.build(*PREVIEW).page("index.html")


def test_only_make_live_previews(project: Path) -> None:
    recipes = (project / "Makefile").read_text().split("\n\n")
    asking = [recipe for recipe in recipes if "reasonbook_preview" in recipe]
    assert len(asking) == 1
    assert "\nlive: " in asking[0]
    assert "-D reasonbook_preview=1" in asking[0]
    for path in ("conf.py", "_ext/project/build_site.py", ".readthedocs.yaml"):
        assert "reasonbook_preview" not in (project / path).read_text()
