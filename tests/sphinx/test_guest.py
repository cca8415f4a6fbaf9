"""A project that has its own pages and files adds the extension, and they stay as they are."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import reasonbook

if TYPE_CHECKING:
    from conftest import Project, Result

HOST = """
project = "Host"
extensions = {extensions!r}
html_theme = {theme!r}
html_baseurl = "https://host.example.com/"
html_extra_path = ["extra"]
html_additional_pages = {{"welcome": "welcome.html"}}
templates_path = ["templates"]
"""
PAGE = """\
Page
====

.. code-block:: json

   {"this": "is", "of": "nobody", "this": "twice"}

.. code-block:: json

   {"reason": "NOBODY_KNOWS", "surplus": 1}

.. literalinclude:: data.json
   :language: json

>>> 1 + 1
2

.. note:: A note.
"""
EXTRA = {
    "robots.txt": "User-agent: *\nDisallow: /\n",
    "sitemap.xml": "<urlset>of the host</urlset>\n",
    "llms.txt": "# Host\n",
    "llms-full.txt": "# All of Host\n",
    "404.html": "<p>Not here.</p>\n",
    "reasons.json": '{"reasons": "why one moves house"}\n',
    "data/own.json": "{}\n",
}
THEMES = ("alabaster", "furo")

STATIC = Path(reasonbook.__file__).parent / "sphinx/static"
#: Every script of the package, the validator only where it was bundled.
SCRIPTS = {path.stem.removeprefix("reasonbook-") for path in STATIC.glob("reasonbook-*.js")}


def host(project: Project, *extensions: str, theme: str = "alabaster", conf: str = "") -> Project:
    """Make a project of pages, files and a 404 page of its own."""
    project.write("conf.py", HOST.format(extensions=[*extensions], theme=theme) + conf)
    project.write("index.rst", "Host\n====\n\nWelcome.\n\n.. toctree::\n\n   page\n")
    project.write("page.rst", PAGE)
    project.write("data.json", '{"any": "JSON"}\n')
    project.write("templates/welcome.html", "<p>Welcome to {{ project }}</p>\n")
    for name, text in EXTRA.items():
        project.write(f"extra/{name}", text)
    return project


def search_index(result: Result) -> dict[str, Any]:
    text = result.page("searchindex.js")
    index: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    del index["envversion"]
    return index


def added(before: Result, after: Result) -> set[str]:
    return after.files().keys() - before.files().keys()


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_project_had_is_byte_for_byte_as_before(
    new_project: Callable[..., Project], theme: str
) -> None:
    project = host(new_project(), theme=theme)
    before = project.build_strictly()
    host(project, "reasonbook", theme=theme)
    after = project.build("-E", "-n", "-W", to="with")
    assert (after.warnings, after.code) == ("", 0)
    old, new = before.files(), after.files()
    changed = {name for name, data in old.items() if new.get(name) != data}
    # The objects of the domain `err`, and the generated pages in the search.
    assert changed == {"objects.inv", "searchindex.js"}
    # The pages of the two APIs, and one that names the APIs of a code, for agents.
    of_api = re.compile(
        r"((_sources/)?(alpha|beta)/|reasons/(FIRST|LAST|OTHER|SHARED)_FAULT\.(md|json)$)"
    )
    beside = {name for name in added(before, after) if not of_api.match(name)}
    of_ours = {"reasonbook.css", "reasonbook-explain.css", "reasonbook.js"}
    of_ours |= {"sphinx-design.min.css", "design-tabs.js"}
    of_ours |= {f"reasonbook-{name}.js" for name in SCRIPTS}
    of_ours |= {"reasonbook-find.json"}
    of_ours |= {f"reasonbook-explain-{api}.json" for api in ("alpha", "beta")}
    assert beside == {f"_static/{name}" for name in of_ours} | {
        ".reasonbook",
        "llms-contents.txt",
        *("reasons.html", "reasons.md", "_sources/reasons.yaml.txt"),
        *("explain.html", "explain.md", "_sources/explain.yaml.txt"),
        *(f"{kind}.schema.json" for kind in ("changes", "code", "reason", "reasons", "unknown")),
    }


@pytest.mark.parametrize("theme", THEMES)
def test_a_whole_site_leaves_the_files_of_a_project_too(
    new_project: Callable[..., Project], theme: str
) -> None:
    project = host(new_project(), "reasonbook.site", theme=theme)
    for _ in range(2):  # also where the files of the last build are there
        result = project.build("-n", "-W")
        assert (result.warnings, result.code) == ("", 0)
        assert {name: result.page(name) for name in EXTRA} == EXTRA
        told = [line for line in result.status.splitlines() if line.startswith("reasonbook: left")]
        assert told == [
            "reasonbook: left as the project brings them, and not written: "
            "llms.txt, llms-full.txt, reasons.json, 404.html, sitemap.xml, robots.txt."
        ]


def test_a_file_that_a_project_brings_later_wins(new_project: Callable[..., Project]) -> None:
    project = new_project('extensions = ["reasonbook.site"]\nhtml_extra_path = ["extra"]')
    project.write("extra/other.txt", "Other\n")
    assert "Allow: /" in project.build_strictly().page("robots.txt")
    project.write("extra/robots.txt", EXTRA["robots.txt"])
    for _ in range(2):
        result = project.build()
        assert result.page("robots.txt") == EXTRA["robots.txt"]
        assert "not written: robots.txt." in result.status


WRITES = """
extensions = ["reasonbook.site"]
def write(app, *_):
    from pathlib import Path
    path = Path(app.outdir, "robots.txt")
    if not path.is_file() or path.read_text() != "Of the host":
        path.write_text("Of the host")
    return ()
def setup(app):
    app.connect({event!r}, write)
"""


@pytest.mark.parametrize(
    "event", ["builder-inited", "env-updated", "html-collect-pages", "build-finished"]
)
def test_a_file_that_another_extension_writes_wins(
    new_project: Callable[..., Project], event: str
) -> None:
    project = new_project(WRITES.format(event=event))
    for _ in range(2):
        result = project.build()
        assert result.page("robots.txt") == "Of the host"
        assert "not written: robots.txt." in result.status


NOT_FOUND = """
extensions = ["reasonbook.site"]
def setup(app):
    page = ("404", {"title": "Lost", "body": "<p>Of the host</p>"}, "page.html")
    app.connect("html-collect-pages", lambda app: [page])
"""


@pytest.mark.parametrize(
    ("builder", "place"), [("html", "404.html"), ("dirhtml", "404/index.html")]
)
def test_a_404_page_that_another_extension_makes_wins(
    new_project: Callable[..., Project], builder: str, place: str
) -> None:
    result = new_project(NOT_FOUND).build(builder=builder)
    assert {name for name in result.files() if "404" in name} == {place, "404.md"}
    page = result.page(place)
    assert "<p>Of the host</p>" in page
    assert "<base" not in page
    assert "reasonbook" not in page


def test_an_additional_page_wins(new_project: Callable[..., Project]) -> None:
    project = new_project(
        'extensions = ["reasonbook.site"]\ntemplates_path = ["templates"]\n'
        'html_additional_pages = {"404": "lost.html"}'
    )
    project.write("templates/lost.html", "<p>Of the host</p>")
    assert project.build_strictly().page("404.html") == "<p>Of the host</p>"


def test_own_files_follow_the_catalogue_in_an_incremental_build(
    new_project: Callable[..., Project],
) -> None:
    project = new_project('extensions = ["reasonbook.site"]')
    project.build_strictly()
    project.add_domain("alpha", "one", ["FIRST_FAULT", "SHARED_FAULT", "FURTHER_FAULT"])
    result = project.build("-n", "-W")
    assert "FURTHER_FAULT" in result.page("llms-full.txt")
    assert "reasonbook: left" not in result.status


def test_an_interrupted_build_takes_nothing_for_the_project_s(
    new_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    from reasonbook.sphinx import exports

    project = new_project()

    def interrupt(*_: Any) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exports, "schemas", interrupt)
        assert project.build().code != 0
    result = project.build()
    assert "FIRST_FAULT" in result.page("llms-full.txt")
    assert "reasonbook: left" not in result.status


def rename_domain(project: Project) -> None:
    (project.catalogue / "alpha/two.yaml").unlink()
    project.add_domain("alpha", "three", ["LATER_FAULT"])
    project.edit("alpha/api.yaml", lambda api: api.update(domains=["one", "three"]))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_renamed_domain_leaves_no_page_behind(
    new_project: Callable[..., Project], builder: str
) -> None:
    project = new_project('extensions = ["reasonbook.site"]')
    before = project.build(builder=builder).files()
    rename_domain(project)
    after = project.build(builder=builder)
    fresh = project.build(builder=builder, to="fresh", fresh=True)
    assert any("two" in name for name in before)
    assert after.files().keys() == fresh.files().keys()
    assert not [
        path for path in after.output.rglob("*") if path.is_dir() and not any(path.iterdir())
    ]


@pytest.mark.parametrize("conf", ["reasonbook_pages = 'none'", "reasonbook_prefix = 'errors'"])
def test_pages_that_are_no_longer_generated_go(
    new_project: Callable[..., Project], conf: str
) -> None:
    project = new_project()
    project.write("index.rst", "Sample\n======\n\n.. domain-list:: alpha\n")
    project.build()
    project.write("conf.py", (project.source / "conf.py").read_text() + conf)
    after = project.build()
    fresh = project.build(to="fresh", fresh=True)
    assert after.code == fresh.code == 0
    assert after.files().keys() == fresh.files().keys()


def test_a_former_address_that_the_project_uses_now_stays(
    new_project: Callable[..., Project],
) -> None:
    project = new_project('html_extra_path = ["extra"]')
    project.write("extra/other.txt", "Other\n")
    project.build_strictly()
    rename_domain(project)
    project.write("alpha/two.rst", ":orphan:\n\nMine\n====\n")
    project.write("extra/alpha/reasons/LAST_FAULT.html", "Mine")
    project.write("extra/alpha/two.md", "Mine")
    result = project.build()
    assert "Mine" in result.page("alpha/two.html")
    assert result.page("alpha/two.md") == "Mine"
    assert result.page("alpha/reasons/LAST_FAULT.html") == "Mine"


@pytest.mark.parametrize("page", ["alpha/reasons/LAST_FAULT.html", "alpha/one.html"])
def test_a_page_that_the_project_brings_as_a_file_wins(
    new_project: Callable[..., Project], page: str
) -> None:
    project = new_project('html_extra_path = ["extra"]')
    project.write(f"extra/{page}", "Mine")
    for _ in range(2):
        result = project.build("-n", "-W")
        assert result.page(page) == "Mine"
        assert f"not written: {page}." in result.status


@pytest.mark.parametrize("is_first", [True, False])
def test_labels_made_of_headings_stay_those_of_the_project(
    new_project: Callable[..., Project], *, is_first: bool
) -> None:
    two = ["sphinx.ext.autosectionlabel", "reasonbook"]
    project = new_project(f"extensions = {two if is_first else two[::-1]}\n")
    project.write("zeal.rst", ":orphan:\n\nDomain one\n==========\n\nSee :ref:`domain one`.\n")
    assert 'href="#domain-one"' in project.build_strictly().page("zeal.html")
    assert project.build("-E", "-n", "-W", "-j", "2").code == 0


def test_a_style_that_the_project_brings_wins(new_project: Callable[..., Project]) -> None:
    project = new_project('html_static_path = ["static"]')
    project.write("static/reasonbook.css", "/* of the host */")
    assert project.build_strictly().page("_static/reasonbook.css") == "/* of the host */"


def test_pages_have_what_they_use_of_sphinx_design(new_project: Callable[..., Project]) -> None:
    result = new_project().build_strictly()
    assert design_of(result, "alpha/one.html") == {"sphinx-design.min.css"}
    assert design_of(result, "alpha/reasons/FIRST_FAULT.html") == set()


def test_a_project_that_has_sphinx_design_keeps_it_everywhere(
    new_project: Callable[..., Project],
) -> None:
    result = new_project('extensions += ["sphinx_design"]').build_strictly()
    for page in ("alpha/one.html", "alpha/reasons/FIRST_FAULT.html", "index.html"):
        assert design_of(result, page) == {"sphinx-design.min.css", "design-tabs.js"}


def design_of(result: Result, page: str) -> set[str]:
    return set(re.findall(r"_static/((?:sphinx-)?design[-.a-z]*)", result.page(page)))


# JSON and doctests


def test_json_of_a_page_that_names_no_api_is_left_alone(
    new_project: Callable[..., Project],
) -> None:
    assert host(new_project(), "reasonbook").build("-W").code == 0


def test_json_of_docstrings_is_left_alone(
    new_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = new_project('extensions += ["sphinx.ext.autodoc"]')
    project.write("guest_module.py", '"""Says\n\n.. code-block:: json\n\n   {"a": 1}\n"""\n')
    project.write("api.rst", ":orphan:\n\nAPI\n===\n\n.. automodule:: guest_module\n")
    monkeypatch.syspath_prepend(str(project.source))
    monkeypatch.delitem(sys.modules, "guest_module", raising=False)
    assert "highlight-json" in project.build_strictly().page("api.html")


@pytest.mark.parametrize("builder", ["html", "doctest"])
@pytest.mark.parametrize(
    ("conf", "page", "told"),
    [
        ("", ":api: alpha\n\n" + PAGE, '"NOBODY_KNOWS", which is not a reason of Alpha API'),
        ("reasonbook_json = 'named'", ":api: alpha\n\n" + PAGE, 'member "this" is there twice'),
        ("reasonbook_json = 'all'", PAGE, "The page does not say of which API this JSON is."),
    ],
    ids=["default", "named", "all"],
)
def test_json_of_other_pages_is_tested(
    new_project: Callable[..., Project], builder: str, conf: str, page: str, told: str
) -> None:
    project = host(new_project(), "reasonbook", conf=conf)
    project.write("page.rst", page)
    result = project.build("-W", builder=builder)
    assert result.code == 1
    assert told in result.warnings + result.status


DOCTESTS = (
    "Page\n====\n\n>>> 1 + 1\n2\n\n.. testcode::\n\n   print(2)\n\n.. testoutput::\n\n   {}\n"
)


@pytest.mark.parametrize("order", [(), ("sphinx.ext.doctest",)], ids=["alone", "with doctest"])
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("said", ["2", "3"])
def test_the_doctests_of_a_project_run(
    new_project: Callable[..., Project], order: tuple[str, ...], *, is_first: bool, said: str
) -> None:
    extensions = ("reasonbook", *order) if is_first else (*order, "reasonbook")
    project = host(new_project(), *extensions)
    project.write("page.rst", DOCTESTS.format(said))
    result = project.build(builder="doctest")
    assert "2 tests in default" in re.sub(r"\d+ items passed", "", result.status) or "page" in (
        result.status
    )
    assert result.code == (0 if said == "2" else 1)


def test_a_project_with_doctests_only_passes(new_project: Callable[..., Project]) -> None:
    project = host(new_project(), "reasonbook", conf="reasonbook_catalogue = ''")
    project.catalogue.rename(project.folder / "away")
    project.write("page.rst", DOCTESTS.format("2"))
    assert project.build(builder="doctest").code == 0


# Projects that only link


def test_a_project_that_only_links_resolves_by_intersphinx(
    new_project: Callable[..., Project], tmp_path: Path
) -> None:
    reference = new_project().build_strictly()
    inventory = f'"https://e.example/", {str(reference.output / "objects.inv")!r}'
    project = new_project(
        'extensions = ["sphinx.ext.intersphinx", "reasonbook"]\n'
        f'intersphinx_mapping = {{"errors": ({inventory})}}'
    )
    project.catalogue.rename(tmp_path / "away")
    links = [":err:reason:`alpha/FIRST_FAULT`", ":external:err:status:`beta/NOT_FOUND`"]
    project.write("index.rst", "Host\n====\n\n" + "\n\n".join(links) + "\n")
    page = project.build_strictly().page("index.html")
    assert 'href="https://e.example/alpha/reasons/FIRST_FAULT.html"' in page
    assert 'href="https://e.example/beta/envelope.html#NOT_FOUND"' in page
    project.write("index.rst", "Host\n====\n\n:err:reason:`alpha/NO_FAULT`\n")
    assert "there is no reason 'alpha/NO_FAULT'" in project.build("-n").warnings


@pytest.mark.parametrize("extension", ["reasonbook", "reasonbook.site"])
def test_a_project_that_only_links_changes_in_nothing_else(
    new_project: Callable[..., Project], extension: str
) -> None:
    project = host(new_project())
    project.catalogue.rename(project.folder / "away")
    project.write("catalogue/chairs/oak.png", "A folder of that name with other things")
    before = project.build_strictly()
    host(project, extension)
    after = project.build("-E", "-n", "-W", to="with")
    assert (after.warnings, after.code) == ("", 0)
    new = after.files()
    changed = {name for name, data in before.files().items() if new.get(name) != data}
    assert changed == {"searchindex.js"}  # which names the versions of all extensions
    assert search_index(before) == search_index(after)
    assert all(name.startswith("_static/") for name in added(before, after))


def test_a_project_that_only_links_may_name_apis(new_project: Callable[..., Project]) -> None:
    project = host(new_project(), "reasonbook", conf="reasonbook_json = 'all'")
    project.catalogue.rename(project.folder / "away")
    project.write("page.rst", ":api: alpha\n\n" + PAGE)
    project.build_strictly()


FOREIGN_REFERENCE = """
extensions = ["reasonbook"]
def add(app, doctree):
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    doctree += pending_xref("", nodes.inline("", "Foreign"), reftype="foreign", reftarget="one")
def resolve(app, env, node, content):
    return content if node["reftype"] == "foreign" else None
def setup(app):
    app.connect("doctree-read", add, priority=1)
    app.connect("missing-reference", resolve)
"""


def test_references_of_other_extensions_need_no_domain(
    new_project: Callable[..., Project],
) -> None:
    assert "Foreign" in new_project(FOREIGN_REFERENCE).build_strictly().page("index.html")


def test_a_directive_where_there_is_no_catalogue_says_so(
    new_project: Callable[..., Project],
) -> None:
    project = new_project()
    project.catalogue.rename(project.folder / "away")
    project.write("index.rst", "Host\n====\n\n.. domain-list:: alpha\n")
    assert "domain-list: the project has no catalogue with an API 'alpha'." in (
        project.build().warnings
    )
