"""The Makefile sets up its environment once, whoever asks; nothing is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: Stands in for Python: notes what it is told, makes a folder that holds itself for an environment,
#: and is slow enough for two to meet.
PYTHON = """#!/bin/sh
case "$*" in
*" venv "*)
    echo venv >> log
    rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*" pip "*)
    echo pip >> log
    sleep 0.5
    : > .venv/installed ;;
*"import reasonbook"*)
    echo import >> log
    test -e .venv/installed && test ! -e broken ;;
*fcntl*)
    exec {python} "$@" ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path, project: Path) -> Path:
    shutil.copy(project / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    python = tmp_path / "python"
    python.write_text(PYTHON.replace("{python}", sys.executable))
    python.chmod(0o755)
    return tmp_path


def make(clone: Path, target: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    return subprocess.Popen(
        ["make", f"PYTHON={clone / 'python'}", target],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def log(clone: Path) -> list[str]:
    return (clone / "log").read_text().split()


def test_two_at_once_set_up_once(clone: Path) -> None:
    both = [make(clone, ".venv/package.stamp") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert log(clone) == ["venv", "pip", "pip", "import"]


def test_what_cannot_be_imported_is_set_up_again(clone: Path) -> None:
    (clone / "broken").touch()
    process = make(clone, ".venv/package.stamp")
    process.communicate(timeout=60)
    assert process.returncode != 0
    (clone / "broken").unlink()
    process = make(clone, ".venv/package.stamp")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert log(clone) == ["venv", "pip", "pip", "import", "pip", "import"]


def test_what_is_there_is_left_alone(clone: Path) -> None:
    for _ in range(2):
        said, _ = make(clone, ".venv/test.stamp").communicate(timeout=60)
    assert log(clone) == ["venv", "pip", "pip", "import", "pip", "pip"], said
