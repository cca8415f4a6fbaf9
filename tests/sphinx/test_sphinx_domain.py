"""The domain ``err``: where its roles lead, and what other projects find in the inventory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from conftest import Project, Result

MYST = 'extensions.append("myst_parser")\n'

# On a page of the API beta: role, target, what is read, where it leads.
LINKS = [
    ("err:reason", "alpha/FIRST_FAULT", "FIRST_FAULT", "alpha/reasons/FIRST_FAULT.html"),
    ("err:reason", "SHARED_FAULT", "SHARED_FAULT", "beta/reasons/SHARED_FAULT.html"),
    ("err:reason", "alpha/SHARED_FAULT", "SHARED_FAULT", "alpha/reasons/SHARED_FAULT.html"),
    ("err:reason", "LAST_FAULT", "LAST_FAULT", "alpha/reasons/LAST_FAULT.html"),
    ("err:reason", "the last <LAST_FAULT>", "the last", "alpha/reasons/LAST_FAULT.html"),
    ("err:status", "NOT_FOUND", "NOT_FOUND", "beta/envelope.html#NOT_FOUND"),
    ("err:status", "alpha/NOT_FOUND", "NOT_FOUND", "alpha/envelope.html#NOT_FOUND"),
    (
        "err:endpoint",
        "GET /other_fault",
        "GET /other_fault",
        "beta/endpoints.html#GET-/other_fault",
    ),
    (
        "err:endpoint",
        "alpha/GET /shared_fault",
        "GET /shared_fault",
        "alpha/endpoints.html#GET-/shared_fault",
    ),
    ("any", "LAST_FAULT", "LAST_FAULT", "alpha/reasons/LAST_FAULT.html"),
]

# On a page of no API: role, target, what is said of it.
FAULTS = [
    ("reason", "NOBODY", "there is no reason 'NOBODY'"),
    (
        "reason",
        "alpha/FRIST_FAULT",
        "there is no reason 'alpha/FRIST_FAULT'; did you mean 'alpha/FIRST_FAULT'?",
    ),
    ("reason", "LST_FAULT", "there is no reason 'LST_FAULT'; did you mean 'LAST_FAULT'?"),
    (
        "reason",
        "beta/LAST_FAULT",
        "there is no reason 'beta/LAST_FAULT'; did you mean 'LAST_FAULT'?",
    ),
    (
        "reason",
        "SHARED_FAULT",
        "the reason 'SHARED_FAULT' is ambiguous; "
        "choose one of alpha/SHARED_FAULT, beta/SHARED_FAULT",
    ),
    (
        "status",
        "NOT_FOUND",
        "the status 'NOT_FOUND' is ambiguous; choose one of alpha/NOT_FOUND, beta/NOT_FOUND",
    ),
    ("status", "FOUND", "there is no status 'FOUND'; did you mean 'NOT_FOUND'?"),
    (
        "endpoint",
        "GET /first-fault",
        "there is no endpoint 'GET /first-fault'; did you mean 'GET /first_fault'?",
    ),
]


def rst_page(head: str, roles: list[tuple[str, str]]) -> str:
    """Each role is a paragraph; the first stands on the line 6."""
    paragraphs = "\n\n".join(f":{role}:`{target}`" for role, target in roles)
    return f"{head}\n\nPage\n====\n\n{paragraphs}\n"


def myst_page(head: str, roles: list[tuple[str, str]]) -> str:
    """Each role is a paragraph; the first stands on the line 6."""
    paragraphs = "\n\n".join(f"{{{role}}}`{target}`" for role, target in roles)
    return f"---\n{head}\n---\n# Page\n\n{paragraphs}\n"


@pytest.fixture(scope="module")
def site(new_project: Callable[..., Project]) -> Result:
    """Its page in either format holds the links."""
    roles = [(role, target) for role, target, _, _ in LINKS]
    project = new_project(
        MYST,
        index__rst="Sample\n======\n\n.. toctree::\n\n   restructured\n   markdown\n",
        restructured__rst=rst_page(":api: beta", roles),
        markdown__md=myst_page("api: beta", roles),
    )
    return project.build_strictly()


@pytest.mark.parametrize("page", ["restructured", "markdown"])
@pytest.mark.parametrize("number", range(len(LINKS)), ids=[" ".join(link[:2]) for link in LINKS])
def test_a_role_leads_to_its_object(site: Result, page: str, number: int) -> None:
    body = BeautifulSoup(site.page(f"{page}.html"), "html.parser").select_one("section")
    assert body
    link = body.find_all("p")[number].a
    assert (link.get_text(), link["href"]) == LINKS[number][2:]


@pytest.fixture(scope="module")
def faulty(new_project: Callable[..., Project]) -> Result:
    roles = [(f"err:{kind}", target) for kind, target, _ in FAULTS]
    project = new_project(
        MYST,
        restructured__rst=rst_page(":orphan:", roles),
        markdown__md=myst_page("orphan: true", roles),
    )
    return project.build("-n", "-W")


def test_faulty_roles_fail_the_build(faulty: Result) -> None:
    assert faulty.code == 1


@pytest.mark.parametrize("page", ["restructured.rst", "markdown.md"])
@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[" ".join(f[:2]) for f in FAULTS])
def test_a_faulty_role_is_told_with_its_place(faulty: Result, page: str, number: int) -> None:
    told = [line for line in faulty.warnings.splitlines() if f"/{page}:{6 + 2 * number}: " in line]
    assert [line.partition(" WARNING: ")[2] for line in told] == [f"{FAULTS[number][2]} [ref.err]"]


def test_no_other_fault_is_told(faulty: Result) -> None:
    assert len(faulty.warnings.splitlines()) == 2 * len(FAULTS)


def test_the_inventory(site: Result) -> None:
    assert {kind: items for kind, items in site.inventory().items() if kind[:4] == "err:"} == {
        "err:reason": {
            "alpha/FIRST_FAULT": "alpha/reasons/FIRST_FAULT.html",
            "alpha/SHARED_FAULT": "alpha/reasons/SHARED_FAULT.html",
            "alpha/LAST_FAULT": "alpha/reasons/LAST_FAULT.html",
            "beta/OTHER_FAULT": "beta/reasons/OTHER_FAULT.html",
            "beta/SHARED_FAULT": "beta/reasons/SHARED_FAULT.html",
        },
        "err:status": {
            "alpha/NOT_FOUND": "alpha/envelope.html#NOT_FOUND",
            "beta/NOT_FOUND": "beta/envelope.html#NOT_FOUND",
        },
        "err:endpoint": {
            "alpha/GET /first_fault": "alpha/endpoints.html#GET-/first_fault",
            "alpha/GET /shared_fault": "alpha/endpoints.html#GET-/shared_fault",
            "alpha/GET /last_fault": "alpha/endpoints.html#GET-/last_fault",
            "beta/GET /other_fault": "beta/endpoints.html#GET-/other_fault",
            "beta/GET /shared_fault": "beta/endpoints.html#GET-/shared_fault",
        },
    }


def test_the_inventory_below_a_prefix(built_once: Callable[..., Result]) -> None:
    result = built_once(root="error-info")
    address = result.inventory()["err:reason"]["library/BOOK_NOT_FOUND"]
    assert address == "errors/library/reasons/BOOK_NOT_FOUND.html"
    assert (result.output / address).is_file()


def test_the_inventory_of_a_project_without_pages(built_once: Callable[..., Result]) -> None:
    inventory = built_once(root="lower-case").inventory()
    assert inventory["err:reason"]["card-shop/card_declined"] == "errors.html#card_declined"


@pytest.mark.parametrize(
    "role", [":err:reason:`alpha/FIRST_FAULT`", ":external+other:err:reason:`alpha/FIRST_FAULT`"]
)
def test_another_project_links_to_a_reason(
    site: Result, root_project: Callable[[str], Project], role: str
) -> None:
    project = root_project("problem-details")
    inventory = str(site.output / "objects.inv")
    project.write(
        "conf.py",
        'extensions = ["sphinx.ext.intersphinx", "reasonbook"]\n'
        f"intersphinx_mapping = {{'other': ('https://errors.example.com/', {inventory!r})}}\n",
    )
    project.write("index.rst", f"Sample\n======\n\n{role}\n")
    page = project.build_strictly().page("index.html")
    assert 'href="https://errors.example.com/alpha/reasons/FIRST_FAULT.html"' in page
