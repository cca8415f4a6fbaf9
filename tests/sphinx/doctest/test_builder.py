"""The doctest builder on small projects, and on this one: what it runs, says and refuses."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from markdown_it import MarkdownIt

from reasonbook.examples.runner import Examiner

if TYPE_CHECKING:
    from conftest import Project, Result

PROJECT = Path(__file__).parents[3]
# Two APIs with a full example each, five reasons with an example each.
EXAMPLES = 7
MISSPELT = """\
domain: one
title: One
summary: One domain.
reasons:
  - reason: FIRST_FAULT
    status: NOT_FOUND
    cause: A cause.
    fix: A fix.
    remedy: {actor: caller, retry: after-fix}
    examples:
      - title: 'As it "happens" # doctest: +SKIP'
        origin: constructed
        body: |
          {
            "status": "NOT_FOUND",
            "raeson": "FIRST_FAULT"
          }
  - reason: SHARED_FAULT
    status: NOT_FOUND
    cause: A cause.
    fix: A fix.
    remedy: {actor: caller, retry: after-fix}
    examples:
      - title: Broken
        origin: constructed
        body: |
          {
            "reason": "SHARED_FAULT",
          }
"""


def counted(result: Result) -> str:
    (line,) = re.findall(r"^.*JSON examples run.*$", result.status, flags=re.MULTILINE)
    return line


def test_all_examples_are_run_and_their_number_is_printed(
    new_project: Callable[..., Project],
) -> None:
    result = new_project().build("-E", "-n", "-W", builder="doctest")
    assert counted(result) == f"{EXAMPLES} JSON examples run."
    assert f"{EXAMPLES} tests\n    0 failures in tests\n" in result.status
    assert (result.warnings, result.code) == ("", 0)


@pytest.fixture(scope="module")
def failed(new_project: Callable[..., Project]) -> tuple[Project, Result]:
    project = new_project()
    project.write("catalogue/alpha/one.yaml", MISSPELT)
    return project, project.build(builder="doctest")


def test_a_wrong_example_fails_with_file_line_pointer_and_hint(
    failed: tuple[Project, Result],
) -> None:
    project, result = failed
    path = project.catalogue / "alpha/one.yaml"
    assert (
        f'File "{path}", line 14, in reasonbook\n'
        "Failed example:\n"
        "    check_example('alpha/FIRST_FAULT/As it \"happens\" # doctest: +SKIP')\n"
        "Expected nothing\n"
        "Got:\n"
        f'    {path}:14:11: error[example-envelope]: The body: the member "reason" is missing.\n'
        "      hint: Copy a real response, or correct the envelope's schema.\n"
        f"    {path}:14:11: error[example-reason]: There is no reason at /reason, "
        "but this documents FIRST_FAULT.\n"
        "      hint: Show the error that this reason documents.\n"
        f"    {path}:16:13: error[example-member]: /raeson is not described by the schema.\n"
        "      hint: Did you mean reason?\n"
    ) in result.status
    assert result.code == 1


def test_broken_json_fails_where_it_is_broken(failed: tuple[Project, Result]) -> None:
    project, result = failed
    path = project.catalogue / "alpha/one.yaml"
    assert (
        f"    {path}:29:11: error[json-syntax]: A comma is followed by nothing.\n" in result.status
    )


def test_failing_examples_count_as_run(failed: tuple[Project, Result]) -> None:
    _, result = failed
    assert counted(result) == f"{EXAMPLES} JSON examples run."
    assert "    2 failures in tests\n" in result.status


def test_doctests_of_others_are_run_too(new_project: Callable[..., Project]) -> None:
    page = "Page\n====\n\n>>> 1 + 1\n2\n>>> 1 + 1\n3\n"
    result = new_project(page__rst=page).build(builder="doctest")
    assert counted(result) == f"{EXAMPLES} JSON examples run."
    assert "    1 failure in tests\n" in result.status
    assert result.code == 1


@pytest.mark.parametrize("conf", ["doctest_default_flags = 16", "doctest_global_setup = '1/0'"])
def test_a_setting_that_skips_tests_fails(conf: str, new_project: Callable[..., Project]) -> None:
    """16 is doctest.SKIP."""
    result = new_project(conf).build(builder="doctest")
    assert "ERROR: No JSON example was run." in result.warnings
    assert result.code == 1


def test_none_at_all_fails(
    new_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Examiner, "ids", lambda _: iter(()))
    result = new_project().build(builder="doctest")
    assert "ERROR: No JSON example was run." in result.warnings
    assert result.code == 1


def test_it_says_where_only_some_documents_were_asked_for(
    new_project: Callable[..., Project],
) -> None:
    page = "Page\n====\n\n.. error-json:: alpha\n   :no-envelope: any\n\n   {}\n"
    project = new_project(page__rst=page, other__rst=page)
    result = project.build(builder="doctest", only="page.rst")
    total = EXAMPLES + 1
    assert counted(result) == (f"{total} JSON examples run; not all documents were asked for.")
    assert result.code == 0


@pytest.fixture
def warm(new_project: Callable[..., Project]) -> Project:
    """A project tested once, with a broken block on one page and another page beside it."""
    page = "Page\n====\n\n.. error-json:: alpha\n\n   {}\n"
    project = new_project(page__rst=page, other__rst="Other\n=====\n\nText.\n")
    assert project.build(builder="doctest").code == 1
    return project


def test_nothing_changed_and_everything_is_run_again(warm: Project) -> None:
    result = warm.build(builder="doctest")
    total = EXAMPLES + 1
    assert counted(result) == f"{total} JSON examples run."
    assert "    1 failure in tests\n" in result.status
    assert result.code == 1


def test_after_an_edit_elsewhere_everything_is_run_again(warm: Project) -> None:
    warm.write("other.rst", "Other\n=====\n\nAnother text.\n")
    result = warm.build(builder="doctest")
    total = EXAMPLES + 1
    assert counted(result) == f"{total} JSON examples run."
    assert "    1 failure in tests\n" in result.status
    assert result.code == 1


def test_a_file_named_on_a_later_run_is_run_with_the_catalogue(warm: Project) -> None:
    result = warm.build(builder="doctest", only="other.rst")
    assert counted(result) == (f"{EXAMPLES} JSON examples run; not all documents were asked for.")
    assert "    0 failures in tests\n" in result.status
    assert result.code == 0


def test_only_a_file_that_is_not_there_fails(warm: Project) -> None:
    result = warm.build(builder="doctest", only="none.rst")
    assert "ERROR: No JSON example was run" in result.warnings
    assert result.code == 1


def test_names_that_are_alike_are_told_apart(new_project: Callable[..., Project]) -> None:
    """The page's first block and the example of a reason, both called alpha/FIRST_FAULT/1."""
    project = new_project()
    project.edit(
        "alpha/one.yaml", lambda domain: domain["reasons"][0]["examples"][0].update(title="1")
    )
    project.write(
        "alpha/FIRST_FAULT.rst", ":orphan:\n:api: alpha\n\nPage\n====\n\n.. code:: json\n\n   {}\n"
    )
    result = project.build(builder="doctest")
    assert counted(result) == f"{EXAMPLES + 1} JSON examples run."


@pytest.mark.parametrize(
    ("conf", "text", "blocks"),
    [
        ("", ".. highlight:: json\n\n::\n\n   {}\n", 1),
        ("", ".. highlight:: JSON\n\n.. code-block::\n\n   {}\n", 1),
        ("highlight_language = 'json'", "As in::\n\n   {}\n", 1),
        ("", ".. literalinclude:: empty.json\n\n.. highlight:: json\n\n::\n\n   {}\n", 1),
        ("", ".. highlight:: json\n\n.. include:: empty.json\n   :code:\n", 1),
        ("rst_prolog = '.. highlight:: json'", "As in::\n\n   {}\n\n.. code::\n\n   {}\n", 2),
    ],
)
def test_what_the_page_says_is_json_is_run_too(
    conf: str, text: str, blocks: int, new_project: Callable[..., Project]
) -> None:
    parsed = ".. highlight:: json\n\n.. parsed-literal::\n\n   *no JSON*\n"
    files = {"page__rst": f"Page\n====\n\n{text}", "other__rst": f"Other\n=====\n\n{parsed}"}
    conf += "\nreasonbook_json = 'all'"
    result = new_project(conf, empty__json="{}", **files).build(builder="doctest")
    total = EXAMPLES + blocks
    assert counted(result) == f"{total} JSON examples run."
    assert f"    {blocks} failure" in result.status


def test_a_broken_catalogue_stops_the_builder(new_project: Callable[..., Project]) -> None:
    project = new_project()
    project.write("catalogue/alpha/one.yaml", "domain: one\n")
    result = project.build(builder="doctest")
    assert "error" in result.warnings
    assert result.code == 2


def test_html_is_not_built_from_a_wrong_example(failed: tuple[Project, Result]) -> None:
    project, _ = failed
    result = project.build(fresh=True, to="wrong")
    assert f"{project.catalogue}/alpha/one.yaml:16:13: ERROR: /raeson is not" in result.warnings
    assert result.code == 2
    assert not (result.output / "index.html").exists()


def test_html_warns_of_a_wrong_block_on_a_page(new_project: Callable[..., Project]) -> None:
    page = ":orphan:\n\nPage\n====\n\n.. error-json:: alpha\n\n   {}\n"
    project = new_project(page__rst=page)
    result = project.build("-W")
    path = project.source / "page.rst"
    at = f"{path}:8:4: ERROR"
    hint = "hint: Show an error of this catalogue."
    assert f"{at}: There is no reason at /reason. [example-reason]\n  {hint}" in result.warnings
    assert f'{at}: The body: the member "reason" is missing.' in result.warnings
    assert result.code == 1


def blocks_of(text: str) -> int:
    """The JSON blocks of a page in Markdown, also those inside of directives."""
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    count = 0
    for name, content in ((fence.info.partition(" ")[0], fence.content) for fence in fences):
        count += name in ("json", "{error-json}")
        count += blocks_of(content) if name.startswith("{") else 0
    return count


def test_this_project(tmp_path: Path) -> None:
    """Its examples are counted here by other means than those that run them."""
    files = [yaml.safe_load(path.read_text()) for path in PROJECT.glob("catalogue/*/*.yaml")]
    reasons = [reason for data in files for reason in data.get("reasons", ())]
    examples = sum(len(reason.get("examples", ())) for reason in reasons)
    examples += sum("envelope" in data for data in files)
    assert examples > 30
    blocks = sum(blocks_of(path.read_text()) for path in PROJECT.glob("source/**/*.md"))
    command = [sys.executable, "-m", "sphinx", "-b", "doctest", "-E", "-c", "."]
    done = subprocess.run(
        [*command, "-d", tmp_path / "d", "source", tmp_path / "out"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = re.findall(r"^(\d+) JSON examples run\.$", done.stdout, re.MULTILINE)
    assert int(run) == examples + blocks
    assert f"{run} tests\n    0 failures in tests\n" in done.stdout
