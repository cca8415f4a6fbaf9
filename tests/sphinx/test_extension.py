"""The extension as a whole: a broken catalogue, wrong settings, and living beside other pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from sphinx.project import Project as SphinxProject

if TYPE_CHECKING:
    from conftest import Project, Result


def break_syntax(project: Project) -> None:
    project.write("catalogue/alpha/one.yaml", "domain: one\ntitle: [\n")


def break_key(project: Project) -> None:
    project.write("catalogue/beta/one.yaml", "domain: one\ntitle: One\nsumary: One.\nreasons: []\n")


def break_example(project: Project) -> None:
    domain = """\
        domain: two
        title: Two
        summary: Two.
        reasons:
          - reason: LAST_FAULT
            status: NOT_FOUND
            cause: A cause.
            fix: A fix.
            remedy: {actor: caller, retry: never}
            examples:
              - title: An example
                origin: constructed
                body: |
                  {
                    "reason": "LAST_FAULT",
                    "status": }
    """
    project.write("catalogue/alpha/two.yaml", dedent(domain))


def break_reference(project: Project) -> None:
    project.edit("alpha/two.yaml", lambda d: d["reasons"][0].update(see_also=["NOBODY"]))


BROKEN = [
    pytest.param(break_syntax, "/alpha/one.yaml:2:8: ERROR: ", id="syntax"),
    pytest.param(break_key, "/beta/one.yaml:3:1: ERROR: ", id="key"),
    pytest.param(break_example, "/alpha/two.yaml:16:23: ERROR: ", id="example"),
    pytest.param(break_reference, "ERROR: NOBODY is not a reason of this API.", id="reference"),
]


@pytest.fixture
def project(
    restored: Callable[[str, Callable[[], Project]], Project], new_project: Callable[..., Project]
) -> Project:
    """A project that was built."""

    def make() -> Project:
        project = new_project()
        project.build_strictly()
        return project

    return restored("extension", make)


@pytest.mark.parametrize(("damage", "told"), BROKEN)
def test_a_broken_catalogue_fails_every_build_and_says_where(
    project: Project, damage: Callable[[Project], None], told: str
) -> None:
    """Also without -W, and also when Sphinx has pages in its cache."""
    damage(project)
    for _ in range(2):
        result = project.build()
        assert result.code == 2
        assert told in result.warnings


@pytest.mark.parametrize("options", [(), ("-W",), ("-v",), ("-T",), ("-j", "2"), ("-q",)])
def test_a_broken_catalogue_ends_in_our_lines_alone(
    project: Project, options: tuple[str, ...]
) -> None:
    break_reference(project)
    result = project.build(*options)
    assert result.code == 2
    last = "ERROR: 1 error in the catalogue; nothing was built.\n"
    assert result.warnings.endswith(last)
    for sphinx_s in ("Traceback", "Versions", "report this", "issues"):
        assert sphinx_s not in result.warnings + result.status


def test_a_wrong_setting_ends_in_our_line_alone(new_project: Callable[..., Project]) -> None:
    result = new_project("reasonbook_json = 'some'").build()
    said = "ERROR: reasonbook_json is 'some'; it must be 'named' or 'all'.\n"
    assert (result.code, result.warnings) == (2, said)


def test_a_broken_catalogue_leaves_the_former_site(new_project: Callable[..., Project]) -> None:
    project = new_project()
    before = project.build_strictly().files()
    break_syntax(project)
    assert project.build().files() == before


def test_all_faults_are_told_at_once(new_project: Callable[..., Project]) -> None:
    project = new_project()
    break_syntax(project)
    break_key(project)
    break_example(project)
    warnings = project.build().warnings
    for place in ("alpha/one.yaml:2:", "beta/one.yaml:3:", "alpha/two.yaml:16:"):
        assert place in warnings


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ("reasonbook_pages = 'some'", "reasonbook_pages is 'some'; it must be 'all' or 'none'."),
        ("reasonbook_pages = True", "reasonbook_pages is True; it must be 'all' or 'none'."),
        ("reasonbook_catalogue = 3", "reasonbook_catalogue is 3; it must be text."),
        ("reasonbook_catalogue = 'nowhere'", "/nowhere:1:1: ERROR: The catalogue cannot be read"),
        ("reasonbook_catalogue = 'empty'", "/empty:1:1: ERROR: The folder holds no API."),
        ("reasonbook_prefix = None", "reasonbook_prefix is None; it must be a folder"),
        ("reasonbook_prefix = '../up'", "reasonbook_prefix is '../up'; it must be a folder"),
        ("reasonbook_prefix = 'a b'", "reasonbook_prefix is 'a b'; it must be a folder"),
    ],
)
def test_a_wrong_setting_fails_the_build(
    new_project: Callable[..., Project], conf: str, told: str
) -> None:
    project = new_project(conf)
    (project.source / "empty").mkdir()
    result = project.build()
    assert result.code == 2
    assert told in result.warnings


@pytest.mark.parametrize("prefix", ["errors/of/ours", "/errors/of/ours/"])
def test_a_prefix_moves_the_pages(new_project: Callable[..., Project], prefix: str) -> None:
    result = new_project(f"reasonbook_prefix = {prefix!r}").build_strictly()
    assert "The cause of first_fault." in result.page("errors/of/ours/alpha/one.html")
    reason = result.page("errors/of/ours/alpha/reasons/FIRST_FAULT.html")
    assert '<a class="reference internal" href="../one.html">' in reason


def test_a_changed_prefix_leaves_no_page_as_it_was(project: Project) -> None:
    with (project.source / "conf.py").open("a") as conf:
        conf.write("reasonbook_prefix = 'errors'\n")
    result = project.build("-n", "-W")
    assert 'href="errors/alpha/index.html"' in result.page("index.html")


def test_no_pages_are_generated_for_directives_only(new_project: Callable[..., Project]) -> None:
    result = new_project("reasonbook_pages = 'none'").build_strictly()
    assert result.read == {"index"}
    assert not (result.output / "alpha").exists()


def test_other_yaml_in_the_source_folder_is_no_document(
    new_project: Callable[..., Project],
) -> None:
    project = new_project(openapi__yaml="openapi: 3.1.0\n")
    assert "openapi" not in project.build_strictly().read


def test_a_catalogue_outside_the_source_folder(new_project: Callable[..., Project]) -> None:
    project = new_project("reasonbook_catalogue = '../elsewhere'")
    project.catalogue.rename(project.folder / "elsewhere")
    assert "The cause of first_fault." in project.build_strictly().page("alpha/one.html")


@pytest.mark.parametrize("name", ["reasonbook.css", "reasonbook.js"])
def test_every_page_loads_what_the_extension_adds(
    built_once: Callable[..., Result], name: str
) -> None:
    result = built_once()
    assert (result.output / "_static" / name).is_file()
    for page in ("index", "alpha/one", "alpha/reasons/FIRST_FAULT"):
        assert f"_static/{name}?v=" in result.page(f"{page}.html")


def test_alone_it_writes_what_comes_from_the_catalogue(new_project: Callable[..., Project]) -> None:
    """What is about pages of people, and about the whole site, is left to ``reasonbook.site``."""
    result = new_project(page__rst=":orphan:\n\nPage\n====\n").build_strictly()
    files = result.files()
    for name in ("alpha/one.md", "alpha/reasons/FIRST_FAULT.json", "alpha/llms.txt", "llms.txt"):
        assert name in files
    for name in ("page.md", "index.md", "404.html", "404.md", "robots.txt", "sitemap.xml"):
        assert name not in files
    assert "page.md" not in result.page("llms.txt")
    assert "rb-page-menu" not in result.page("alpha/one.html")
    assert "reasonbook." not in result.page("page.html")  # nor styles and scripts


def test_who_asks_too_early_for_the_catalogue_is_told_when_it_is_there(
    new_project: Callable[..., Project],
) -> None:
    early = """
def ask(app, env):
    print(env.domains["err"].state)
def setup(app):
    app.connect("builder-inited", lambda app: ask(app, app.env), priority=1)
"""
    result = new_project(early).build()
    assert "Reasonbook reads the catalogue at builder-inited; ask for it after that." in (
        result.warnings
    )
    assert result.code == 2


@pytest.mark.parametrize(
    ("options", "is_shown"), [([], False), (["-q"], False), (["-vv"], True), (["-vvv"], True)]
)
def test_what_is_not_shown_is_not_logged(
    new_project: Callable[..., Project], options: list[str], is_shown: bool
) -> None:
    logged = """
import logging
def note(*_):
    is_logged = logging.getLogger("sphinx").isEnabledFor(logging.DEBUG)
    print("logged" if is_logged else "not logged")
def setup(app):
    app.connect("html-page-context", note)
"""
    status = new_project(logged).build(*options).status
    assert ("not logged" in status) is not is_shown
    assert ("emitting event: 'html-page-context'" in status) is is_shown


def test_what_is_private_in_sphinx_is_as_it_was(tmp_path: Path) -> None:
    """Names that the extension has no public way around; each has a comment where it is used."""
    (tmp_path / "page.rst").touch()
    project = SphinxProject(tmp_path, [".rst"])
    project.discover()
    assert project._docname_to_path == {"page": Path("page.rst")}
    assert isinstance(project.doc2path("page", absolute=True), Path)
