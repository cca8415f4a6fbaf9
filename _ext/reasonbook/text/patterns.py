"""Regular expressions of a catalogue, which may be broken like anything that people write.

Python's own engine may never finish with a short text; this one takes time in proportion to it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import jsonschema_rs

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule

Validator = jsonschema_rs.Draft202012Validator

_LINEAR = jsonschema_rs.RegexOptions(size_limit=limits.PATTERN_BYTES)
_ANYTHING = r"[\s\S]*"


@dataclass(frozen=True)
class Pattern:
    """A regular expression that whole texts match."""

    _validator: Validator

    def fullmatch(self, text: str) -> bool:
        """Tell whether all of *text* matches; half a surrogate pair matches nothing."""
        try:
            return self._validator.is_valid(text)
        except UnicodeEncodeError:
            return False


def compile_pattern(text: str, name: str, rule: Rule, at: Location, problems: Problems) -> Pattern:
    """Compile *text*; where that cannot be done, say so and return one that fits all."""
    try:
        return _compile(text)
    except ValueError:  # a ValidationError too, and half a surrogate pair
        problems.add(
            rule,
            at,
            f"{name} is not a regular expression that can be matched in linear time.",
            "Correct it; it may be broken, too large, look around, or refer back to a group.",
        )
        return _compile(_ANYTHING)


@functools.cache
def _compile(text: str) -> Pattern:
    Validator({"pattern": text}, pattern_options=_LINEAR)  # alone: no bracket may close the group
    return Pattern(Validator({"pattern": f"^(?:{text})$"}, pattern_options=_LINEAR))


@functools.cache
def name_matcher(pattern: str) -> Validator:
    """Return what tells whether a name has *pattern* in it, just as schemas do.

    The engine of schemas can look around and refer back, and gives up after too many steps.
    """
    return Validator({"pattern": pattern})
