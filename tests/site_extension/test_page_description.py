"""Descriptions of pages: how a page begins, and what the indexes for agents say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

BASE = "https://errors.example.com/docs/"
CONF = f'extensions = ["reasonbook.site", "myst_parser"]\nhtml_baseurl = {BASE!r}\n'
CASES = {
    "one sentence": ("It *ends*. More follows.", "It ends."),
    "a question": ("Does it end? It does.", "Does it end?"),
    "two lines": ("It goes\non. More follows.", "It goes on."),
    "an abbreviation": (
        "Intro e.g. with an abbreviation. Second sentence.",
        "Intro e.g. with an abbreviation.",
    ),
    "an abbreviation before a name": (
        "Errors of APIs (e.g. Vobiz) and so on. More follows.",
        "Errors of APIs (e.g. Vobiz) and so on.",
    ),
    "a version": ("Needs v. 1.2 or newer. More follows.", "Needs v. 1.2 or newer."),
    "a code in lower case": ("It ends. `retry` follows. More.", "It ends. retry follows."),
    "a long sentence": ("word " * 50, "word " * 39 + "…"),
    "a long sentence without spaces": ("字" * 250, "字" * 198 + " …"),
    "what looks like a tag": ("Put it into `<head>` first. More.", "Put it into \\<head\\> first."),
    "a footnote": ("HTTP 429[^a] comes. More.\n\n[^a]: Too many of them.", "HTTP 429 comes."),
    "a power": ("Up to 2{sup}`10` calls. More.", "Up to 2^10 calls."),
    "a hard break": ("One\\\ntwo. More.", "One two."),
}


@pytest.fixture(scope="module")
def index(new_project: Callable[..., Any]) -> str:
    project = new_project(CONF)
    for number, (text, _) in enumerate(CASES.values()):
        project.write(f"case{number}.md", f"---\norphan: true\n---\n\n# Title\n\n{text}\n")
    text: str = project.build_strictly().page("llms-contents.txt")
    return text


@pytest.mark.parametrize("name", CASES)
def test_case(index: str, name: str) -> None:
    number = [*CASES].index(name)
    assert f"- [Title]({BASE}case{number}.md): {CASES[name][1]}\n" in index
