"""Regular expressions of a catalogue, which may be broken like anything that people write."""

from __future__ import annotations

import re

from .location import Location
from .problems import Problems, Rule


def compile_pattern(
    text: str, name: str, rule: Rule, at: Location, problems: Problems
) -> re.Pattern[str]:
    """Compile *text*; where it is no regular expression, say so and return one that fits all."""
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"{name} is no regular expression: {error}."
        problems.add(rule, at, message, "Correct the expression.")
        return re.compile(".*", re.DOTALL)
