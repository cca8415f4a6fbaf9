"""What a preset of ``code_scan`` stands for: files of a language, and how they name a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Preset(NamedTuple):
    """The files of a language, and what in them is a reason if it has the form of one."""

    files: tuple[str, ...]
    except_files: tuple[str, ...]
    pattern: re.Pattern[str]


def _literal(quote: str) -> re.Pattern[str]:
    """Return what a word in quotes fits. None is used up: what is no word may end with one."""
    return re.compile(rf"(?<={quote})(?P<reason>[^{quote[1:-1]}\s]+)(?={quote})")


_VENDORED = ("**/vendor/**", "**/node_modules/**")

PRESETS: Mapping[str, Preset] = {
    "go": Preset(
        ("**/*.go",),
        ("**/*_test.go", "**/testdata/**", *_VENDORED),
        _literal('["`]'),
    ),
    "java": Preset(
        ("**/*.{java,kt}",),
        ("**/src/test/**", "**/*Test.{java,kt}", "**/build/**", "**/target/**", *_VENDORED),
        _literal('["]'),
    ),
    "typescript": Preset(
        ("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",),
        ("**/*.{test,spec}.*", "**/__tests__/**", "**/*.d.ts", "**/dist/**", *_VENDORED),
        _literal("""["'`]"""),
    ),
    "python": Preset(
        ("**/*.py",),
        (
            "**/{test_*,*_test,conftest}.py",
            "**/tests/**",
            "**/{venv,.venv,site-packages}/**",
            *_VENDORED,
        ),
        _literal("""["']"""),
    ),
    # The value 0 means that none was given.
    "proto": Preset(
        ("**/*.proto",),
        _VENDORED,
        re.compile(
            r"(?:^|[{;])[ \t]*(?P<reason>\w+)[ \t]*=[ \t]*(?:-?[1-9]|0[xX]0*[1-9a-fA-F])",
            re.MULTILINE,
        ),
    ),
}
