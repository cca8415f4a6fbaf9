"""What the tests share: places, a catalogue to spoil, and what is done once for all of them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
#: Folders in which most tests build a site; `make test-fast` leaves them out.
BUILDING = [
    ROOT / "tests" / name for name in ("package", "project", "site", "site_extension", "sphinx")
]
#: Tables of which tests record the rows, with their titles.
PRINTED = {
    "reached": "what pages and searches reach: measured, value, bound",
    "mutants": "mutants of the examples: tried, refused",
    "recovery": "recovery by the remedies: reason, request, steps, outcome",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(folder in item.path.parents for folder in BUILDING):
            item.add_marker("builds")


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> Iterator[None]:
    """Keep from the tests what a CI machine sets: it would colour and move what they compare.

    A fixture, since pytest itself has chosen its colours by then.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        colours = ("CI", "FORCE_COLOR", "FORCE_COLOUR")
        for name in (*colours, "GITHUB_WORKSPACE", "REASONBOOK_SITE_URL"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def reached(record_property: Callable[[str, object], None]) -> Callable[[str, str, str], None]:
    """Record a number that is measured, and what it may be at most or has to be at least."""
    return lambda what, value, bound: record_property("reached", f"{what:56} {value:>16}   {bound}")


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the whole project."""
    return ROOT


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Any]], Any]:
    """Do something costly once; the workers of pytest-xdist share what it returns, as JSON.

    What is done gets a folder of its own.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def run(name: str, work: Callable[[Path], Any]) -> Any:
        result = shared / f"{name}.json"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not result.exists():
                folder = shared / name
                folder.mkdir(exist_ok=True)
                result.write_text(json.dumps(work(folder)))
        return json.loads(result.read_text())

    return run


def npm_packages(folder: Path) -> Path:
    """Install what the package-lock.json of a folder names, unless it is there already."""
    lock = (folder / "package-lock.json").read_text()
    done = folder / "node_modules/installed.json"
    if not done.exists() or done.read_text() != lock:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        done.write_text(lock)
    return folder / "node_modules"


@pytest.fixture(scope="session")
def npm_tools(once: Callable[[str, Callable[[Path], Any]], Any]) -> Callable[[str], Path]:
    """Install the npm packages of a folder of the tests."""

    def installed(name: str) -> Path:
        tools = ROOT / "tests" / name
        once(f"npm_{name}", lambda _: str(npm_packages(tools)))
        return tools

    return installed


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the scripts of the site to where node takes them for modules."""
    folder = tmp_path_factory.mktemp("scripts")
    shutil.copytree(ROOT / "_ext/reasonbook/sphinx/static", folder, dirs_exist_ok=True)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


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
    said = [pair for report in reports for pair in report.user_properties]
    for name, title in PRINTED.items():
        if rows := [text for which, text in said if which == name]:
            terminalreporter.section(title)
            terminalreporter.write("".join(f"{row}\n" for row in rows))
