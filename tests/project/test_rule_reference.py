"""The rule reference: registry, bad inputs and page hold the same rules, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from project.rule_reference import GROUPS, Case, Group, output_lines, read_case, sample_of
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
def site(new_project: Callable[..., Project]) -> Callable[[str], BeautifulSoup]:
    """The index and the page of each group."""
    project = new_project(MYST)
    (project.source / "corpus").symlink_to(CORPUS)
    names = "\n".join(f"rules/{group.name}" for group in GROUPS)
    project.write(
        "rules.md", f"# Rules\n\n```{{rule-index}}\n```\n\n```{{toctree}}\n{names}\n```\n"
    )
    for name in [group.name for group in GROUPS]:
        text = f"# Group\n\n```{{rule-reference}} {name}\n:cases: ../corpus\n```\n"
        project.write(f"rules/{name}.md", text)
    project.write("index.rst", "Sample\n======\n\n.. toctree::\n\n   rules\n")
    built = project.build_strictly()
    return lambda name: BeautifulSoup(built.page(name), "html.parser")


def sections(page: BeautifulSoup) -> dict[str, Tag]:
    found = page.select_one("section#group")
    assert found is not None
    return {str(section["id"]): section for section in found.find_all("section")}


def test_the_groups_hold_every_rule_once_in_the_order_of_the_registry() -> None:
    assert [rule for group in GROUPS for rule in group.rules] == [*Rule]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_each_group_has_its_page_on_the_site(group: Group) -> None:
    page = (CORPUS.parents[1] / f"source/rules/{group.name}.md").read_text()
    assert f"```{{rule-reference}} {group.name}\n" in page


def test_the_index_has_the_address_of_each_finding_with_cause_and_fix(
    site: Callable[[str], BeautifulSoup],
) -> None:
    """``rules.html#rule`` is what ``check`` prints; the name leads to the rule in full."""
    page = site("rules.html")
    for group in GROUPS:
        for rule in group.rules:
            target = page.find(id=rule.label)
            assert target is not None, rule.label
            row = target.find_parent("tr")
            assert row is not None
            assert rule.cause.replace("`", "") in row.get_text()
            assert rule.hint.replace("`", "") in row.get_text()
            link = row.find("a", string=rule.label) or row.find("a")
            assert link["href"] == f"rules/{group.name}.html#{rule.label}"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_a_section_says_cause_fix_and_what_is_printed(
    group: Group, site: Callable[[str], BeautifulSoup]
) -> None:
    found = sections(site(f"rules/{group.name}.html"))
    assert [*found] == [rule.label for rule in group.rules]
    for rule, section in zip(group.rules, found.values(), strict=True):
        text = section.get_text()
        assert rule.cause.replace("`", "") in text
        assert f"To fix it: {rule.hint.replace('`', '')}" in text
        case = sample_of(rule, CASES)
        assert case is not None
        *_, output = [block.get_text() for block in section.find_all("pre")]
        assert output.splitlines() == output_lines(rule, case)
        assert set(output.splitlines()) <= set(case.output.splitlines())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("files\n:cases: nowhere", "there are no cases in nowhere."),
        (
            "file\n:cases: corpus",
            "there is no group 'file'. Choose one of "
            "files, shape, catalogue, schemas, examples, published, pages, audit, source, "
            "descriptions.",
        ),
    ],
)
def test_a_wrong_argument_is_an_error(
    new_project: Callable[..., Project], line: str, message: str
) -> None:
    project = new_project(MYST, page__md=f"# Page\n\n```{{rule-reference}} {line}\n```\n")
    assert f"page.md:3: ERROR: rule-reference: {message}" in project.build().warnings
