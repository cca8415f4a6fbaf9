"""Which paths a glob fits."""

from __future__ import annotations

import re

import pytest

from reasonbook.auditing.source.globs import glob_pattern


@pytest.mark.parametrize(
    ("globs", "fitting", "others"),
    [
        (["**/*.go"], ["a.go", "a/b.go", "a/b/c.go"], ["a.goo", "a.go/b"]),
        (["*.go"], ["a.go", ".go"], ["a/b.go"]),
        (["src/**"], ["src/a", "src/a/b"], ["src", "asrc/a"]),
        (["**/vendor/**"], ["vendor/a", "a/vendor/b/c"], ["avendor/b"]),
        (["**/*.{ts,tsx}"], ["a.ts", "a/b.tsx"], ["a.js", "a.tsxx"]),
        (["**/{test_*,conftest}.py"], ["test_a.py", "a/conftest.py"], ["a/test/b.py"]),
        (["./a?.go"], ["ab.go"], ["a.go", "a/.go"]),
        (["a+b (1)/[c].go"], ["a+b (1)/[c].go"], ["aab (1)/c.go"]),
        (["a.go", "b.go"], ["a.go", "b.go"], ["c.go"]),
    ],
)
def test_it_fits(globs: list[str], fitting: list[str], others: list[str]) -> None:
    pattern = re.compile(glob_pattern(globs))
    assert [path for path in [*fitting, *others] if pattern.fullmatch(path)] == fitting
