"""What the README and the front page show is what the catalogues say and what is printed."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from reasonbook.cli.main import main


@pytest.fixture(scope="module")
def readme(project: Path) -> str:
    return (project / "README.md").read_text()


def block(text: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files(project: Path, name: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (project / name).read_text())
    assert targets
    assert [target for target in targets if not (project / target).is_file()] == []


def test_every_line_of_yaml_is_in_a_catalogue(project: Path, readme: str) -> None:
    lines = {*textwrap.indent(block(readme, "yaml"), "  ").splitlines()}
    files = project.glob("catalogue/*/*.yaml")
    assert any(lines <= {*path.read_text().splitlines()} for path in files)


def test_the_row_says_what_the_lines_say(readme: str) -> None:
    said = block(readme, "yaml")
    (row,) = re.findall(r"^\| `[A-Z].*\|$", readme, re.MULTILINE)
    for pattern in ("reason: (.+)", "cause: (.+)", r"fix:\n +- (.+)"):
        (text,) = re.findall(pattern, said)
        assert text in row


def test_the_failing_line_is_what_check_prints(
    project: Path,
    readme: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = (project / "source/_shared/failing-check.txt").read_text()
    assert block(readme, "text") == shown
    shutil.copytree(project / "catalogue", tmp_path / "catalogue")
    monkeypatch.chdir(tmp_path)
    name = shown.split(":")[0]
    (member,) = re.findall(r'the member ("\w+") is missing', shown)
    lines = Path(name).read_text().splitlines(keepends=True)
    after = next(i for i, line in enumerate(lines) if member in line)
    if not lines[after].endswith(",\n"):
        lines[after - 1] = lines[after - 1].replace(",\n", "\n")
    Path(name).write_text("".join(lines[:after] + lines[after + 1 :]))

    assert main(["check"]) == 1
    # The lines of a catalogue move, and that is no reason to change these pages.
    assert re.sub(r":\d+:", ":LINE:", capsys.readouterr().out) == re.sub(r":\d+:", ":LINE:", shown)
