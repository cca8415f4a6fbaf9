"""A long check says how far it is: to people at a terminal only, and the result stands alone."""

from __future__ import annotations

import itertools
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reasonbook

RUN = """
import sys
from reasonbook import limits
limits.PROGRESS_SECONDS, limits.PROGRESS_INTERVAL_SECONDS = float(sys.argv[1]), 0
from reasonbook.cli.main import main
sys.exit(main(["check", *sys.argv[2:]]))
"""


@pytest.fixture
def folder(shop: Path) -> Path:
    """The folder beside the catalogue, where people stand."""
    return shop.parent


def run(folder: Path, *arguments: str, terminal: bool) -> str:
    """Return all that a check writes, to a terminal or into a pipe."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(reasonbook.__file__).parents[1])},
        stdout=writer,
        stderr=writer,
    ):
        os.close(writer)
        written = b""
        try:
            while read := os.read(reader, 65536):
                written += read
        except OSError:  # how Linux says that the other end of a terminal is closed
            pass
    os.close(reader)
    return written.decode().replace("\r\n", "\n")


def test_people_see_how_far_a_long_check_is(folder: Path) -> None:
    written = run(folder, "0", terminal=True)
    shown = [text.rstrip() for text in written.split("\r")]
    assert "Reading domains of shop: 2 of 2" in shown
    assert "Checking reasons of shop: 1 of 2" in shown
    assert "Checking examples of shop: 3 of 3" in shown


def test_the_line_is_gone_when_the_result_comes(folder: Path) -> None:
    *lines, blank, result = run(folder, "0", terminal=True).split("\r")
    assert result.endswith(": clean\n")
    assert blank == " " * len(lines[-1])
    for before, after in itertools.pairwise(lines[1:]):
        assert len(after) >= len(before.rstrip())  # nothing of a longer line is left


def test_a_short_check_shows_nothing_but_the_result(folder: Path) -> None:
    assert re.fullmatch(r"[^\r\n]*: clean\n", run(folder, "600", terminal=True))


def test_nothing_of_it_is_in_a_pipe(folder: Path) -> None:
    assert re.fullmatch(r"[^\r\n]*: clean\n", run(folder, "0", terminal=False))


@pytest.mark.parametrize("form", ["json", "github"])
def test_nothing_of_it_is_in_what_programs_read(folder: Path, form: str) -> None:
    assert "Reading" not in run(folder, "0", "--format", form, terminal=True)
