"""A remedy in the fewest words that lose nothing."""

from __future__ import annotations

from reasonbook.format.model import BackoffWait, HeaderWait, PointerWait, Remedy, RequestStep, Wait
from reasonbook.render.markdown import writer as md


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
            if isinstance(step, RequestStep)
            else f"see body {md.code(step.pointer)}"
            for step in remedy.next
        ]
        parts.append(f"next {', '.join(steps)}")
    if remedy.basis:
        parts.append(remedy.basis)
    return "; ".join(parts)


def _wait(wait: Wait) -> str:
    if isinstance(wait, HeaderWait):
        return f"{md.code(wait.header)} header"
    if isinstance(wait, PointerWait):
        return f"body {md.code(wait.pointer)} in {wait.unit}"
    if isinstance(wait, BackoffWait):
        return f"{wait.backoff.first:g} s × {wait.backoff.factor:g} each time"
    return f"{wait.seconds:g} s"
