"""What the tests of the command line share."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sphinx.cmd.build import build_main

from reasonbook.cli.main import main

FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)

# What belongs in place of each mark of a skeleton; a mark that is not here fails the test.
TEXTS = {
    "...": "...",  # in a comment
    "the name of the API, as people know it": "The Shop",
    "what the API does, in one sentence": "Sells things.",
    "the address of the API's documentation": "https://shop.example.com/docs",
    "a name, once this schema describes your API's error body": "Shop error",
    "what this group of errors is called": "Orders",
    "what these errors are about, in one sentence": "Reasons about orders.",
    "complete if all reasons of the group are listed here, else common": "common",
    "the HTTP status, such as 404": "404",
    "the canonical status, one of those in api.yaml": "NOT_FOUND",
    "why the API answers so": "There is no such thing.",
    "what helps": "List what there is and take the id from there.",
    "who can fix it (client, end-user, account-admin, platform, nobody or unknown)": "client",
    "whether to send it again (never, after-fix, after-delay, at-once or unknown)": "after-fix",
    "what the client did": "Looking up what is gone",
    "the message": "There is no such thing.",
    "the canonical status": "NOT_FOUND",
    "the HTTP status, a number without quotes": "404",
    "ALREADY_EXISTS or FAILED_PRECONDITION": "FAILED_PRECONDITION",
    "the value of Retry-After": '"30"',
    "title": "Not there",
    "domain": "library.example.com",
}


@pytest.fixture
def fill_in() -> Callable[..., None]:
    """Write a text in place of every mark in the files of a folder, as a person would."""

    def fill_in(folder: Path, reason: str = "ORDER_NOT_FOUND", **other: str) -> None:
        def text(found: re.Match[str]) -> str:
            written = other.get(found[1]) or TEXTS[found[1]]
            return written if "without quotes" in found[0] else found[0].replace(found[2], written)

        for path in folder.rglob("*.*"):
            before = path.read_text()
            after = re.sub(r'"?(?=<FILL IN ([^<>]*)>)(<[^>]*>)"?', text, before)
            path.write_text(after.replace("FILL_IN", reason))

    return fill_in


def _run(command: str, capsys: pytest.CaptureFixture[str]) -> str | None:
    """Run a command of the guide and return what it prints; None for one of another program."""
    match shlex.split(command):
        case ["reasonbook", *arguments]:
            main(arguments)
        case ["sphinx-build", *arguments]:
            assert build_main(arguments) == 0
        case ["python", script, ">", name]:
            Path(name).write_bytes(subprocess.check_output([sys.executable, script]))
        case ["sed", "-i", script, name]:
            _, old, new, _ = script.split("/")
            path = Path(name)
            path.write_text(path.read_text().replace(old, new))
        case _:
            return None
    return "".join(capsys.readouterr())


@pytest.fixture
def follow(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str], list[str]]:
    """Follow a page of the guide as a newcomer: write its files, run its commands.

    What they print is what the page shows. Returns the commands that were run.
    """

    def follow(page: str) -> list[str]:
        monkeypatch.chdir(tmp_path)
        ran = []
        for info, content in FENCE.findall((project / "source/guide" / page).read_text()):
            if caption := re.match(r":caption: (.+)\n\n", content):
                path = Path(caption[1])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content[caption.end() :])
                if path.suffix in (".yaml", ".yml"):
                    assert yaml.safe_load(path.read_text())
            commands = re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]
            for part in commands if info == "console" else ():
                command, _, said = part.partition("\n")
                printed = _run(command, capsys)
                if printed is None:
                    assert said == ""
                    continue
                ran.append(command)
                if said.endswith("...\n"):
                    assert printed.startswith(said.removesuffix("...\n"))
                else:
                    assert printed == said
        return ran

    return follow
