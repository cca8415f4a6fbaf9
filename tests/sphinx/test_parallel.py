"""Builds by one process and by several; each process has its own order of sets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

ROOT = Path(__file__).parents[2]


def test_a_reason_on_a_page_that_another_process_read_is_linked(
    new_project: Callable[..., Project],
) -> None:
    project = new_project(
        "reasonbook_pages = 'none'",
        index__rst="Sample\n======\n\nSee :err:reason:`alpha/FIRST_FAULT`.\n",
        shown__rst=":orphan:\n\nShown\n=====\n\n.. reason:: alpha/FIRST_FAULT\n",
    )
    page = project.build("-j", "2").page("index.html")
    assert 'href="shown.html#FIRST_FAULT"' in page


def test_what_another_process_asked_is_known_to_the_next_build(
    new_project: Callable[..., Project],
) -> None:
    project = new_project()
    project.edit("alpha/two.yaml", lambda d: d.update(summary="Soon there is `NEW_FAULT`."))
    project.edit("alpha/api.yaml", lambda api: api.update(terms=["NEW_FAULT"]))
    project.build("-j", "2")
    project.edit("alpha/one.yaml", lambda d: d["reasons"].append(project.reason("NEW_FAULT")))
    assert "alpha/two" in project.build("-j", "1").read


def start(folder: Path, jobs: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-j", jobs, "-n", "-W", "-c", "."]
    command += ["-d", str(folder / "doctrees"), "source", str(folder / "site")]
    seed = {"PYTHONHASHSEED": jobs}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, bytes]]]:
    """For one job and for two: what Sphinx said, and every file of the site."""
    folders = {jobs: tmp_path_factory.mktemp(f"jobs-{jobs}") for jobs in ("1", "2")}
    builds = {jobs: start(folder, jobs) for jobs, folder in folders.items()}
    said = {jobs: build.communicate(timeout=120)[0] for jobs, build in builds.items()}
    for jobs, build in builds.items():
        assert build.returncode == 0, said[jobs]
    return [(said[jobs], files(folder / "site")) for jobs, folder in folders.items()]


@pytest.mark.parametrize("phase", ["reading sources", "writing output"])
def test_two_jobs_share_the_work(sites: list[tuple[str, dict[str, bytes]]], phase: str) -> None:
    """Sphinx names the first and the last document of what it hands to a process."""
    handed_out = re.compile(rf"{phase}\.\.\. \[ *\d+%\] \S+ \.\. \S+")
    assert [bool(handed_out.search(said)) for said, _ in sites] == [False, True]


def test_two_jobs_write_the_same_files(sites: list[tuple[str, dict[str, bytes]]]) -> None:
    (_, one), (_, two) = sites
    assert one.keys() == two.keys()
    assert "voipbin/reasons/CALL_NOT_FOUND.html" in one


def test_two_jobs_write_the_same_bytes(sites: list[tuple[str, dict[str, bytes]]]) -> None:
    (_, one), (_, two) = sites
    assert [name for name in one if one[name] != two[name]] == []
