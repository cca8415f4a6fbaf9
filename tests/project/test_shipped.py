"""What serves this project only is beside the package, which does without it."""

from __future__ import annotations

import re
from pathlib import Path

import reasonbook


def test_the_package_imports_nothing_of_the_project() -> None:
    files = Path(reasonbook.__file__).parent.rglob("*.py")
    imports = re.compile(r"^\s*(from|import) project\b", re.MULTILINE)
    assert [path.name for path in files if imports.search(path.read_text())] == []
