"""Reasons in HTML: what is written from the facts is what stock nodes give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from sphinx import addnodes, version_info
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from reasonbook.render.html.reason import ReasonHtml
from reasonbook.sphinx import accordions

if TYPE_CHECKING:
    from conftest import Project, Result

ROOTS = ("envelopes", "error-info", "numeric", "payment", "problem-details")
FURO = 'html_theme = "furo"\nhtml_theme_options = {}\n'
CHANGES_PARAGRAPHS = """
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
class Change(SphinxPostTransform):
    default_priority = 900
    def run(self, **kwargs):
        for node in self.document.findall(nodes.paragraph):
            node["classes"].append("changed")
def setup(app):
    app.add_post_transform(Change)
"""
OWN_TRANSLATOR = """
from sphinx.writers.html5 import HTML5Translator
class Own(HTML5Translator):
    def visit_strong(self, node):
        self.body.append('<b class="own">')
    def depart_strong(self, node):
        self.body.append("</b>")
def setup(app):
    app.set_translator("html", Own)
"""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written from the facts: the names of the methods that are called."""
    found: list[str] = []
    for name in ("page", "accordion"):
        usual = getattr(ReasonHtml, name)

        def write(*arguments: object, usual: Callable[..., str] = usual, name: str = name) -> str:
            found.append(name)
            return usual(*arguments)

        monkeypatch.setattr(ReasonHtml, name, write)
    return found


def html(result: Result) -> dict[str, str]:
    """Every page; the search index knows less of what is written from the facts."""
    assert (result.warnings, result.code) == ("", 0)
    return {
        name: content.decode() for name, content in result.files().items() if name.endswith(".html")
    }


def built_from_nodes(project: Project, builder: str = "html") -> Result:
    """Build as if no page looked as the facts are written."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("page_look", "accordion_look"):
            patch.setattr(accordions, name, lambda builder: None)
        return project.build("-n", "-W", builder=builder, to="nodes", fresh=True)


def differences(project: Project, builder: str = "html") -> list[str]:
    facts = html(project.build("-n", "-W", builder=builder, fresh=True))
    stock = html(built_from_nodes(project, builder))
    assert facts.keys() == stock.keys()
    return [name for name in facts if facts[name] != stock[name]]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("root", ROOTS)
def test_pages_are_the_same_from_facts_and_from_nodes(
    root: str, builder: str, root_project: Callable[[str], Project], written: list[str]
) -> None:
    assert differences(root_project(root), builder) == []
    assert {"page", "accordion"} <= {*written}


@pytest.mark.slow
def test_those_of_the_real_catalogues_are_the_same_too(
    project: Path, new_project: Callable[..., Project], written: list[str]
) -> None:
    conf = f"reasonbook_catalogue = {str(project / 'catalogue')!r}\n"
    assert differences(new_project(FURO + conf)) == []
    assert {"page", "accordion"} <= {*written}


def test_a_theme_may_put_something_around_tables(
    new_project: Callable[..., Project], written: list[str]
) -> None:
    project = new_project(FURO)
    body = {"reason": "FIRST_FAULT", "status": "NOT_FOUND", "details": {"id": "a"}}
    field = {"description": "Which.", "type": "string"}

    def tell(reason: dict[str, Any]) -> None:
        reason["details"] = {"type": "object", "properties": {"id": field}}
        reason["examples"][0]["body"] = json.dumps(body)

    def allow(schema: dict[str, Any]) -> None:
        schema["properties"]["details"] = {"description": "More.", "type": "object"}

    envelope = {"details": "/details", "example": json.dumps(body)}
    project.edit("alpha/api.yaml", lambda data: data["envelope"].update(envelope))
    project.edit("alpha/one.yaml", lambda data: tell(data["reasons"][0]))
    project.edit("alpha/envelope.schema.json", allow)
    assert differences(project) == []
    assert "accordion" in written
    page = (project.folder / "builds/html/alpha/one.html").read_text()
    assert '<div class="table-wrapper rb-table rb-fields docutils container">' in page


def test_an_extension_that_changes_nodes_finds_those_of_accordions(
    new_project: Callable[..., Project], written: list[str]
) -> None:
    page = html(new_project(CHANGES_PARAGRAPHS).build(fresh=True))["alpha/one.html"]
    assert (
        '<p class="rb-cause changed sd-card-text">' in page
        or "rb-cause sd-card-text changed" in page
    )
    assert "accordion" not in written[1:]


def test_a_translator_of_the_project_writes_reasons(
    new_project: Callable[..., Project],
) -> None:
    pages = html(new_project(OWN_TRANSLATOR).build(fresh=True))
    for name in ("alpha/one.html", "alpha/reasons/FIRST_FAULT.html"):
        assert '<b class="own">As it happens</b>' in pages[name]
        assert "<strong>As it happens" not in pages[name]


def test_a_doctree_holds_one_node_for_each_accordion(new_project: Callable[..., Project]) -> None:
    doctree, resolved = doctrees(new_project(), "alpha/one")
    places = [*doctree.findall(accordions.reason_accordion)]
    assert [(place["reason"], place["ids"]) for place in places] == [
        ("alpha/FIRST_FAULT", ["FIRST_FAULT"]),
        ("alpha/SHARED_FAULT", ["SHARED_FAULT"]),
    ]
    assert not any(place.children for place in places)
    assert not [*resolved.findall(accordions.reason_accordion)]
    assert not [*resolved.findall(addnodes.pending_xref)]
    assert len([*resolved.findall(nodes.rubric)]) == len(places)


def test_a_doctree_holds_of_a_table_each_word_once(new_project: Callable[..., Project]) -> None:
    doctree, resolved = doctrees(new_project(), "alpha/http")
    places = [*doctree.findall(accordions.reason_rows)]
    assert [place["number"] for place in places] == [*range(len(places))]
    for place in places:
        (text,) = place.children
        words = text.astext().split()
        assert "Reason" in words
        assert len(words) == len({*words})
        assert not place["asks"]
        assert not hasattr(place, "make")
    assert not [*resolved.findall(accordions.reason_rows)]
    assert len([*resolved.findall(nodes.table)]) == len(places)


def doctrees(project: Project, docname: str) -> tuple[nodes.document, nodes.document]:
    """A page as a build of text keeps it, and as it is written."""
    # Else what Sphinx registers with docutils would be there in the next build of this process.
    with docutils_namespace():
        app = Sphinx(
            *(str(project.source),) * 2,
            *(str(project.folder / name) for name in ("out", "doctrees")),
            "text",
            status=None,
        )
        app.build()
        doctree = app.env.get_doctree(docname)
        tags: Any = {"tags": app.tags} if version_info >= (9,) else {}
        resolved = app.env.get_and_resolve_doctree(docname, app.builder, **tags)
    return doctree, resolved


def test_those_who_translate_find_the_labels_of_accordions(
    new_project: Callable[..., Project],
) -> None:
    project = new_project('language = "de"\nlocale_dirs = ["locales"]\n')
    template = (project.build(builder="gettext").output / "alpha.pot").read_text()
    assert 'msgid "FIRST_FAULT 404"' in template
    assert 'msgid "Canonical status"' in template
