"""The difference of two states of a catalogue, for a release note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reasonbook.format.prose import plain_text
from reasonbook.ledger.base_state import ApiState
from reasonbook.render.markdown import writer as md

_SAID = ("http", "status", "lifecycle", "replaced_by", "domain", "retry", "actor", "cause", "fix")


@dataclass(frozen=True)
class Change:
    """One change of one reason; ``old`` and ``new`` are empty where it came or went."""

    api: str
    reason: str  # empty for a change of the API itself
    what: str  # added, removed, corrected, or what changed: http, lifecycle, domain, ...
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
    if before and after and before.schema_version != after.schema_version:
        versions = str(before.schema_version), str(after.schema_version)
        yield Change(api, "", "schema_version", *versions)
    for reason in sorted(old.keys() | new.keys()):
        if reason not in old:
            yield Change(api, reason, "added", new=_show(new[reason], "lifecycle"))
        elif reason not in new:
            yield Change(api, reason, "removed", old=_show(old[reason], "lifecycle"))
        else:
            for key in _SAID:
                if key in old[reason] and key in new[reason]:
                    shown = _show(old[reason], key), _show(new[reason], key)
                    if shown[0] != shown[1]:
                        yield Change(api, reason, key, *shown)
            for fact in _corrected(reason, before, after):
                yield Change(api, reason, "corrected", new=fact)


def _corrected(reason: str, before: ApiState | None, after: ApiState | None) -> Iterator[str]:
    """Yield what was found to be wrong since *before*."""
    old = before.ledger.entries.get(reason) if before else None
    new = after.ledger.entries.get(reason) if after else None
    for each in old.fresh_corrections(new.corrections) if old and new else ():
        yield f"{each.sentence} {plain_text(each.why)}"


def _show(said: Mapping[str, Any], key: str) -> str:
    value = said[key]
    if key == "lifecycle":
        return _life(said)
    if isinstance(value, list):
        return " / ".join(str(item) for item in value)
    return "none" if value is None else str(value)


def _life(said: Mapping[str, Any]) -> str:
    """Return a state with its days, as far as they are known."""
    state = str(said["lifecycle"])
    if state == "deprecated":
        until = f", to stay until {said['remove_after']}" if said.get("remove_after") else ""
        return f"{state} since {said['deprecated']}{until}"
    if state == "retired":
        never = " at once, as never sent" if said["correction"] else ""
        return f"{state} on {said['retired']}{never}"
    return state


def text(changes: list[Change]) -> str:
    """Return a line for each change."""
    if not changes:
        return "No changes.\n"
    return "".join(
        f"{c.api}/{c.reason}: {_phrase(c)}\n" if c.reason else f"{c.api}: {_phrase(c)}\n"
        for c in changes
    )


def markdown(changes: list[Change]) -> str:
    """Return a list for each API, under its name."""
    if not changes:
        return "No changes.\n"
    parts: list[str] = []
    for api in dict.fromkeys(change.api for change in changes):
        items = [_item(change) for change in changes if change.api == api]
        parts.append("\n".join([f"## {md.escape(api)}", "", *items]))
    return "\n\n".join(parts) + "\n"


def _item(change: Change) -> str:
    name = f"{md.code(change.reason)}: " if change.reason else ""
    return f"- {name}{md.escape(_phrase(change))}"


def _phrase(change: Change) -> str:
    if change.what == "added":
        return "added" if change.new == "active" else f"added as {change.new}"
    if change.what == "removed":
        return "removed"
    if change.what == "domain":
        return f"moved from {change.old} to {change.new}"
    if change.what in ("cause", "fix"):
        return f"{change.what} reworded"
    if change.what == "lifecycle":
        return f"{change.new}, before {change.old}"
    if change.what == "corrected":
        return f"corrected: {change.new}"
    return f"{change.what} changed from {change.old} to {change.new}"
