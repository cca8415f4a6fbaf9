"""What the tests of the core share: places, and a catalogue to spoil."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from reasonbook.cli.main import TRACEBACK_VARIABLE
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problem

# What would be an internal error for users is a failing test here.
os.environ[TRACEBACK_VARIABLE] = "1"

# The same inputs in every run: what fails in CI fails at the desk.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> Iterator[None]:
    """Keep from the tests what a CI machine sets: it would colour and move what they compare.

    A fixture, since pytest itself has chosen its colours by then.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        for name in ("CI", "FORCE_COLOR", "FORCE_COLOUR", "REASONBOOK_SITE_URL"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the whole project."""
    return ROOT


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the smallest valid catalogue, which is the working directory."""
    folder = shutil.copytree(ROOT / "tests/corpus/base", tmp_path / "catalogue")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def warning() -> Problem:
    """A finding that only asks for attention, under a rule of the test's own."""

    class Rule:
        label, severity = "test-warning", "warning"

    Rule.value = Rule
    return Problem(Location("shop/api.yaml", 3, 5), Rule, "It is old.", "Write it anew.")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests counted, here, since the workers of xdist have no terminal."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    rows = [text for r in reports for name, text in r.user_properties if name == "mutants"]
    if rows:
        terminalreporter.section("mutants of the examples: tried, refused")
        terminalreporter.write("".join(f"{row}\n" for row in rows))
