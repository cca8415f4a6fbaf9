"""The package as strangers get it: built, and installed where nothing else is.

Nothing is fetched here: pip takes what is needed from the folder that the Makefile has filled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..cli.conftest import fill_in

__all__ = ["fill_in"]

WHEELS = Path(sys.prefix, "wheels")
AUTHOR = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
#: What would lead a program back to the environment of the tests.
OURS = ("PIP_", "VIRTUAL_ENV", "PYTHONPATH", "PYTEST_", "COV_", "GIT_")


class Shell:
    """A folder of somebody who has Python, git and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: text for name, text in os.environ.items() if not name.startswith(OURS)}
        self.environment = kept | {
            "PATH": f"{folder}/.venv/bin:{sys.base_prefix}/bin:{os.environ['PATH']}",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": str(WHEELS),
            "PIP_NO_COMPILE": "1",
            "PIP_NO_INDEX": "1",
            "PRE_COMMIT_HOME": str(folder / ".pre-commit"),
        }

    def run(self, command: str, code: int = 0) -> str:
        """Run a line as bash does; return all that it prints."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{command}\n{done.stdout}"
        return done.stdout


def commit(folder: Path, message: str) -> str:
    """Commit all of a folder; return the commit."""
    for arguments in (["add", "-A"], ["commit", "-q", "--no-verify", "-m", message]):
        subprocess.run(["git", *AUTHOR, *arguments], cwd=folder, check=True)
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def clone(once: Callable[[str, Callable[[Path], Any]], Any], project: Path) -> Path:
    """A repository with the files of this one as they are now."""

    def work(folder: Path) -> str:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=project, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        for name in filter(None, listed.split("\0")):
            if (project / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(project / name, folder / name)
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        commit(folder, "All of it")
        return str(folder)

    return Path(once("clone", work))


@pytest.fixture(scope="session")
def built(once: Callable[[str, Callable[[Path], Any]], Any], clone: Path) -> Path:
    """A folder with the source distribution, and the wheel that was made from it."""

    def work(folder: Path) -> str:
        source = shutil.copytree(clone, folder / "source")
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist"]
        subprocess.run([*command, source], check=True, capture_output=True)
        return str(folder / "dist")

    return Path(once("built", work))


@pytest.fixture
def shell(tmp_path: Path, clone: Path) -> Shell:
    """A folder with a clone beside what is one's own, as the README assumes."""
    shutil.copytree(clone, tmp_path / "reasonbook")
    return Shell(tmp_path)
