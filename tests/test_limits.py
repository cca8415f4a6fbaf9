"""Every bound is in one module, with its reason, and is used."""

from __future__ import annotations

import re
from pathlib import Path

from reasonbook import limits

PACKAGE = Path(limits.__file__).parent
NAMES = {name for name in vars(limits) if name.isupper()}


def test_every_bound_is_used_and_every_one_that_is_used_is_there() -> None:
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = {name for text in texts for name in re.findall(r"\blimits\.([A-Z_]+)\b", text)}
    assert used == {*NAMES, "NAME"}  # which the module's own docstring says


def test_every_bound_says_its_reason_or_what_it_counts() -> None:
    text = Path(limits.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+) = .+  # \S", text, flags=re.MULTILINE)) == NAMES


def test_no_other_module_has_a_bound_of_its_own() -> None:
    own = re.compile(
        r"^_?(?:MAX|MOST|LONGEST)_?[A-Z_]*(?:: \w+)? = |^[A-Z_]+_LIMIT = ", re.MULTILINE
    )
    found = {path.name for path in PACKAGE.rglob("*.py") if own.search(path.read_text("utf-8"))}
    assert found == set()
