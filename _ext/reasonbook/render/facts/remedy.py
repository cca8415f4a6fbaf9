"""What is said of a remedy: who can fix it, whether and when to send the request again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, assert_never

from reasonbook.format import model
from reasonbook.format.model import Api, Next, Remedy, Wait
from reasonbook.format.prose import Code, Shortened
from reasonbook.render import wording
from reasonbook.render.facts.references import operation
from reasonbook.render.facts.statements import Fact, Facts, Line, line

_Value = TypeVar("_Value", bound=str)


def remedy(said: Remedy, api: Api) -> Facts:
    """Say who can fix it, whether and when to repeat the request, and which requests help."""
    facts = [
        Fact("Who can fix it", _coded(said.actor, wording.ACTORS), "actor"),
        Fact("Retry", _coded(said.retry, wording.RETRIES), "Retry"),
    ]
    if said.wait:
        facts.append(Fact("Wait", choices(map(wait, said.wait)), "wait"))
    if said.idempotency_key:
        key = _coded(said.idempotency_key, wording.KEYS)
        facts.append(Fact("Idempotency key", key, "idempotency key"))
    if said.next:
        facts.append(Fact("Next", tuple(next_step(step, api) for step in said.next), "next"))
    if said.basis:
        facts.append(Fact("Basis", _coded(said.basis, wording.BASES)))
    return Facts("remedy", tuple(facts))


def _coded(value: _Value, meanings: Mapping[_Value, str]) -> tuple[Line, ...]:
    """Return a value of the format, with what it means."""
    full = line(Code(value, whole=True), f" – {meanings[value]}")
    return ((Shortened(full, line(value)),),)


def choices(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return ways to go, of which the first that applies counts."""
    return tuple(line("else " if index else "", each) for index, each in enumerate(lines))


def wait(said: Wait) -> Line:
    """Say how long to wait."""
    match said:
        case model.HeaderWait():
            return header_wait(said.header)
        case model.PointerWait():
            pointer = Code(said.pointer)
            unit = {"s": "seconds", "ms": "milliseconds"}[said.unit]
            full = line("the value at ", pointer, f" in the body, in {unit}")
            return (Shortened(full, line("body ", pointer, f" in {said.unit}")),)
        case model.BackoffWait():
            return backoff_wait(said.backoff.first, said.backoff.factor)
        case model.SecondsWait():
            return line(wording.seconds(said.seconds))
        case _:
            assert_never(said)


def header_wait(header: str) -> Line:
    """Say that a header says how long."""
    code = Code(header)
    return (Shortened(line("the ", code, " header, in seconds"), line(code, " header")),)


def backoff_wait(first: float, factor: float) -> Line:
    """Say that waits grow."""
    start = wording.seconds(first)
    full = line(f"{start}, then each time {factor:g} × as long")
    return (Shortened(full, line(f"{start} × {factor:g} each time")),)


def next_step(step: Next, api: Api) -> Line:
    """Say which request helps."""
    match step:
        case model.RequestStep():
            return (operation(step.request, api),)
        case model.PointerStep():
            pointer = Code(step.pointer)
            full = line("what the body names at ", pointer)
            return (Shortened(full, line("see body ", pointer)),)
        case _:
            assert_never(step)
