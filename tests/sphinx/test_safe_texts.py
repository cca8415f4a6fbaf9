"""Whatever is written in a text comes out as text: nothing runs, nothing is fetched or included."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from reasonbook.cli.main import main

if TYPE_CHECKING:
    from conftest import Project, Result

SECRET = "token-that-stands-in-a-file"
# The payloads are full of marks that mean nothing.
CONF = """
extensions.append("reasonbook.site")
suppress_warnings = ["reasonbook.raw-mark"]
"""
# Each on a line of its own, where the field may hold several.
PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '" onmouseover="alert(4)" x="',
    "' autofocus onfocus='alert(5)",
    "[run](javascript:alert(6))",
    "[run](JaVaScRiPt:alert(7))",
    "[data](data:text/html;base64,PHNjcmlwdD4=)",
    "![picture](https://evil.example/x.png)",
    "<javascript:alert(8)>",
    "&lt;script&gt;alert(9)&lt;/script&gt;",
    "<!-- hidden -->",
    "{include}`secret.txt`",
    ":literal:`secret.txt`",
    "|substitution|",
    "{{ config }} {% raw %}",
    "$(rm -rf /) `` ` ``",
    "]]> --> */",
    'it\'s "quoted" -- and --- dashed... “so” ‘said’ – they — wrote',
]
BLOCKS = [
    "```{include} secret.txt\n```",
    "```{literalinclude} secret.txt\n```",
    "```{raw} html\n<script>alert(10)</script>\n```",
    ".. include:: secret.txt",
    ".. raw:: html\n\n   <script>alert(11)</script>",
    "# A heading",
    "1. An ordered list",
    "<details open ontoggle=alert(12)>",
    "[ref]: javascript:alert(13)",
]
LINE = " ".join(PAYLOADS)
TEXT = "\n\n".join([*PAYLOADS, *BLOCKS])
# What the small subset of Markdown takes for marks; all else is shown as it stands.
VISIBLE = [payload for payload in PAYLOADS if "`" not in payload]


def fill(data: Any, mark: Callable[[], str]) -> None:
    """Put every payload into every text of a file, beside a mark of its own."""
    lines = {"title", "name_of_status"}
    texts = {"summary", "ai_context", "text", "when", "meaning", "cause", "description"}
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in lines and isinstance(value, str):
            data[key] = f"{mark()} {LINE}"
        elif (key in texts or key in ("fix", "fixes")) and isinstance(value, str):
            data[key] = f"{mark()} {TEXT}"
        elif key in ("fix", "fixes") and isinstance(value, list):
            data[key] = [f"{mark()} {TEXT}" for _ in value]
        elif isinstance(value, dict | list) and key != "remedy":
            fill(value, mark)


@pytest.fixture(scope="module")
def marks() -> list[str]:
    return []


@pytest.fixture(scope="module")
def project(new_project: Callable[..., Project], marks: list[str]) -> Project:
    project = new_project(CONF)

    def mark() -> str:
        marks.append(f"mark{len(marks):03}.")
        return marks[-1]

    def api(data: Any) -> None:
        data["notes"] = [{"kind": "warning", "text": "x"}]
        data["troubleshooting"] = [{"title": "x", "text": "x"}]
        data["links"] = [{"title": "x", "url": "https://evil.example/?a=b&c='d'"}]
        data["http"]["404"]["fixes"] = ["x"]
        fill(data, mark)

    def domain(data: Any) -> None:
        data["notes"] = [{"kind": "tip", "text": "x"}]
        for reason in data["reasons"]:
            reason["fix"] = ["x", "y"]
            reason["ai_context"] = "x"
            reason["field_codes"] = [{"code": "<b>", "meaning": "x", "fix": "y"}]
            reason["examples"][0]["headers"] = {"X-Odd": LINE}
        fill(data, mark)

    project.edit("alpha/api.yaml", api)
    for name in ("one", "two"):
        project.edit(f"alpha/{name}.yaml", domain)
    project.edit("alpha/envelope.schema.json", lambda data: fill(data["properties"], mark))
    project.write("secret.txt", SECRET)
    project.write("catalogue/alpha/secret.txt", SECRET)
    return project


@pytest.fixture(scope="module")
def built(project: Project) -> Result:
    return project.build_strictly()


@pytest.fixture(scope="module")
def harmless(built_once: Callable[..., Result]) -> Result:
    return built_once(CONF)


def pages(result: Result) -> Iterator[tuple[str, BeautifulSoup]]:
    for path in sorted(result.output.rglob("*.html")):
        name = path.relative_to(result.output).as_posix()
        yield name, BeautifulSoup(path.read_text(), "html.parser")


def active(page: BeautifulSoup) -> set[str]:
    """Everything on a page that runs, fetches or embeds; what the theme brings is the same."""
    found = {str(node) for node in page.find_all(["script", "img", "iframe", "object", "embed"])}
    found |= {str(node) for node in page.find_all(["svg", "math", "base", "video", "audio"])}
    for node in page.find_all(True):
        for name, value in node.attrs.items():
            if name.startswith("on") or name in ("autofocus", "style", "srcdoc"):
                found.add(f"{name}={value}")
            if re.match(r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE):
                found.add(f"{name}={value}")
    return found


def test_nothing_runs_that_would_not_run_without_the_texts(built: Result, harmless: Result) -> None:
    usual = {part for _, page in pages(harmless) for part in active(page)}
    assert {part for _, page in pages(built) for part in active(page)} - usual == set()


def test_every_text_is_shown_and_nothing_of_it_changed(built: Result, marks: list[str]) -> None:
    text = " ".join(" ".join(page.get_text().split()) for _, page in pages(built))
    assert [mark for mark in marks if mark not in text] == []
    assert [payload for payload in VISIBLE if payload not in text] == []


def test_no_file_is_included_anywhere(built: Result) -> None:
    holding = [name for name, content in built.files().items() if SECRET.encode() in content]
    assert holding == []


def test_markdown_is_text_to_whoever_renders_it(built: Result) -> None:
    found = list(built.output.rglob("*.md"))
    assert found
    for path in found:
        if path.is_relative_to(built.output / "_sources"):
            continue
        page = BeautifulSoup(MarkdownIt("commonmark").render(path.read_text()), "html.parser")
        assert active(page) == set(), path.name


def test_json_holds_the_texts_as_they_are(project: Project, built: Result) -> None:
    written = json.loads((project.catalogue / "alpha/one.yaml").read_text())["reasons"][0]
    exported = json.loads(built.page("alpha/reasons/FIRST_FAULT.json"))
    text = json.dumps(exported, ensure_ascii=False)
    assert json.dumps(written["cause"], ensure_ascii=False)[1:-1] in text
    for step in written["fix"]:
        assert json.dumps(step, ensure_ascii=False)[1:-1] in text


def test_json_within_a_page_cannot_end_its_script(built: Result) -> None:
    for _, page in pages(built):
        for script in page.find_all("script"):
            assert "alert(" not in script.get_text()


def test_the_terminal_gets_no_control_sequence(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = "\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202e"
    path = project.catalogue / "beta/one.yaml"
    before = path.read_text()
    path.write_text(before.replace('"OTHER_FAULT"', f'"OTHER_FAULT{odd}"', 1))
    try:
        assert main(["check", str(project.catalogue)]) == 1
    finally:
        path.write_text(before)
    out, err = capsys.readouterr()
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err) == []
