"""A catalogue with its history: a real repository of git, whatever the machine's configuration."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reasonbook.cli.main import main

#: What the machine has configured does not matter, and there is an author.
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
} | {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "test"), ("EMAIL", "test@example.com"))
}


class Repo:
    """A repository whose working directory is ``root``; the catalogue is in ``catalogue``."""

    def __init__(self, root: Path, catalogue: str = "catalogue") -> None:
        self.root, self.catalogue = root, root / catalogue

    def git(self, *arguments: str) -> str:
        """Run git; return what it prints."""
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "a change") -> str:
        """Commit everything; return the commit."""
        self.git("add", "-A")
        self.git("commit", "-qm", message, "--allow-empty")
        return self.git("rev-parse", "HEAD")

    def write(self, path: str, text: str) -> Path:
        """Write a file in the repository."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def put(self, path: str, old: str, new: str) -> None:
        """Replace a text in a file of the catalogue."""
        file = self.catalogue / path
        text = file.read_text()
        assert old in text, f"{old!r} is not in {file.name}"
        file.write_text(text.replace(old, new, 1))

    def drop(self, api: str = "shop") -> None:
        """Drop CARD_DECLINED from the YAML and, where it has a line there, from the ledger."""
        payments = self.catalogue / api / "payments.yaml"
        payments.write_text(payments.read_text().partition("reasons:")[0] + "reasons: []\n")
        ledger = self.catalogue / api / "published.json"
        if ledger.exists():
            data = json.loads(ledger.read_text(encoding="utf-8-sig"))
            data["reasons"].pop("CARD_DECLINED", None)
            ledger.write_text(json.dumps(data))

    def check(self, base: str, *more: str) -> int:
        """Check the catalogue against a base."""
        return main(["check", os.path.relpath(self.catalogue), f"--against={base}", *more])


@pytest.fixture
def plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the configuration of the machine from git, and give it an author."""
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def first_commit(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository to copy, with two published APIs in the first commit of the branch main."""
    repo = Repo(tmp_path_factory.mktemp("first") / "repo")
    for api in ("shop", "bank"):
        shutil.copytree(project / "tests/corpus/base/shop", repo.catalogue / api)
    repo.put("bank/api.yaml", "api: shop", "api: bank")
    assert main(["publish", str(repo.catalogue), "--date", "2026-01-01"]) == 0
    with pytest.MonkeyPatch.context() as patch:
        for name, value in GIT.items():
            patch.setenv(name, value)
        repo.git("init", "-q", "-b", "main")
        repo.commit("first")
    return repo.root


@pytest.fixture
def repo(
    first_commit: Path, tmp_path: Path, plain_git: None, monkeypatch: pytest.MonkeyPatch
) -> Repo:
    """Two published APIs, shop and bank, in the first commit of the branch main."""
    repo = Repo(shutil.copytree(first_commit, tmp_path / "repo"))
    monkeypatch.chdir(repo.root)
    return repo
