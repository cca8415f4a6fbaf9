"""Where the box is, and the page that its form leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project, Result

CONF = """
project = "Sample"
extensions = ["{extension}"]
html_theme = "alabaster"
reasonbook_prefix = "errors"
"""
BOX = 'id="find-results"'
INDEX = "Sample\n======\n\n.. api-list::\n   :toctree:\n"


def build(new_project: Callable[..., Project], extension: str, builder: str = "html") -> Result:
    project = new_project(CONF.format(extension=extension), index__rst=INDEX)
    result = project.build("-n", "-W", builder=builder)
    assert result.code == 0, result.warnings
    return result


def with_box(result: Result) -> set[str]:
    pages = (path for path in result.output.rglob("*.html") if "_static" not in path.parts)
    return {path.relative_to(result.output).as_posix() for path in pages if BOX in path.read_text()}


def test_in_a_project_of_others_the_box_is_on_generated_pages_only(
    new_project: Callable[..., Project],
) -> None:
    found = with_box(build(new_project, "reasonbook"))
    assert found >= {
        "errors/reasons.html",
        "errors/alpha/index.html",
        "errors/alpha/one.html",
        "errors/alpha/reasons/FIRST_FAULT.html",
    }
    assert all(name.startswith("errors/") for name in found)


def test_on_a_whole_site_the_box_is_on_every_page(new_project: Callable[..., Project]) -> None:
    found = with_box(build(new_project, "reasonbook.site"))
    assert found >= {"index.html", "404.html", "errors/alpha/reasons/FIRST_FAULT.html"}


@pytest.mark.parametrize(
    ("builder", "page", "action", "root"),
    [
        ("html", "alpha/reasons/FIRST_FAULT.html", "../../reasons.html", "../../../"),
        ("dirhtml", "alpha/reasons/FIRST_FAULT/index.html", "../../../reasons/", "../../../../"),
    ],
)
def test_its_addresses_are_relative(
    new_project: Callable[..., Project], builder: str, page: str, action: str, root: str
) -> None:
    result = build(new_project, "reasonbook", builder)
    (form,) = re.findall(r"<form class=\"rb-find[^>]*>", result.page(f"errors/{page}"))
    assert f'action="{action}"' in form
    assert f'data-root="{root}"' in form
    index = json.loads(result.page("_static/reasonbook-find.json"))
    suffix = "index.html" if builder == "dirhtml" else ""
    for api in index["apis"]:
        for row in api["reasons"]:
            assert result.page(f"{api['folder']}{row[0]}{index['suffix']}{suffix}")


def test_a_page_may_have_the_box_where_it_wants(new_project: Callable[..., Project]) -> None:
    project = new_project(CONF.format(extension="reasonbook"), index__rst=INDEX)
    project.write("other.rst", ":orphan:\n\nOther\n=====\n\nBefore.\n\n.. find-box::\n\nAfter.\n")
    page = project.build_strictly().page("other.html")
    assert page.count(BOX) == page.count("reasonbook.js") == 1
    assert page.index("Before.") < page.index(BOX) < page.index("After.")


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_other_builders_have_no_box(new_project: Callable[..., Project], builder: str) -> None:
    project = new_project(CONF.format(extension="reasonbook"), index__rst=INDEX)
    project.write("index.rst", f"{INDEX}\n.. find-box::\n")
    result = project.build(builder=builder)
    assert result.code == 0, result.warnings
    files = (path for path in result.output.rglob("*") if path.is_file())
    assert not [path for path in files if BOX.encode() in path.read_bytes()]


def test_every_reason_is_in_the_list_by_api_and_domain(new_project: Callable[..., Project]) -> None:
    page = build(new_project, "reasonbook").page("errors/reasons.html")
    body = page.partition("<h1>")[2]
    places = [body.index(text) for text in ('id="reasons-alpha"', 'id="reasons-alpha-one"')]
    places += [body.index(f'href="alpha/reasons/{name}.html"') for name in ("FIRST_FAULT",)]
    places += [body.index(text) for text in ('id="reasons-alpha-two"', 'id="reasons-beta"')]
    assert places == sorted(places)
    for heading in ("Reason", "HTTP", "Who can fix it", "Retry", "Lifecycle"):
        assert f">{heading}</p>" in body


def test_the_list_for_agents_has_a_line_for_each(new_project: Callable[..., Project]) -> None:
    text = build(new_project, "reasonbook").page("errors/reasons.md")
    names = re.findall(r"^- \[(\w+)\]\(\S+/errors/\w+/reasons/\w+\.md\): \S", text, re.MULTILINE)
    assert sorted(names) == sorted(
        ["FIRST_FAULT", "SHARED_FAULT", "LAST_FAULT", "OTHER_FAULT", "SHARED_FAULT"]
    )
