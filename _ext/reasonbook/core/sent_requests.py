"""Which requests belong to which operations, whose paths have names in braces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def fits(request: str, operations: Iterable[str]) -> bool:
    """Tell whether a request is one of some operations; its query counts for nothing."""
    return _any_of(tuple(operations)).fullmatch(request.partition("?")[0]) is not None


@lru_cache(maxsize=4096)
def _any_of(operations: tuple[str, ...]) -> re.Pattern[str]:
    """Return the form of a request to any of some operations, made once for all examples."""
    return re.compile("|".join(map(_form, operations)) or "(?!)")


def _form(operation: str) -> str:
    return "[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", operation)))
