"""What a malformed reason was meant as, so that its one fault does not echo through the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.characters import latin, visible
from reasonbook.text.patterns import compile_pattern

_GAP = re.compile(r"[\s-]+")


def meant_reasons(names: Iterable[str], form: str) -> dict[str, str]:
    """Return each name that is not of the *form* of reasons, by the reason that it looks like."""
    # Whether the form itself is broken is told elsewhere.
    pattern = compile_pattern(form, "", Rule.REASON_FORMAT, Location(""), Problems())
    found: dict[str, str] = {}
    for name in names:
        if name.isascii() and pattern.fullmatch(name):
            continue
        seen = latin(visible(name))
        look = _GAP.sub("_", seen)
        for meant in (seen, look, look.upper(), look.lower()):
            if meant.isascii() and pattern.fullmatch(meant):
                found.setdefault(meant, name)
                break
    return found
