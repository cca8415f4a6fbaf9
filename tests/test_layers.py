"""Sphinx stays at the rim, and imports go one way through the rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reasonbook

PACKAGE = Path(reasonbook.__file__).parent
# The way of the data: each room imports only those before it.
ROOMS = (
    "limits",
    "recording",
    "diagnostics",
    "text",
    "schema",
    "format",
    "catalogue",
    "rules",
    "examples",
    "ledger",
    "checking",
    "render",
    "mock",
    "editing",
    "importing",
    "explaining",
    "auditing",
    "cli",
    "pytest_plugin",
    "sphinx",
    "site",
)
RIM = ("sphinx", "site")
# Beside the rim, one reader needs docutils, which it imports late: tables in reStructuredText.
READS_BY_DOCUTILS = "importing/readers/rst_table.py"
# What joins the rooms: the package itself, and `python -m reasonbook`.
DOORS = ("__init__", "__main__")


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room not in DOORS:
            yield room, path


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, also late, and also only for types."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_is_on_the_way() -> None:
    assert {room for room, _ in modules()} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_before_it(room: str) -> None:
    after = ROOMS[ROOMS.index(room) + 1 :]
    upward = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for its_room, path in modules()
        if its_room == room
        for name in imported(path)
        if name.startswith("reasonbook.") and name.split(".")[1] in after
    ]
    assert upward == []


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in RIM])
def test_what_is_not_the_rim_names_no_sphinx(room: str) -> None:
    foreign = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for its_room, path in modules()
        if its_room == room
        for name in imported(path)
        if name.split(".")[0].startswith(("sphinx", "docutils", "myst"))
        and not (name.startswith("docutils") and path == PACKAGE / READS_BY_DOCUTILS)
    ]
    assert foreign == []


def test_the_command_line_runs_where_sphinx_is_not() -> None:
    code = (
        "import sys; import reasonbook.cli.main; "
        "print([n for n in sys.modules if n.startswith(('sphinx', 'docutils', 'myst'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PACKAGE.parent)},
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
