"""What a preset of ``code_scan`` stands for: files of a language, and how they name a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: Takes the place of the form of the reasons of an API.
REASON = "REASON"


class Preset(NamedTuple):
    """The files of a language, and the regular expression of what may be a reason in them."""

    files: tuple[str, ...]
    except_files: tuple[str, ...]
    pattern: str


_VENDORED = ("**/vendor/**", "**/node_modules/**")

PRESETS: Mapping[str, Preset] = {
    "go": Preset(
        ("**/*.go",),
        ("**/*_test.go", "**/testdata/**", *_VENDORED),
        rf'["`](?P<reason>{REASON})["`]',
    ),
    "java": Preset(
        ("**/*.{java,kt}",),
        ("**/src/test/**", "**/*Test.{java,kt}", "**/build/**", "**/target/**", *_VENDORED),
        rf'"(?P<reason>{REASON})"',
    ),
    "typescript": Preset(
        ("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",),
        ("**/*.{test,spec}.*", "**/__tests__/**", "**/*.d.ts", "**/dist/**", *_VENDORED),
        rf"""["'`](?P<reason>{REASON})["'`]""",
    ),
    "python": Preset(
        ("**/*.py",),
        (
            "**/{test_*,*_test,conftest}.py",
            "**/tests/**",
            "**/{venv,.venv,site-packages}/**",
            *_VENDORED,
        ),
        rf"""["'](?P<reason>{REASON})["']""",
    ),
    # The value 0 means that none was given.
    "proto": Preset(
        ("**/*.proto",),
        _VENDORED,
        rf"(?m)^[ \t]*(?P<reason>{REASON})[ \t]*=[ \t]*[1-9]",
    ),
}
