"""Globs of files: ``*`` and ``?`` within a step of a path, ``**`` for any steps, ``{a,b}``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\{[^{}/]*\}")
_MEANING = {"**/": "(?:[^/]+/)*", "**": r"[\s\S]*", "*": "[^/]*", "?": "[^/]"}


def glob_pattern(globs: Iterable[str]) -> str:
    """Return the regular expression of the paths, with slashes, that any of some globs fits."""
    return "|".join(_pattern(glob.removeprefix("./")) for glob in globs)


def _pattern(glob: str) -> str:
    made, end = "", 0
    for part in _PART.finditer(glob):
        made += re.escape(glob[end : part.start()]) + _meaning(part[0])
        end = part.end()
    return made + re.escape(glob[end:])


def _meaning(part: str) -> str:
    if part.startswith("{"):
        return f"(?:{'|'.join(map(_pattern, part[1:-1].split(',')))})"
    return _MEANING[part]
