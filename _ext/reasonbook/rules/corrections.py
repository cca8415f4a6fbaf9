"""Rules for corrections: each names a key of a reason, and a value that it no longer has."""

from __future__ import annotations

from typing import Any

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Deprecation, Reason, Remedy
from reasonbook.format.record import keys_of

#: The keys of a reason, with those of the records inside it that can be wrong one by one.
KEYS = (
    *keys_of(Reason).values(),
    *(f"remedy.{key}" for key in keys_of(Remedy).values()),
    *(f"deprecated.{key}" for key in keys_of(Deprecation).values()),
)


def check_corrections(_: Api, reason: Reason, problems: Problems) -> None:
    """Report corrections of what is not a key, or still is as it was."""
    last = {each.key_: each for each in reason.corrections}
    for each in reason.corrections:
        if not each.is_sound("key"):
            continue
        if each.key_ not in KEYS:
            problems.add(
                Rule.CORRECTION,
                each.at("key"),
                f"{each.key_} is not a key of a reason.",
                did_you_mean(nearest(each.key_, KEYS)),
            )
        # What was corrected may be corrected again, and then be as it was at first.
        elif last[each.key_] is each and _value(reason, each.key_) == each.was:
            problems.add(
                Rule.CORRECTION,
                each.at("was"),
                f"{each.key_} of {reason.name} is still what it was: {each.was}.",
                "Correct the fact, too.",
            )


def _value(reason: Reason, key: str) -> Any:
    """Return the value of a key as a file writes it."""
    value: Any = reason
    for step in key.split("."):
        value = getattr(value, step, None)
    return [*value] if isinstance(value, tuple) else value
