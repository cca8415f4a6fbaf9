"""The rule reference: registry, bad inputs and page hold the same rules, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from project.rule_reference import Case, output_lines, read_case, sample_of
from reasonbook.diagnostics.rules import Rule

if TYPE_CHECKING:
    from conftest import Project

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = [read_case(path) for path in sorted(CORPUS.rglob("*.txt"))]
PAGE_CASES = [case for case in CASES if case.name.startswith("page-")]
MYST = "extensions += ['myst_parser', 'project.rule_reference']\n"


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.label)
def test_every_rule_has_a_real_bad_input(rule: Rule) -> None:
    case = sample_of(rule, CASES)
    assert case is not None
    assert output_lines(rule, case)


@pytest.mark.parametrize("case", PAGE_CASES, ids=lambda case: case.name)
def test_a_bad_page(case: Case, new_project: Callable[..., Project]) -> None:
    project = new_project(f"{MYST}reasonbook_json = 'all'\n")
    for title, text in case.steps:
        project.write(title.removesuffix(": write"), text)
    result = project.build(builder="doctest")
    said = result.status.replace(f"{project.source}/", "")
    found = re.findall(r"^ *(\S+: error\[.*)\n +(hint: .*)$", said, re.MULTILINE)
    assert [line for pair in found for line in (pair[0], f"  {pair[1]}")] == (
        case.output.splitlines()
    )
    assert result.code == 1


@pytest.fixture(scope="module")
def page(new_project: Callable[..., Project]) -> BeautifulSoup:
    text = f"# Rules\n\n```{{rule-reference}}\n:cases: {CORPUS.as_posix()}\n```\n"
    project = new_project(MYST)
    project.write("rules.md", text.replace(CORPUS.as_posix(), "corpus"))
    (project.source / "corpus").symlink_to(CORPUS)
    project.write("index.rst", "Sample\n======\n\n.. toctree::\n\n   rules\n")
    return BeautifulSoup(project.build_strictly().page("rules.html"), "html.parser")


def sections(page: BeautifulSoup) -> dict[str, Tag]:
    found = page.select_one("section#rules")
    assert found is not None
    return {str(section["id"]): section for section in found.find_all("section")}


def test_page_and_registry_are_equal(page: BeautifulSoup) -> None:
    assert [*sections(page)] == [rule.label for rule in Rule]


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.label)
def test_a_section_says_cause_fix_and_what_is_printed(rule: Rule, page: BeautifulSoup) -> None:
    section = sections(page)[rule.label]
    text = section.get_text()
    assert rule.cause.replace("`", "") in text
    assert f"To fix it: {rule.hint.replace('`', '')}" in text
    case = sample_of(rule, CASES)
    assert case is not None
    *_, output = [block.get_text() for block in section.find_all("pre")]
    assert output.splitlines() == output_lines(rule, case)
    assert set(output.splitlines()) <= set(case.output.splitlines())


def test_a_folder_without_cases_is_an_error(new_project: Callable[..., Project]) -> None:
    project = new_project(MYST, page__md="# Page\n\n```{rule-reference}\n:cases: nowhere\n```\n")
    assert "page.md:3: ERROR: rule-reference: there are no cases in nowhere." in (
        project.build().warnings
    )
