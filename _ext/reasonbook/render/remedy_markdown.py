"""A remedy in the fewest words that lose nothing."""

from __future__ import annotations

from reasonbook.core.model import Remedy, Wait

from . import markdown as md


def remedy_line(remedy: Remedy) -> str:
    """Return the decision: retry, wait, key, actor, next requests, and at the end the basis."""
    parts = [f"Retry {remedy.retry}"]
    if remedy.wait:
        parts.append("wait " + ", else ".join(_wait(wait) for wait in remedy.wait))
    if remedy.idempotency_key:
        parts.append(f"idempotency key {remedy.idempotency_key}")
    parts.append(f"actor {remedy.actor}")
    if remedy.next:
        steps = [
            md.code(step.request)
            if step.request is not None
            else f"see body {md.code(step.pointer or '')}"
            for step in remedy.next
        ]
        parts.append(f"next {', '.join(steps)}")
    if remedy.basis:
        parts.append(remedy.basis)
    return "; ".join(parts)


def _wait(wait: Wait) -> str:
    if wait.header is not None:
        return f"{md.code(wait.header)} header"
    if wait.pointer is not None:
        return f"body {md.code(wait.pointer)} in {wait.unit}"
    if wait.backoff is not None:
        first, factor = wait.backoff
        return f"{first:g} s × {factor:g} each time"
    assert wait.seconds is not None
    return f"{wait.seconds:g} s"
