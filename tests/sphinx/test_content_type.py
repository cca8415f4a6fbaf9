"""The Content-Type of an example: as it is written there, and the same in every rendering."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

WRITTEN = "application/json; charset=utf-8"


@pytest.fixture(scope="module")
def project(new_project: Callable[..., Project]) -> Project:
    """FIRST_FAULT has a type of its own; SHARED_FAULT on the same page has that of the API."""
    project = new_project()
    headers = {"X-Id": "1", "content-type": WRITTEN}
    project.edit(
        "alpha/one.yaml", lambda data: data["reasons"][0]["examples"][0].update(headers=headers)
    )
    return project


def test_the_text_shows_it_once_where_it_stands(project: Project) -> None:
    text = project.build_strictly("text").page("alpha/one.txt")
    own, others = re.findall(r"HTTP/1.1 404 Not Found\n((?: +\S+: .+\n)+)", text)
    assert own.split("\n")[:2] == ["   X-Id: 1", f"   content-type: {WRITTEN}"]
    assert others == "   Content-Type: application/json\n"


def test_the_page_and_the_data_show_the_same(project: Project) -> None:
    result = project.build_strictly()
    page = re.sub(r"<[^>]*>", "", result.page("alpha/reasons/FIRST_FAULT.html"))
    assert re.findall(r"(?i)content-type: *(.+)", page) == [WRITTEN]
    data = json.loads(result.page("alpha/reasons/FIRST_FAULT.json"))
    (example,) = data["examples"]
    assert example["headers"] == {"X-Id": "1", "content-type": WRITTEN}
