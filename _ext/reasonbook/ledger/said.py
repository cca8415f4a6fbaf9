"""What a catalogue says now of a reason, beside what is on record of it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Reason
from reasonbook.ledger.facts import (
    OBSERVED,
    Corrected,
    facts_of,
    how_to_correct,
    lost_facts,
    lost_observation,
    observed_of,
    permits,
)
from reasonbook.ledger.record import Entry


class Said:
    """A reason and its entry: a fact on record is kept, or a correction says that it was wrong."""

    def __init__(self, reason: Reason, entry: Entry, problems: Problems) -> None:
        self.reason, self.entry = reason, entry
        self._problems = problems

    @cached_property
    def fresh(self) -> list[Corrected]:
        """The corrections that are not on record yet."""
        return self.entry.fresh_corrections(self.reason.corrections)

    def contradicts(
        self,
        rule: Rule,
        at: Location,
        message: str,
        *facts: tuple[str, Any],
        hint: str = "",
        proof: bool = False,
    ) -> bool:
        """Report a fact that is another now, and return true, unless a correction permits it.

        *facts* are its keys with the values on record, of which one is to be corrected. None may
        be where an observed example is *proof* that the record was right.
        """
        hint = hint or rule.hint
        proven = proof and self.entry.observed and not permits(self.fresh, *OBSERVED)
        if any(permits(self.fresh, key, was) for key, was in facts):
            if not proven:
                return False
            rule, at = Rule.CORRECTION, self.reason.at("corrections")
            shown = (
                "What was observed" if self.entry.observed == "unknown" else "An observed example"
            )
            message += f" {shown} showed that this was right."
            hint = how_to_correct(*OBSERVED)
        elif facts and not proven:
            hint += f" {how_to_correct(*facts[-1])}"
        self._problems.add(rule, at, message, hint)
        return True

    def check_facts(self) -> None:
        """Report facts that were known and are not now."""
        reason, entry = self.reason, self.entry
        lost = lost_facts(entry.facts, facts_of(reason), self.fresh)
        for key, was in lost.items():
            whole, *path = key.split(".")
            if reason.is_sound(whole) and not (path and reason.remedy and reason.remedy.faults):
                value = "" if was is True else f" {was}"
                self._problems.add(
                    Rule.FACT_LOST,
                    reason.at(whole, *path),
                    f"{reason.name} was published with {key}{value}, and has none now.",
                    f"{Rule.FACT_LOST.hint} {how_to_correct(key, was)}",
                )
        now, http = observed_of(reason), frozenset(reason.http_codes)
        is_sound = reason.is_sound("examples", "http", "status", "observed")
        if is_sound and lost_observation(entry.observed, now, http, self.fresh):
            shown = "with an observed example, which is gone"
            if entry.observed == "unknown":  # which may have been a recording
                shown = "as observed, and nothing shows it now"
            self._problems.add(
                Rule.FACT_LOST,
                reason.at("examples"),
                f"{reason.name} was published {shown}.",
                f"{Rule.FACT_LOST.hint} {how_to_correct(*OBSERVED)}",
            )

    def check_corrections(self) -> None:
        """Report corrections on record that are gone, and new ones that a recording refutes."""
        kept = {each.what for each in map(Corrected.of, self.reason.corrections)}
        for each in self.entry.corrections:
            if each.what not in kept and self.reason.is_sound("corrections"):
                self._problems.add(
                    Rule.CORRECTION,
                    self.reason.at("corrections"),
                    f"{self.reason.name} was published with a correction of {each.key_} on "
                    f"{each.date}, which is gone.",
                    "Put it back as it was; only why may be reworded.",
                )
        known = {each.what for each in self.entry.corrections}
        seen = self.reason.resolved_observed
        for correction in self.reason.corrections if seen and seen.last else ():
            is_new = Corrected.of(correction).what not in known
            denies = (correction.key_, correction.was) == OBSERVED
            if is_new and denies and seen and (seen.last or "") <= correction.date:
                self._problems.add(
                    Rule.CORRECTION,
                    correction.at("was"),
                    f"{self.reason.name} is said on {correction.date} to have never been observed, "
                    f"but a recording shows it on {seen.last}.",
                    "Remove the correction; or the line of observed.json if its recording was not "
                    "of this API.",
                )
