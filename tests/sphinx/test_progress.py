"""A long build says how far it is, to people at a terminal only."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

CONF = """
project = "Sample"
extensions = ["reasonbook"]
html_theme = "alabaster"
"""
RUN = """
import sys
from reasonbook import limits
limits.PROGRESS_SECONDS = limits.PROGRESS_INTERVAL_SECONDS = 0
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
pytestmark = pytest.mark.builds


def run(project: Project, *options: str, terminal: bool) -> str:
    """Return all that a build writes, to a terminal or into a pipe."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    arguments = [*options, "-E", str(project.source), str(project.folder / "output")]
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments], stdout=writer, stderr=writer, cwd=project.folder
    ) as build:
        os.close(writer)
        written = b""
        try:
            while read := os.read(reader, 65536):
                written += read
        except OSError:  # how Linux says that the other end of a terminal is closed
            pass
    os.close(reader)
    assert build.returncode == 0, written.decode()
    return written.decode()


@pytest.fixture
def project(new_project: Callable[..., Project]) -> Project:
    return new_project(CONF, index__rst="Sample\n======\n\n.. api-list::\n   :toctree:\n")


def test_people_see_how_far_a_long_build_is(project: Project) -> None:
    written = run(project, terminal=True)
    for doing in ("Checking reasons", "Writing reason pages", "Writing files for agents"):
        assert f"\r{doing}" in written


@pytest.mark.parametrize(("options", "terminal"), [([], False), (["-q"], True)])
def test_nothing_of_it_is_in_a_pipe_or_in_a_quiet_build(
    project: Project, options: list[str], terminal: bool
) -> None:
    written = run(project, *options, terminal=terminal)
    assert "Writing files for agents" not in written
