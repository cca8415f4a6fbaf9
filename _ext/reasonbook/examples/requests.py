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
    """Return the form of a request; ``{p+}``, ``{*p}`` and ``{name=...}`` may hold slashes."""
    fixed_and_names = re.split(r"\{([^}]*)\}", operation)
    return "".join(
        re.escape(part) if index % 2 == 0 else ".+" if re.search(r"[+*=]", part) else "[^/]+"
        for index, part in enumerate(fixed_and_names)
    )
