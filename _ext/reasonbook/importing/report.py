"""What an import says of itself: what came in, what is known of it, and what did not come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reasonbook import limits
from reasonbook.diagnostics.location import display_path
from reasonbook.importing.correcting import Plan
from reasonbook.importing.found import Found

_KNOWN = {
    "HTTP status": "http",
    "title": "title",
    "message": "message",
    "cause": "cause",
    "fix": "fix",
    "remedy": "remedy",
    "operations": "raised_by",
    "example": "examples",
}


def report(found: Found, plan: Plan) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from found.notes
    yield from _list(map(str, sorted(found.skipped, key=lambda skipped: skipped.at)))
    merged, total = plan.merged, len(plan.reasons)
    yield f"{display_path(found.path)}: {_codes(total)} ({found.kind})"
    for name, key in _KNOWN.items():
        count = sum(_has(keys, key) for keys in plan.reasons.values())
        words = ("all" if count == total else count) if count else "none"
        yield f"  {name + ':':<13}{words}"
    if plan.is_new:
        return
    yield f"{display_path(plan.folder)}: {_codes(len(merged.added))} added, " + (
        f"{len(merged.changed)} changed"
    )
    yield from _list(_keys(merged.changed, "changed", "follows the source"))
    yield from _list(_keys(merged.kept, "kept", "was written by hand; the source says otherwise"))
    yield from _list(f"  {code} is gone from the source; it stays." for code in merged.gone)
    yield from _list(f"  {code} was removed by hand; it stays so." for code in merged.removed)


def _has(keys: Mapping[str, object], key: str) -> bool:
    return keys.get(key, "unknown") != "unknown" or (key == "http" and "status" in keys)


def _keys(found: Mapping[str, list[str]], what: str, why: str) -> Iterator[str]:
    for code, keys in found.items():
        yield f"  {code}: {', '.join(keys)} {what}: {why}."


def _codes(count: int) -> str:
    return f"{count:,} code{'' if count == 1 else 's'}"


def _list(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines up to as many as somebody reads."""
    known = [*lines]
    yield from known[: limits.IMPORT_LINES]
    if len(known) > limits.IMPORT_LINES:
        yield f"  and {len(known) - limits.IMPORT_LINES:,} more of this kind"
