"""Building again after an edit: what is read anew, and that pages are as after a clean build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook.cli.main import main

if TYPE_CHECKING:
    from conftest import Project, Result

# Beside the pages of the catalogue: one that shows a domain, one that only refers to reasons.
SHOWING = "Guide\n=====\n\n.. reason-table:: alpha/one\n"
REFERRING = "Notes\n=====\n\nSee :err:reason:`alpha/FIRST_FAULT` and :err:reason:`FIRST_FAULT`.\n"
TOCTREE = ".. toctree::\n\n   guide\n   notes\n"
INDEX = f"Sample\n======\n\n{TOCTREE}\n.. api-list::\n   :toctree:\n"

ALPHA = {f"alpha/{name}" for name in ("index", "envelope", "http", "endpoints", "one", "two")}
#: What lists the reasons of one of them.
LISTS = {f"alpha/{name}" for name in ("index", "http", "endpoints")}
BETA = {f"beta/{name}" for name in ("index", "envelope", "http", "endpoints", "one")}


@pytest.fixture
def project(
    restored: Callable[[str, Callable[[], Project]], Project], new_project: Callable[..., Project]
) -> Project:
    """A project that was built once."""

    def make() -> Project:
        project = new_project(index__rst=INDEX, guide__rst=SHOWING, notes__rst=REFERRING)
        first = project.build("-n", "-W")
        assert first.read == {"index", "guide", "notes", "reasons", "explain", *ALPHA, *BETA}
        return project

    return restored("incremental", make)


@pytest.fixture
def referring_project(
    restored: Callable[[str, Callable[[], Project]], Project], new_project: Callable[..., Project]
) -> Project:
    """A project that was built, edited so that a remedy links to an operation, and built again."""

    def make() -> Project:
        project = new_project(index__rst=INDEX, guide__rst=SHOWING, notes__rst=REFERRING)
        rebuild(project)
        project.edit("alpha/two.yaml", refer_to_operation)
        rebuild(project)
        return project

    return restored("referring", make)


def rebuild(project: Project) -> Result:
    result = project.build("-n", "-W")
    assert result.code == 0, result.warnings
    return result


def search_index(result: Result) -> Any:
    text = result.page("searchindex.js")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


def set_summary(domain: Any) -> None:
    domain["summary"] = "Something new."


def set_cause(domain: Any) -> None:
    domain["reasons"][0]["cause"] = "Something new."


def add_domain(project: Project) -> None:
    project.edit("alpha/api.yaml", lambda api: api["domains"].append("three"))
    project.add_domain("alpha", "three", ["THIRD_FAULT"])


def remove_domain(project: Project) -> None:
    project.edit("alpha/api.yaml", lambda api: api["domains"].remove("two"))
    (project.catalogue / "alpha" / "two.yaml").unlink()


def add_api(project: Project) -> None:
    project.add_api("gamma", {"only": ["LONELY_FAULT"]})


def remove_api(project: Project) -> None:
    shutil.rmtree(project.catalogue / "beta")


def test_without_an_edit_nothing_is_read(project: Project) -> None:
    assert rebuild(project).read == set()


def test_an_edited_domain_reaches_only_what_shows_it(project: Project) -> None:
    """The front page, the overview, the operations and the list count or name its reasons."""
    project.edit("alpha/one.yaml", set_summary)
    shown = {"alpha/one", *LISTS, "guide", "index", "reasons"}
    assert rebuild(project).read == shown


def test_an_edited_api_reaches_its_pages(project: Project) -> None:
    project.edit("beta/api.yaml", lambda api: api.update(ai_context="Something new."))
    assert rebuild(project).read == {*BETA, "index", "reasons", "explain"}


def test_an_edited_schema_reaches_the_pages_of_its_api(project: Project) -> None:
    project.edit("beta/envelope.schema.json", lambda schema: schema.update(description="New."))
    assert rebuild(project).read == {*BETA, "index", "reasons"}


def test_an_edited_page_reaches_itself(project: Project) -> None:
    project.write("notes.rst", f"{REFERRING}\nMore.\n")
    assert rebuild(project).read == {"notes"}


def test_a_page_that_was_deleted_is_written_again(project: Project) -> None:
    """Sphinx asks which are old before it looks which documents there are."""
    output = rebuild(project).output
    gone = [output / "guide.html", output / "alpha/one.html"]
    for page in gone:
        page.unlink()
    result = rebuild(project)
    assert result.read == set()
    assert all(page.exists() for page in gone)


def test_an_edited_domain_is_written(project: Project) -> None:
    project.edit("alpha/one.yaml", set_cause)
    result = rebuild(project)
    for page in ("alpha/one", "alpha/reasons/FIRST_FAULT", "guide"):
        assert "Something new." in result.page(f"{page}.html")


def test_pages_that_stay_the_same_are_not_written(project: Project) -> None:
    """What has the page in its navigation, Sphinx writes again, and the front page."""
    output = rebuild(project).output
    pages = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    project.edit("alpha/one.yaml", set_cause)
    rebuild(project)
    written = {path for path, time in pages.items() if path.stat().st_mtime_ns != time}
    names = {path.relative_to(output).with_suffix("").as_posix() for path in written}
    shown = {"alpha/one", "alpha/index", "guide", "index"}
    assert names - {"404", "genindex", "search"} == {*shown, "alpha/reasons/FIRST_FAULT"}


def test_a_code_that_becomes_a_reason_becomes_a_link(project: Project) -> None:
    project.edit("alpha/two.yaml", lambda d: d.update(summary="Soon there is `NEW_FAULT`."))
    project.edit("alpha/api.yaml", lambda api: api.update(terms=["NEW_FAULT"]))
    assert 'href="reasons/NEW_FAULT.html"' not in rebuild(project).page("alpha/two.html")
    project.edit("alpha/one.yaml", lambda d: d["reasons"].append(project.reason("NEW_FAULT")))
    result = rebuild(project)
    assert "alpha/two" in result.read
    assert 'href="reasons/NEW_FAULT.html"' in result.page("alpha/two.html")


def test_a_name_that_becomes_ambiguous_is_found(project: Project) -> None:
    project.edit("beta/one.yaml", lambda d: d["reasons"].append(project.reason("FIRST_FAULT")))
    result = project.build("-n", "-W")
    assert "notes" in result.read
    assert "notes.rst:4: WARNING: the reason 'FIRST_FAULT' is ambiguous" in result.warnings
    assert result.code == 1


def test_a_link_follows_a_reason_to_the_page_that_shows_it(
    new_project: Callable[..., Project],
) -> None:
    shown = ":orphan:\n\nShown\n=====\n\n.. reason:: alpha/FIRST_FAULT\n"
    project = new_project(
        "reasonbook_pages = 'none'",
        index__rst="Sample\n======\n\nSee :err:reason:`alpha/FIRST_FAULT`.\n",
        here__rst=shown,
        there__rst=":orphan:\n\nEmpty\n=====\n",
    )
    assert 'href="here.html#FIRST_FAULT"' in rebuild(project).page("index.html")
    project.write("here.rst", ":orphan:\n\nEmpty\n=====\n")
    project.write("there.rst", shown)
    assert 'href="there.html#FIRST_FAULT"' in rebuild(project).page("index.html")


@pytest.fixture(scope="module")
def with_three(new_project: Callable[..., Project]) -> Result:
    """The second build, after a domain was added."""
    project = new_project()
    rebuild(project)
    add_domain(project)
    return rebuild(project)


@pytest.fixture(scope="module")
def without_two(new_project: Callable[..., Project]) -> Result:
    """The second build, after a domain was removed."""
    project = new_project()
    rebuild(project)
    remove_domain(project)
    return rebuild(project)


PAGES = pytest.mark.parametrize("page", ["alpha/one", "alpha/reasons/FIRST_FAULT", "beta/one"])


def test_an_added_domain_has_its_pages(with_three: Result) -> None:
    assert "The cause of third_fault." in with_three.page("alpha/three.html")
    assert "The cause of third_fault." in with_three.page("alpha/reasons/THIRD_FAULT.html")


@PAGES
def test_an_added_domain_is_in_the_navigation_of_every_page(with_three: Result, page: str) -> None:
    assert ">Domain three</a>" in with_three.page(f"{page}.html")


def test_an_added_domain_is_in_the_search(with_three: Result) -> None:
    names = {*search_index(with_three)["docnames"]}
    assert {"alpha/three", "alpha/reasons/THIRD_FAULT"} <= names


def test_an_added_domain_is_in_the_inventory(with_three: Result) -> None:
    assert "alpha/THIRD_FAULT" in with_three.inventory()["err:reason"]


@PAGES
def test_a_removed_domain_is_in_no_navigation(without_two: Result, page: str) -> None:
    assert "Domain two" not in without_two.page(f"{page}.html")


def test_a_removed_domain_is_not_in_the_search(without_two: Result) -> None:
    names = {*search_index(without_two)["docnames"]}
    assert "alpha/one" in names
    assert not {"alpha/two", "alpha/reasons/LAST_FAULT"} & names


def test_a_removed_domain_is_not_in_the_inventory(without_two: Result) -> None:
    names = without_two.inventory()["err:reason"]
    assert "alpha/FIRST_FAULT" in names
    assert "alpha/LAST_FAULT" not in names


def test_an_added_api_is_listed(project: Project) -> None:
    add_api(project)
    result = rebuild(project)
    assert '<a class="reference internal" href="gamma/index.html">' in result.page("index.html")
    assert "The cause of lonely_fault." in result.page("gamma/only.html")


def test_a_removed_api_is_not_listed(project: Project) -> None:
    remove_api(project)
    assert "beta" not in rebuild(project).page("index.html").lower()


def move_reason(project: Project) -> None:
    moved: list[Any] = []
    project.edit("alpha/one.yaml", lambda d: moved.append(d["reasons"].pop()))
    project.edit("alpha/two.yaml", lambda d: d["reasons"].extend(moved))


def refer_to_operation(domain: Any) -> None:
    """Have a remedy link to an operation that another domain's reason names."""
    domain["reasons"][0]["remedy"]["next"] = [{"request": "GET /first_fault"}]


def rename_operation(project: Project) -> None:
    project.edit("alpha/one.yaml", lambda d: d["reasons"][0].update(raised_by=["GET /renamed"]))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda project: None, id="none"),
        pytest.param(lambda project: project.edit("alpha/one.yaml", set_cause), id="cause"),
        pytest.param(
            lambda project: project.edit("alpha/one.yaml", lambda d: d.update(title="New")),
            id="title-of-domain",
        ),
        pytest.param(
            lambda project: project.edit("alpha/api.yaml", lambda a: a["domains"].reverse()),
            id="order-of-domains",
        ),
        pytest.param(add_domain, id="add-domain"),
        pytest.param(remove_domain, id="remove-domain"),
        pytest.param(add_api, id="add-api"),
        pytest.param(remove_api, id="remove-api"),
        pytest.param(move_reason, id="move-reason"),
        pytest.param(rename_operation, id="rename-operation"),
        pytest.param(
            lambda project: project.write("notes.rst", REFERRING.replace("Notes", "Nodes")),
            id="title-of-page",
        ),
    ],
)
def test_the_pages_are_those_of_a_clean_build(
    referring_project: Project, edit: Callable[[Project], None]
) -> None:
    project = referring_project
    edit(project)
    again = rebuild(project)
    clean = project.build("-n", "-W", to="clean", fresh=True)
    old, new = again.files(), clean.files()
    assert len(new) > 20
    changed = {name for name in new if new[name] != old.get(name)} - {"searchindex.js"}
    assert changed == set()
    assert alive(search_index(again)) == alive(search_index(clean))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(move_reason, id="move-reason"),
        pytest.param(
            lambda project: project.edit("alpha/two.yaml", lambda d: d.update(title="New")),
            id="title-of-domain",
        ),
    ],
)
def test_the_page_of_changes_has_reasons_below_their_domains(
    new_project: Callable[..., Project], edit: Callable[[Project], None]
) -> None:
    project = new_project()
    assert main(["publish", str(project.catalogue), "--date", "2026-01-02"]) == 0
    before = rebuild(project).page("changes.html")
    edit(project)
    after = rebuild(project).page("changes.html")
    assert after != before
    assert after == project.build("-n", "-W", to="clean", fresh=True).page("changes.html")


def alive(index: Any) -> Any:
    """A search index without the terms that no document has any more."""
    for key in ("terms", "titleterms"):
        index[key] = {term: found for term, found in index[key].items() if found not in ([], None)}
    return index
