"""The guide for newcomers, step by step: its files are written and its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from sphinx.cmd.build import build_main

from reasonbook.cli.main import main

FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str | None:
    """Run a command of the guide and return what it prints; None for one of another program."""
    match shlex.split(command):
        case ["reasonbook", *arguments]:
            main(arguments)
        case ["sphinx-build", *arguments]:
            assert build_main(arguments) == 0
        case ["sed", "-i", script, name]:
            _, old, new, _ = script.split("/")
            path = Path(name)
            path.write_text(path.read_text().replace(old, new))
        case _:
            return None
    return "".join(capsys.readouterr())


@pytest.mark.builds
def test_the_guide_as_a_newcomer_follows_it(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = []
    for info, content in FENCE.findall((project / "source/guide/own-api.md").read_text()):
        if caption := re.match(r":caption: (.+)\n\n", content):
            path = Path(caption[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content[caption.end() :])
            if path.suffix in (".yaml", ".yml"):
                assert yaml.safe_load(path.read_text())
        for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:] if info == "console" else ():
            command, _, said = part.partition("\n")
            printed = run(command, capsys)
            if printed is None:
                assert said == ""
                continue
            ran.append(command)
            if said.endswith("...\n"):
                assert printed.startswith(said.removesuffix("...\n"))
            else:
                assert printed == said
    assert len(ran) == 10
    assert Path("site/shop/reasons/ORDER_NOT_FOUND.html").is_file()
