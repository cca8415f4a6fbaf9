"""The README, step by step, by somebody who has Python and an error body of an API."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Shell

pytestmark = pytest.mark.slow
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: The name of a file, in a comment of its first line.
NAME = re.compile(r"(?:#|\.\.) (\S+/\S+)\n+")


def test_from_nothing_to_a_check_and_a_site(
    project: Path, shell: Shell, fill_in: Callable[..., None]
) -> None:
    _, text = (project / "README.md").read_text().split("## Your own errors\n")
    own, _ = text.split("## This site\n")
    installing, building = [
        content.removeprefix("$ ").splitlines()
        for language, content in FENCE.findall(own)
        if language == "console"
    ]
    environment, install, begin, check = (line.removeprefix("$ ") for line in installing)
    shell.run(environment)
    shell.run(install)
    assert "No module named 'sphinx'" in shell.run("python -c 'import sphinx'", code=1)

    shell.run(begin)
    assert "general.yaml:8:13: error[unfilled-text]" in shell.run(check, code=1)
    fill_in(shell.folder / "catalogue")
    assert shell.run(check) == "catalogue: 1 API, 1 reason, 1 example: clean\n"

    said = shell.run("python -c 'import reasonbook; reasonbook.setup(None)'", code=1)
    assert said.endswith("The extra brings it: pip install 'reasonbook[sphinx]'\n")

    for _, content in FENCE.findall(own):
        if named := NAME.match(content):
            path = shell.folder / named[1]
            path.parent.mkdir(exist_ok=True)
            path.write_text(content[named.end() :])
    for line in building:
        shell.run(line.removeprefix("$ "))
    front = (shell.folder / "site/index.html").read_text()
    assert 'href="shop/index.html"' in front
    assert (shell.folder / "site/shop/reasons/ORDER_NOT_FOUND.html").is_file()
    page = (shell.folder / "site/shop/reasons/ORDER_NOT_FOUND.md").read_text()
    assert "https://errors.example.com/shop/" in page
