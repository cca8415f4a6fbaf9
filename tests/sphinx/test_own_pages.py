"""Pages that people wrote beside the generated: of the same name, and as the way to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from reasonbook.cli.main import main

if TYPE_CHECKING:
    from conftest import Project

MINE = ":orphan:\n\nMine\n====\n\nMy own words.\n"
WITH_LEDGER = "alpha/published.json"


@pytest.mark.parametrize(
    ("page", "made_from", "directives"),
    [
        ("alpha/one", "alpha/one.yaml", "reason-examples alpha/one"),
        ("alpha/reasons/LAST_FAULT", "alpha/two.yaml", "reason alpha/LAST_FAULT"),
        ("alpha/index", "alpha/api.yaml", "domain-list alpha"),
        (
            "alpha/envelope",
            "alpha/api.yaml",
            "envelope-fields alpha, canonical-statuses alpha, http-statuses alpha",
        ),
        ("alpha/endpoints", "alpha/api.yaml", ""),
        ("alpha/unknown", "alpha/api.yaml", ""),
    ],
)
def test_a_page_that_hides_a_generated_one_is_an_error(
    new_project: Callable[..., Project], page: str, made_from: str, directives: str
) -> None:
    project = new_project(**{f"{page}__rst": MINE})
    for _ in range(2):
        result = project.build()
        assert result.code == 2
        way_out = "Rename it, or move the generated pages with reasonbook_prefix"
        way_out += f", or place {directives} on it." if directives else "."
        assert result.warnings == (
            f"{project.source / page}.rst: ERROR: This page hides the generated page of the same "
            f"name, which is made from {project.catalogue / made_from}. {way_out} "
            "[reasonbook.hidden-page]\n"
            "ERROR: 1 generated page would be hidden; nothing was built.\n"
        )


@pytest.mark.parametrize(
    ("page", "directives", "shown"),
    [
        ("alpha/one", ["reason-examples:: alpha/one"], "The cause of first_fault."),
        ("alpha/reasons/LAST_FAULT", ["reason:: alpha/LAST_FAULT"], "The cause of last_fault."),
        ("alpha/index", ["domain-list:: alpha"], "What two is about."),
        (
            "alpha/envelope",
            [
                f"{name}:: alpha"
                for name in ("envelope-fields", "canonical-statuses", "http-statuses")
            ],
            "The canonical status.",
        ),
    ],
)
def test_a_page_that_places_the_directive_wins(
    new_project: Callable[..., Project], page: str, directives: list[str], shown: str
) -> None:
    text = MINE + "".join(f"\n.. {directive}\n" for directive in directives)
    project = new_project(**{f"{page}__rst": text})
    assert project.build("-E", "-W", "-j", "2").code == 0
    result = project.build_strictly()
    assert "My own words." in result.page(f"{page}.html")
    assert shown in result.page(f"{page}.html")
    for addresses in result.inventory().values():  # every anchor is still there
        for address in addresses.values():
            file, _, anchor = address.partition("#")
            assert not anchor or f'id="{anchor}"' in result.page(file), address


@pytest.mark.parametrize(
    ("page", "made_from"),
    [
        ("alpha", "alpha/api.yaml"),
        ("alpha/one/index", "alpha/one.yaml"),
        ("alpha/reasons/LAST_FAULT/index", "alpha/two.yaml"),
    ],
)
def test_a_page_that_would_be_written_to_the_same_file_is_an_error(
    new_project: Callable[..., Project], page: str, made_from: str
) -> None:
    project = new_project(**{f"{page}__rst": MINE})
    assert project.build_strictly().code == 0
    assert project.build("-E", builder="dirhtml").warnings == (
        f"{project.source / page}.rst: ERROR: This page hides the generated page of the same "
        f"address, which is made from {project.catalogue / made_from}. Rename it, or move the "
        "generated pages with reasonbook_prefix. [reasonbook.hidden-page]\n"
        "ERROR: 1 generated page would be hidden; nothing was built.\n"
    )


def test_an_own_page_of_changes_is_an_error_once_something_is_published(
    new_project: Callable[..., Project],
) -> None:
    project = new_project(changes__rst=MINE)
    project.build_strictly()
    assert main(["publish", str(project.catalogue), "--date", "2026-01-02"]) == 0
    result = project.build()
    assert result.code == 2
    assert f"which is made from {project.catalogue / WITH_LEDGER}." in result.warnings


def test_a_project_with_yaml_pages_of_its_own_is_told(new_project: Callable[..., Project]) -> None:
    project = new_project("source_suffix = ['.rst', '.yaml']\nexclude_patterns = ['catalogue']")
    project.write("own.yaml", MINE)
    result = project.build()
    assert result.code == 2
    assert result.warnings == (
        "ERROR: source_suffix has '.yaml', the suffix of the catalogue and of the pages that are "
        "generated from it. Give the pages of the project another one.\n"
    )


def test_a_page_that_exists_before_the_domain_is_an_error_then(
    new_project: Callable[..., Project],
) -> None:
    project = new_project(**{"alpha/three__rst": MINE})
    project.build_strictly()
    project.add_domain("alpha", "three", ["THIRD_FAULT"])
    project.edit("alpha/api.yaml", lambda api: api["domains"].append("three"))
    assert "made from" in project.build().warnings


def test_where_no_pages_are_generated_none_is_hidden(new_project: Callable[..., Project]) -> None:
    project = new_project("reasonbook_pages = 'none'", **{"alpha/one__rst": MINE})
    project.write("index.rst", "Sample\n======\n")
    assert "My own words." in project.build_strictly().page("alpha/one.html")


def test_an_own_page_for_wrong_addresses_is_no_error(new_project: Callable[..., Project]) -> None:
    project = new_project("extensions = ['reasonbook.site']", **{"404__rst": MINE})
    assert "My own words." in project.build_strictly().page("404.html")


# Ids


def ids(page: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', page)


SHOWN = ".. reason:: alpha/FIRST_FAULT\n\n"


@pytest.mark.parametrize(
    "text",
    [
        SHOWN * 3,
        SHOWN + ".. reason-examples:: alpha/one\n",
        ".. reason-examples:: alpha/one\n\n" + SHOWN,
        ".. reason-examples:: alpha/one\n\n" * 2,
        ".. http-statuses:: alpha\n\n.. http-statuses:: beta\n\n" * 2,
        ".. canonical-statuses:: alpha\n\n.. canonical-statuses:: beta\n\n" * 2,
        ".. envelope-fields:: alpha\n\n" * 2,
    ],
)
def test_what_is_shown_twice_has_one_id(new_project: Callable[..., Project], text: str) -> None:
    for pages in ("all", "none"):
        project = new_project(f"reasonbook_pages = {pages!r}")
        project.write("index.rst", f"Sample\n======\n\n.. api-list::\n   :toctree:\n\n{text}")
        found = ids(project.build_strictly().page("index.html"))
        assert len(found) == len(set(found))


def test_reasons_of_one_name_keep_an_anchor_each(new_project: Callable[..., Project]) -> None:
    project = new_project("reasonbook_pages = 'none'")
    both = ".. reason:: alpha/SHARED_FAULT\n\n.. reason:: beta/SHARED_FAULT\n"
    project.write("index.rst", f"Sample\n======\n\n{both}")
    result = project.build_strictly()
    reasons = result.inventory()["err:reason"]
    assert reasons == {
        "alpha/SHARED_FAULT": "index.html#SHARED_FAULT",
        "beta/SHARED_FAULT": "index.html#beta-SHARED_FAULT",
    }
    assert {"SHARED_FAULT", "beta-SHARED_FAULT"} <= set(ids(result.page("index.html")))


@pytest.mark.parametrize("is_first", [True, False])
def test_a_heading_of_the_same_id_is_another(
    new_project: Callable[..., Project], *, is_first: bool
) -> None:
    project = new_project("reasonbook_pages = 'none'")
    project.add_api("gamma", {"one": ["not-found"]})
    project.edit("gamma/api.yaml", lambda api: api.update(reason_pattern="[a-z-]+"))
    parts = ["Not found\n---------\n\nText.\n", ".. reason:: gamma/not-found\n"]
    text = "\n".join(parts if is_first else reversed(parts))
    project.write("index.rst", f"Sample\n======\n\n{text}")
    result = project.build_strictly()
    found = ids(result.page("index.html"))
    assert len(found) == len(set(found))
    anchor = "gamma-not-found" if is_first else "not-found"
    assert result.inventory()["err:reason"]["gamma/not-found"] == f"index.html#{anchor}"
    assert anchor in found


# What the end of a build says


def told(project: Project, builder: str = "html") -> list[str]:
    result = project.build("-n", "-W", builder=builder)
    assert (result.warnings, result.code) == ("", 0)
    return [line for line in result.status.splitlines() if line.startswith("reasonbook: ")]


URL = 'html_baseurl = "https://e.example/"\n'
APART = (
    "reasonbook: no page leads to {0}: place the directive api-list with its option toctree "
    "on a page of the navigation, or name {0} in a toctree."
)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Nothing.", "alpha/index, beta/index"),
        (".. api-list::", None),
        (".. toctree::\n\n   alpha/index", "beta/index"),
        (".. toctree::\n   :glob:\n\n   */index", None),
        (":doc:`alpha/index`, :doc:`/beta/one`", None),
        (":err:reason:`alpha/FIRST_FAULT`", "beta/index"),
        ("`Alpha <alpha/index.html>`_ and `Beta <./beta/>`_", None),
    ],
)
def test_pages_that_nothing_leads_to_are_told(
    new_project: Callable[..., Project], text: str, apart: str | None
) -> None:
    project = new_project(URL)
    project.write("index.rst", f"Sample\n======\n\n{text}\n")
    for _ in range(2):
        assert told(project) == ([APART.format(apart)] if apart else [])


def test_a_missing_address_is_told_once(new_project: Callable[..., Project]) -> None:
    (line,) = told(new_project())
    assert line == (
        "reasonbook: html_baseurl is not set, so the addresses in the files for agents begin with "
        "http://localhost:8000/; set it in conf.py to the address of the published site."
    )


@pytest.mark.parametrize("builder", ["text", "doctest", "gettext"])
def test_builders_without_a_site_tell_nothing(
    new_project: Callable[..., Project], builder: str
) -> None:
    project = new_project()
    project.write("index.rst", "Sample\n======\n")
    assert told(project, builder) == []
