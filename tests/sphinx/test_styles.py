"""One scale for the room between things, in the styles of the package and of this site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLES = [*(ROOT / "_ext/reasonbook/sphinx/static").glob("*.css"), ROOT / "source/_static/site.css"]
SCALE = {"0.125", "0.25", "0.5", "0.75", "1", "1.5"}
#: Room that is kept for something: below a bar, beside a button.
KEPT = {"2.75", "5"}
SPACING = re.compile(r"(?<![\w-])(?:(?:margin|padding)[\w-]*|(?:\w+-)?gap): ([^;]+);")


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_spacing_is_of_one_scale(style: Path) -> None:
    said = " ".join(SPACING.findall(style.read_text()))
    used = {*re.findall(r"([\d.]+)r?em", said)}
    assert used <= SCALE | KEPT
    assert used
