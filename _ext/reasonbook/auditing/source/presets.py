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


_VENDORED = ("**/vendor/**", "**/node_modules/**")

PRESETS: Mapping[str, Preset] = {
    "go": Preset(
        ("**/*.go",),
        ("**/*_test.go", "**/testdata/**", *_VENDORED),
        re.compile(r'["`](?P<reason>[^"`\s]+)["`]'),
    ),
    "java": Preset(
        ("**/*.{java,kt}",),
        ("**/src/test/**", "**/*Test.{java,kt}", "**/build/**", "**/target/**", *_VENDORED),
        re.compile(r'"(?P<reason>[^"\s]+)"'),
    ),
    "typescript": Preset(
        ("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",),
        ("**/*.{test,spec}.*", "**/__tests__/**", "**/*.d.ts", "**/dist/**", *_VENDORED),
        re.compile(r"""["'`](?P<reason>[^"'`\s]+)["'`]"""),
    ),
    "python": Preset(
        ("**/*.py",),
        (
            "**/{test_*,*_test,conftest}.py",
            "**/tests/**",
            "**/{venv,.venv,site-packages}/**",
            *_VENDORED,
        ),
        re.compile(r"""["'](?P<reason>[^"'\s]+)["']"""),
    ),
    # The value 0 means that none was given.
    "proto": Preset(
        ("**/*.proto",),
        _VENDORED,
        re.compile(r"^[ \t]*(?P<reason>\w+)[ \t]*=[ \t]*[1-9]", re.MULTILINE),
    ),
}
