"""The catalogue whose histories the tests play."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main

from .history import History


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue with its ledger, of January 10; nobody edits it."""
    folder = tmp_path_factory.mktemp("till") / "catalogue"
    shutil.copytree(Path(__file__).parent / "catalogue", folder)
    assert main(["publish", str(folder), "--date", "2026-01-10"]) == 0
    return folder


@pytest.fixture
def history(
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> History:
    """A repository with the published catalogue in its only commit."""
    folder = shutil.copytree(published, tmp_path / "catalogue")
    monkeypatch.chdir(folder)
    return History(folder, capsys)
