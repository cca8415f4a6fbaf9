"""Which reasons belong together: by a column, a tag, a prefix, or all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reasonbook import limits
from reasonbook.catalogue.names import RESERVED_DOMAINS, is_name
from reasonbook.diagnostics.location import display_path
from reasonbook.importing.found import ONE_DOMAIN, Found, FoundReason, SourceError

_ONE, _COLUMN, _TAG, _PREFIX = "one", "column", "tag", "prefix"
_HOW = re.compile(f"{_ONE}|{_COLUMN}|{_TAG}|{_PREFIX}(?::([1-9]))?")
_PREFIX_OF = re.compile(r"[^_.:/ -]+(?=[_.:/ -])|[A-Za-z]+")
CHOICES = "one, column, tag, prefix or prefix:N"


@dataclass(frozen=True)
class Group:
    """A domain of the draft: its name, and what the source calls it."""

    name: str
    title: str
    summary: str
    more: dict[str, Any] = field(default_factory=dict, compare=False)  # keys, as they stand


def group(found: Found, how: str | None) -> dict[str, Group]:
    """Return the domain of each code; refuse to choose for the user where there are many."""
    reasons = found.reasons.values()
    if how is None:
        how = _COLUMN if any(reason.domain for reason in reasons) else _ONE
        if how == _ONE and len(reasons) > limits.DOMAIN_REASONS:
            raise SourceError(
                f"There are {len(reasons):,} codes, and the page of a domain is readable up to "
                f"{limits.DOMAIN_REASONS}.",
                _advice(found),
            )
    match = _HOW.fullmatch(how)
    if match is None:
        raise SourceError(f"{how} is not a way to make domains.", f"Write {CHOICES}.")
    titles = {r.code: _title(r, how.partition(":")[0], int(match[1] or 0)) for r in reasons}
    names: dict[str, Group] = {}
    taken: set[str] = set()
    for title in dict.fromkeys(titles.values()):
        names[title] = _group(found, title, taken)
    return {code: names[title] for code, title in titles.items()}


def _advice(found: Found) -> str:
    """Say how the codes could be divided, with what each way gives."""
    reasons = [*found.reasons.values()]
    ways = ["--map domain=COLUMN (a domain for each value)"]
    if any(reason.tags for reason in reasons):
        ways.append(f"--domains tag ({_count(_title(r, _TAG, 0) for r in reasons)})")
    for way, size in ((_PREFIX, 0), *((f"{_PREFIX}:{n}", n) for n in range(2, 8))):
        count = len({_title(reason, _PREFIX, size) for reason in reasons})
        if 1 < count <= limits.NAVIGATION_DOMAINS:
            ways.append(f"--domains {way} ({count} domains)")
    ways.append("--domains one (a page with the table only)")
    return f"Choose with {', '.join(ways[:-1])} or {ways[-1]}."


def _count(titles: Iterable[str]) -> str:
    return f"{len(set(titles))} domains"


def _title(reason: FoundReason, how: str, size: int) -> str:
    """Return what a domain is called in the source; nothing for the one of all others."""
    if how == _COLUMN:
        return reason.domain
    if how == _TAG:
        return reason.tags[0] if len(reason.tags) == 1 else ""
    if how == _PREFIX:
        match = _PREFIX_OF.match(reason.code)
        return reason.code[:size] if size else (match[0] if match else "")
    return ""


def _group(found: Found, title: str, taken: set[str]) -> Group:
    name = _name(title) if title else ONE_DOMAIN
    number = 1
    base = name
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    source = display_path(found.path).rpartition("/")[2]
    what = f" under “{title}”" if title else ""
    summary = found.tags.get(title, "").partition("\n")[0]
    words = summary or f"Codes{what} in `{source}`."
    return Group(name, title or "All codes", words, found.domains.get(title, {}))


def _name(title: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[: limits.NAME_CHARACTERS - 8]
    name = name.strip("-")
    if not is_name(name):
        name = f"codes-{name}".strip("-")
    return f"{name}-codes" if name in RESERVED_DOMAINS else name
