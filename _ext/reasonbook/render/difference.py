"""The difference of two states of a catalogue, for a release note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reasonbook.core.base import ApiState

from . import markdown as md

_SAID = ("http", "status", "lifecycle", "domain", "retry", "actor", "cause", "fix", "replaced_by")


@dataclass(frozen=True)
class Change:
    """One change of one reason; ``old`` and ``new`` are empty where it came or went."""

    api: str
    reason: str
    what: str  # added, removed, or what changed: http, status, lifecycle, domain, cause ...
    old: str = ""
    new: str = ""


def difference(before: Mapping[str, ApiState], after: Mapping[str, ApiState]) -> list[Change]:
    """Return every change, by API and reason; only what both states tell is compared."""
    return [
        change
        for api in sorted(before.keys() | after.keys())
        for change in _of_api(api, before.get(api), after.get(api))
    ]


def _of_api(api: str, before: ApiState | None, after: ApiState | None) -> Iterator[Change]:
    old = before.reasons if before else {}
    new = after.reasons if after else {}
    for reason in sorted(old.keys() | new.keys()):
        if reason not in old:
            yield Change(api, reason, "added", new=_show(new[reason].get("lifecycle")))
        elif reason not in new:
            yield Change(api, reason, "removed", old=_show(old[reason].get("lifecycle")))
        else:
            for key in _SAID:
                both = key in old[reason] and key in new[reason]
                if both and old[reason][key] != new[reason][key]:
                    yield Change(api, reason, key, _show(old[reason][key]), _show(new[reason][key]))


def _show(value: object) -> str:
    if isinstance(value, list):
        return " / ".join(str(item) for item in value)
    return "none" if value is None else str(value)


def text(changes: list[Change]) -> str:
    """Return a line for each change."""
    if not changes:
        return "No changes.\n"
    return "".join(f"{c.api}/{c.reason}: {_phrase(c)}\n" for c in changes)


def markdown(changes: list[Change]) -> str:
    """Return a list for each API, under its name."""
    if not changes:
        return "No changes.\n"
    parts: list[str] = []
    for api in dict.fromkeys(change.api for change in changes):
        items = [f"- {md.code(c.reason)}: {md.escape(_phrase(c))}" for c in changes if c.api == api]
        parts.append("\n".join([f"## {md.escape(api)}", "", *items]))
    return "\n\n".join(parts) + "\n"


def _phrase(change: Change) -> str:
    if change.what == "added":
        return "added" if change.new == "active" else f"added as {change.new}"
    if change.what == "removed":
        return "removed"
    if change.what == "domain":
        return f"moved from {change.old} to {change.new}"
    if change.what in ("cause", "fix"):
        return f"{change.what} reworded"
    return f"{change.what} changed from {change.old} to {change.new}"
