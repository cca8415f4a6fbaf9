"""What is beside the text of a reason's page: neighbours, its domain, its lines in the YAML."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from conftest import Project

TEMPLATES = 'templates_path = ["templates"]\nhtml_sidebars = {"**": ["beside.html"]}\n'
BESIDE = '<div id="beside">{{ reasonbook_siblings }}</div>'
PAGE = "alpha/reasons/FIRST_FAULT.html"


def around(html: str) -> dict[str, str]:
    links = BeautifulSoup(html, "html.parser").find_all("link", rel=["prev", "next"])
    return {link["rel"][0]: f"{link['title']}: {link['href']}" for link in links}


def test_reasons_follow_each_other_from_domain_to_domain(
    new_project: Callable[..., Project],
) -> None:
    result = new_project('html_theme = "furo"\n').build()
    first, last = around(result.page(PAGE)), around(result.page(PAGE.replace("FIRST", "SHARED")))
    assert first["prev"].endswith(": ../one.html")
    assert first["next"] == "SHARED_FAULT: SHARED_FAULT.html"
    assert last["prev"] == "FIRST_FAULT: FIRST_FAULT.html"
    assert last["next"].endswith(".html")
    assert "reasonbookmark" not in result.page(PAGE)


def test_a_template_has_the_reasons_of_the_domain_with_this_one_marked(
    new_project: Callable[..., Project],
) -> None:
    project = new_project('html_theme = "alabaster"\n' + TEMPLATES)
    folder = project.source / "templates"
    folder.mkdir()
    (folder / "beside.html").write_text(BESIDE)
    beside = BeautifulSoup(project.build().page(PAGE), "html.parser").find(id="beside")
    assert beside
    links = beside.select("li > a")
    assert [link["href"] for link in links] == ["FIRST_FAULT.html", "SHARED_FAULT.html"]
    assert [link.get("aria-current") for link in links] == ["page", None]


@pytest.mark.parametrize(
    ("context", "start"),
    [
        (
            {"github_user": "u", "github_repo": "r", "github_version": "main"},
            "https://github.com/u/r/blob/main/catalogue/alpha/one.yaml#L",
        ),
        (
            {
                **{"gitlab_user": "u", "gitlab_repo": "r", "gitlab_version": "v1"},
                **{"gitlab_host": "git.example", "conf_py_path": "/docs/"},
            },
            "https://git.example/u/r/-/blob/v1/docs/catalogue/alpha/one.yaml#L",
        ),
        (
            {"bitbucket_user": "u", "bitbucket_repo": "r", "bitbucket_version": "main"},
            "https://bitbucket.org/u/r/src/main/catalogue/alpha/one.yaml#lines-",
        ),
    ],
    ids=["github", "gitlab", "bitbucket"],
)
def test_a_reason_leads_to_its_lines_in_the_repository(
    new_project: Callable[..., Project], context: dict[str, str], start: str
) -> None:
    project = new_project(f"html_context = {context!r}\n")
    page = BeautifulSoup(project.build().page(PAGE), "html.parser")
    (link,) = page.select("p.rb-yaml > a")
    address, line = str(link["href"])[: len(start)], int(str(link["href"])[len(start) :])
    assert address == start
    (path,) = project.source.glob("**/alpha/one.yaml")
    assert "FIRST_FAULT" in path.read_text().split("\n")[line - 1]


def test_without_a_repository_there_is_no_such_link(new_project: Callable[..., Project]) -> None:
    assert "rb-yaml" not in new_project().build().page(PAGE)
