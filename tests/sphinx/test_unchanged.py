"""What is made again after an edit: nothing that was made from the same, and all of the rest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook.render.markdown import pages as markdown
from reasonbook.render.page_kinds import REASON
from reasonbook.sphinx import reason_pages

if TYPE_CHECKING:
    from conftest import Project, Result

INDEX = "Sample\n======\n\n.. api-list::\n   :toctree:\n"
#: FIRST_FAULT leads to LAST_FAULT, which is on the page of another domain, in every way.
LEADING = {
    "see_also": ["LAST_FAULT"],
    "cause": "It is not `LAST_FAULT`.",
    "lifecycle": "deprecated",
    "deprecated": {"since": "2026-01-01", "replaced_by": "LAST_FAULT"},
    "falls_back_to": ["LAST_FAULT"],
}


@pytest.fixture
def project(
    restored: Callable[[str, Callable[[], Project]], Project], new_project: Callable[..., Project]
) -> Project:
    """A project that was built once."""

    def make() -> Project:
        project = new_project("extensions = ['reasonbook.site']", index__rst=INDEX)
        project.edit("alpha/api.yaml", lambda api: api.update(format=2))
        for domain in ("one", "two"):
            project.edit(f"alpha/{domain}.yaml", use_words_of_format_2)
        project.edit("alpha/one.yaml", lambda d: d["reasons"][0].update(LEADING))
        build(project)
        return project

    return restored("unchanged", make)


def use_words_of_format_2(domain: Any) -> None:
    for reason in domain["reasons"]:
        reason["remedy"]["actor"] = "client"


def build(project: Project) -> Result:
    result = project.build("-n", "-W")
    assert result.code == 0, result.warnings
    return result


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count, by document name, the reasons' pages that are made: HTML, then Markdown."""
    found: Counter[str] = Counter()
    html, texts = reason_pages.page_html, markdown.MARKDOWN[REASON]

    def counted_html(builder: Any, page: Any, document: Any) -> str:
        found[f"{page.docname}.html"] += 1
        return html(builder, page, document)

    def counted_texts(page: Any, urls: Any) -> Any:
        found[f"{page.docname}.md"] += 1
        return texts(page, urls)

    monkeypatch.setattr(reason_pages, "page_html", counted_html)
    monkeypatch.setitem(markdown.MARKDOWN, REASON, counted_texts)  # type: ignore[arg-type]
    return found


def test_without_an_edit_no_page_is_made(project: Project, made: Counter[str]) -> None:
    build(project)
    assert made == {}


def test_an_edited_reason_has_its_own_files_made(project: Project, made: Counter[str]) -> None:
    project.edit("alpha/one.yaml", lambda d: d["reasons"][1].update(cause="Something new."))
    build(project)
    assert made == {"alpha/reasons/SHARED_FAULT.html": 1, "alpha/reasons/SHARED_FAULT.md": 1}


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_a_deleted_file_is_written_again(project: Project, suffix: str) -> None:
    page = f"alpha/reasons/LAST_FAULT{suffix}"
    path = build(project).output / page
    before = path.read_bytes()
    path.unlink()
    build(project)
    assert path.read_bytes() == before


def test_an_edited_page_is_written_again(project: Project) -> None:
    """Even one of the same size: its time tells."""
    path = build(project).output / "alpha/reasons/LAST_FAULT.html"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"cause", b"Cause"))
    os.utime(path, ns=(1, 1))
    build(project)
    assert path.read_bytes() == before


def test_a_build_from_scratch_makes_all(project: Project, made: Counter[str]) -> None:
    assert project.build("-E", "-n", "-W").code == 0
    assert made.total() == 2 * len(["FIRST", "SHARED", "LAST", "OTHER", "SHARED"])


def test_an_extension_that_hooks_into_pages_sees_all_again(
    project: Project, made: Counter[str]
) -> None:
    hook = "\ndef setup(app):\n    app.connect('html-page-context', lambda *given: None)\n"
    project.write("conf.py", (project.source / "conf.py").read_text() + hook)
    build(project)
    made.clear()
    build(project)
    assert {name for name in made if name.endswith(".html")} == {
        f"{page}.html"
        for page in (
            *("alpha/reasons/FIRST_FAULT", "alpha/reasons/SHARED_FAULT"),
            *("alpha/reasons/LAST_FAULT", "beta/reasons/OTHER_FAULT", "beta/reasons/SHARED_FAULT"),
        )
    }


def retitle(project: Project) -> None:
    project.edit("alpha/api.yaml", lambda api: api.update(title="Another API"))


def edit_neighbour(project: Project) -> None:
    """Change whatever can be of the reason that another one leads to."""
    project.edit(
        "alpha/two.yaml",
        lambda d: d["reasons"][0].update(
            title="A title",
            message="A message.",
            cause="Another cause.",
            lifecycle="planned",
            slug="last",
            http=410,
            status=None,
            raised_by="any",
            examples=[],
            remedy={"actor": "nobody", "retry": "never"},
        ),
    )
    project.edit("alpha/two.yaml", lambda d: d["reasons"][0].pop("status"))


def add_second_level(project: Project) -> None:
    envelope = {"sub_reason": "/sub"}
    project.edit("alpha/api.yaml", lambda api: api.update(requires=[]))
    project.edit("alpha/api.yaml", lambda api: api["envelope"].update(envelope))
    sub = {"reason": "LAST_FAULT", "sub_reason": "deep", "status": "NOT_FOUND", "cause": "Deep."}
    project.edit("alpha/two.yaml", lambda d: d["reasons"].append(sub))


def edit_conf(line: str) -> Callable[[Project], None]:
    def edit(project: Project) -> None:
        project.write("conf.py", f"{(project.source / 'conf.py').read_text()}\n{line}\n")

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(retitle, id="title-of-api"),
        pytest.param(edit_neighbour, id="neighbour"),
        pytest.param(add_second_level, id="second-level"),
        pytest.param(edit_conf("html_theme_options = {'description': 'New'}"), id="theme-option"),
        pytest.param(edit_conf("html_baseurl = 'https://new.example/'"), id="address"),
        pytest.param(edit_conf("html_title = 'New'"), id="title-of-site"),
        pytest.param(edit_conf("html_permalinks_icon = '#'"), id="icon"),
        pytest.param(edit_conf("reasonbook_prefix = 'errors'"), id="prefix"),
        pytest.param(edit_conf("html_theme = 'classic'\nhtml_theme_options = {}"), id="theme"),
    ],
)
def test_the_files_are_those_of_a_clean_build(
    project: Project, edit: Callable[[Project], None]
) -> None:
    edit(project)
    again = build(project).files()
    clean = project.build("-n", "-W", to="clean", fresh=True).files()
    assert len(clean) > 20
    changed = {name for name in clean if clean[name] != again.get(name)} - {"searchindex.js"}
    assert changed == set()
