"""The guide "From what you have": every source comes in, and prints what the page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reasonbook.cli.main import main


def test_every_source_comes_in_as_the_guide_shows_it(follow: Callable[[str], list[str]]) -> None:
    ran = follow("import.md")
    assert len([command for command in ran if command.startswith("reasonbook import")]) == 7
    text = Path("catalogue/sheet-shop/general.yaml").read_text()
    assert "and does not say why." in text
    assert "http: 410" in text
    assert main(["check"]) == 0
