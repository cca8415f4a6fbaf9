"""What is said of a remedy: who can fix it, whether and when to send the request again."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Iterator
from typing import assert_never

from reasonbook.format import model, prose
from reasonbook.format.model import Api, Backoff, Next, Remedy, Wait
from reasonbook.format.prose import Code, Inline, Shortened
from reasonbook.format.remedies import Unit
from reasonbook.render import wording
from reasonbook.render.facts.references import operation
from reasonbook.render.facts.statements import Fact, Facts, Line, joined, line

#: The facts of a decision by their short names, in the order in which one needs them.
_ORDER = ("Retry", "repeat", "wait", "attempts", "idempotency key", "who", "helps", "basis")


def remedy(said: Remedy, api: Api, *, without: Container[str] = ()) -> tuple[Facts, ...]:
    """Say who can fix it, whether and when to repeat the request, and which requests help.

    What is not known is left out; :func:`unknown_of` names it. *without* the facts that are said
    elsewhere, by their short names.
    """
    facts = [fact for fact in _facts(said, api) if fact.short not in without]
    return (Facts("remedy", facts),) if facts else ()


def as_data(said: Remedy, api: Api, names: Container[str]) -> Line:
    """Return some facts, by their short names, as the format has them and with what they mean."""
    facts = (fact for fact in _facts(said, api) if fact.short in names)
    return joined((line(f"{each.name}: ", *each.lines) for each in facts), "; ")


def _facts(said: Remedy, api: Api, *, has_fix: bool = True) -> Iterator[Fact]:
    if said.actor != "unknown":
        yield Fact("Who can fix it", _coded(said.actor, wording.ACTORS[said.actor]), "who")
    if said.retry != "unknown":
        briefly = wording.BRIEF_RETRIES if has_fix else wording.RETRIES_WITHOUT_FIX
        retry = _coded(said.retry, wording.RETRIES[said.retry], briefly[said.retry])
        yield Fact("Retry", retry, "Retry")
    if said.retry_if != "unknown":
        full, brief = map(line, wording.RETRY_IF[said.retry_if])
        yield Fact("Repeat", [(Shortened(full, brief),)], "repeat")
    if said.waits:
        yield Fact("Wait", choices(map(wait, said.waits)), "wait")
    if said.max_attempts:
        yield Fact("Attempts", [line(f"at most {said.max_attempts}")], "attempts")
    if said.idempotency_key:
        key = _coded(said.idempotency_key, wording.KEYS[said.idempotency_key])
        yield Fact("Idempotency key", key, "idempotency key")
    if said.next:
        yield Fact("Next", tuple(next_step(step, api) for step in said.next), "helps")
    if said.basis:
        yield Fact("Basis", _coded(said.basis, wording.BASES[said.basis]), "basis")


def decision(said: Remedy, api: Api, *, has_fix: bool) -> Line:
    """Return a remedy on one line; *has_fix* where a fix follows."""
    told = (said.retry, said.retry_if) == ("after-fix", "any")  # the first says as much
    facts = _facts(said, api, has_fix=has_fix)
    return on_one_line(fact for fact in facts if not (told and fact.short == "repeat"))


def on_one_line(facts: Iterable[Fact]) -> Line:
    """Return facts on one line, each after its short name."""
    ordered = sorted(facts, key=lambda fact: _ORDER.index(fact.short))
    said = (line(f"{fact.short}: ", joined(fact.lines)) for fact in ordered)
    return prose.rewrite(joined(said, "; "), in_brief)


def in_brief(part: Inline) -> Line:
    """Return the short form of what has one."""
    return part.brief if isinstance(part, Shortened) else (part,)


def unknown_of(said: Remedy | None) -> Iterator[str]:
    """Name what one would like to know of a remedy, and no source says."""
    if said is None or said.retry == "unknown":
        yield "whether to retry"
    elif said.wait == "unknown":
        yield "how long to wait"
    if said and said.retry in ("after-delay", "at-once") and not _tells_safety(said):
        yield wording.SAFETY
    if said is None or said.actor == "unknown":
        yield "who can fix it"


def _tells_safety(said: Remedy) -> bool:
    return said.retry_if != "unknown" or said.idempotency_key is not None


@functools.cache  # there are few values, and most reasons have some
def _coded(value: str, meaning: str, brief: str = "") -> tuple[Line, ...]:
    """Return a value of the format, with what it means."""
    full = line(Code(value, whole=True), f" – {meaning}")
    return ((Shortened(full, line(brief or value)),),)


def choices(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return ways to go, of which the first that applies counts."""
    return tuple(line("else " if index else "", each) for index, each in enumerate(lines))


def wait(said: Wait) -> Line:
    """Say how long to wait."""
    match said:
        case model.HeaderWait():
            return header_wait(said.header, said.unit)
        case model.PointerWait():
            pointer = Code(said.pointer)
            full, brief = wording.UNITS[said.unit]
            whole = line("the value at ", pointer, f" in the body, {full}")
            return (Shortened(whole, line("body ", pointer, f" {brief}")),)
        case model.BackoffWait():
            return backoff_wait(said.backoff)
        case model.SecondsWait():
            return line(wording.seconds(said.seconds))
        case _:
            assert_never(said)


def header_wait(header: str, unit: Unit | None = None) -> Line:
    """Say that a header says how long; Retry-After is known to every client of HTTP."""
    code = Code(header)
    full, brief = wording.UNITS[unit or "s"]
    if unit is None and header.lower() == "retry-after":
        full = "in seconds or as a date"
    said = line(code, " header", f" {brief}" if unit else "")
    return (Shortened(line("the ", code, f" header, {full}"), said),)


def backoff_wait(said: Backoff) -> Line:
    """Say that waits grow."""
    start = wording.seconds(said.first)
    growth = "doubled" if said.factor == 2 else f"each time {said.factor:g} × as long"
    bounds = f", at most {wording.seconds(said.max)}" if said.max else ""
    bounds += f", {wording.number(said.tries, 'try', 'tries')}" if said.tries else ""
    return line(f"{start}, then {growth}{bounds}")


def next_step(step: Next, api: Api) -> Line:
    """Say which request helps."""
    asked = f" ({wording.ASK_FIRST})" if step.ask_first else ""
    match step:
        case model.RequestStep():
            return line(operation(step.request, api), asked)
        case model.PointerStep():
            pointer = Code(step.pointer)
            full = line("what the body names at ", pointer)
            return line(Shortened(full, line("see body ", pointer)), asked)
        case _:
            assert_never(step)
