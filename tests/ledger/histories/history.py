"""A repository with a published catalogue, in which tests play histories, commit by commit."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.cli.main import main

Edit = Callable[["History"], None]
Finding = tuple[str, str]  # the rule, and the line that it names; of a ledger its key
FINDING = re.compile(r"^(\S+?):(\d+):(\d+): error\[([a-z-]+)\]: (.*)", re.MULTILINE)


class History:
    """A repository whose last commit is the base of the next change."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.api = folder / "till"
        self.notes = ""
        self._git("init", "-q")
        self.commit()

    def _git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
        command = ["git", *identity, "-c", "gc.auto=0", *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def commit(self) -> None:
        """Make what is there the base of the next change."""
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "a change")

    def check(self) -> list[Finding]:
        """Check the change under review beside the last commit."""
        self._capsys.readouterr()
        code = main(["check", ".", "--against", "HEAD"])
        out, err = self._capsys.readouterr()
        told = (line for line in err.splitlines() if ": note: Compared with " not in line)
        self.notes = "\n".join(told)
        found = [
            (rule, self._line(path, int(line))) for path, line, _, rule, _ in FINDING.findall(out)
        ]
        assert code == (1 if found else 0), out + self.notes
        self.said = out
        return found

    def _line(self, path: str, line: int) -> str:
        lines = (self.folder / path).read_text().splitlines() if Path(path).is_file() else []
        text = lines[line - 1].strip() if lines else ""
        key = re.match('"([^"]+)": ', text) if path.endswith(".json") else None
        return key[1] if key else text

    def pass_(self, *edits: Edit) -> None:
        """Play a commit that is allowed."""
        for edit in edits:
            edit(self)
        assert self.check() == [], self.said
        self.commit()

    def publish(self, day: str) -> int:
        """Make a release."""
        return main(["publish", ".", "--date", day])


def put(file: str, old: str, new: str) -> Edit:
    """Replace a text that is in a file once."""

    def edit(history: History) -> None:
        path = history.api / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))

    return edit


def everywhere(old: str, new: str) -> Edit:
    """Replace a text in every file, the ledger included."""

    def edit(history: History) -> None:
        for path in history.api.iterdir():
            path.write_text(path.read_text().replace(old, new))

    return edit


def drop(reason: str) -> Edit:
    """Remove a reason, with all that belongs to it."""

    def edit(history: History) -> None:
        for path in history.api.glob("*.yaml"):
            text = path.read_text()
            block = rf"  - reason: {reason}\n(?:(?!  - reason: ).*\n)*"
            path.write_text(re.sub(block, "", text))

    return edit


def ledger(change: Callable[[Any], object]) -> Edit:
    """Edit the ledger by hand, in the form that ``publish`` writes."""

    def edit(history: History) -> None:
        path = history.api / "published.json"
        data = json.loads(path.read_text())
        change(data)
        path.write_text(json.dumps(data, indent=1))

    return edit


def entry(reason: str, **values: Any) -> Edit:
    """Edit an entry of the ledger by hand."""
    return ledger(lambda data: data["reasons"][reason].update(values))


def release(day: str) -> Edit:
    """Publish as a part of a change; it must work."""

    def edit(history: History) -> None:
        assert history.publish(day) == 0, day

    return edit
