"""Which edits of a reason reach the pages that list and count reasons: of what these say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook.format.model import Reason
from reasonbook.render.fingerprints import IN_FULL

if TYPE_CHECKING:
    from conftest import Project, Result

INDEX = """Sample
======

.. api-list::
   :toctree:

.. domain-list:: alpha
"""
#: What lists the reasons of an API.
LISTS = {"alpha/index", "alpha/http", "alpha/endpoints", "reasons"}
STATUSES = {"NOT_FOUND": {"http": 404, "when": "It is gone."}}
BODY = {"reason": "SHARED_FAULT", "status": "NOT_FOUND", "message": "So.", "details": {"code": "A"}}
OTHER = {"field_codes": [{"code": "A", "meaning": "It is A."}], "details": {"type": "object"}}
SCHEMA = {
    "type": "object",
    "required": ["reason"],
    "properties": {
        "reason": {"description": "The reason.", "type": "string"},
        "status": {"description": "The canonical status.", "type": "string"},
        "message": {"description": "The text.", "type": "string"},
        "details": {"description": "More.", "type": "object"},
    },
}


@pytest.fixture
def project(
    restored: Callable[[str, Callable[[], Project]], Project], new_project: Callable[..., Project]
) -> Project:
    """A project that was built once, with a reason of which everything is said."""

    def make() -> Project:
        project = new_project("extensions = ['reasonbook.site']", index__rst=INDEX)
        for name in ("alpha", "beta"):
            project.edit(f"{name}/api.yaml", lambda api: api.update(format=2, requires=[]))
        for name in ("alpha/one", "alpha/two", "beta/one"):
            project.edit(f"{name}.yaml", use_words_of_format_2)
        project.edit("alpha/api.yaml", give_places)
        project.write_data("alpha/envelope.schema.json", SCHEMA)
        project.edit("alpha/one.yaml", lambda d: d["reasons"][1].update(OTHER, examples=[]))
        edit(project, in_full("old"))
        build(project)
        return project

    return restored("listed", make)


def use_words_of_format_2(domain: Any) -> None:
    for reason in domain["reasons"]:
        reason["remedy"]["actor"] = "client"


def give_places(api: Any) -> None:
    api["envelope"] |= {"details": "/details", "message": "/message", "field_code": "/details/code"}
    api["envelope"]["example"] = json.dumps(BODY)


def in_full(word: str) -> dict[str, Any]:
    """Return values of all that lists do not show."""
    body = {**BODY, "reason": "FIRST_FAULT", "message": f"So {word}."}
    body |= {"details": {"code": word.upper()}}
    example = {"title": f"How {word}", "origin": "constructed", "body": json.dumps(body)}
    properties = {"code": {"description": f"The {word} code.", "type": "string"}}
    said = {
        "cause": f"The {word} cause.",
        "fix": f"The {word} fix.",
        "message": f"So {word}.",
        "ai_context": f"Agents read the {word} text.",
        "details": {"type": "object", "properties": properties},
        "field_codes": [{"code": word.upper(), "meaning": f"It is {word}."}],
        "docs_url": f"https://alpha.example.com/{word}",
        "attributes": [{"name": "Age", "value": word}],
        "see_also": ["SHARED_FAULT" if word == "old" else "LAST_FAULT"],
        "examples": [example],
    }
    fields = Reason.model_fields.items()
    assert said.keys() == {field.alias or name for name, field in fields if name in IN_FULL}
    return said


def edit(project: Project, said: dict[str, Any]) -> None:
    project.edit("alpha/one.yaml", lambda d: d["reasons"][0].update(said))


def build(project: Project) -> Result:
    result = project.build("-n", "-W")
    assert result.code == 0, result.warnings
    return result


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"title": "New"}, id="title"),
        pytest.param({"http": 410, "status": None, "examples": []}, id="http"),
        pytest.param({"lifecycle": "planned", "examples": []}, id="lifecycle"),
        pytest.param({"remedy": {"actor": "client", "retry": "never"}}, id="retry"),
        pytest.param({"raised_by": "any"}, id="operations"),
        pytest.param({"slug": "first"}, id="address"),
        pytest.param({"examples": []}, id="number-of-examples"),
    ],
)
def test_what_lists_say_of_a_reason_reaches_them(project: Project, said: dict[str, Any]) -> None:
    edit(project, said)
    again = build(project)
    assert again.read >= {*LISTS, "index"}
    assert changed_in_a_clean_build(project, again) == set()


def test_what_only_its_own_pages_say_of_a_reason_reaches_no_list(project: Project) -> None:
    """If a list begins to show more, it is not that of a clean build."""
    edit(project, in_full("new"))
    again = build(project)
    assert again.read == {"alpha/one"}
    assert changed_in_a_clean_build(project, again) == set()


def changed_in_a_clean_build(project: Project, again: Result) -> set[str]:
    clean = project.build("-n", "-W", to="clean", fresh=True).files()
    old = again.files()
    return {name for name in clean if clean[name] != old.get(name)} - {"searchindex.js"}
