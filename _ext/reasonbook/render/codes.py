"""Codes as they are in error bodies, whatever API sends them."""

from __future__ import annotations

from dataclasses import dataclass

from reasonbook.format.model import Catalogue, Reason


@dataclass(frozen=True, eq=False)
class Code:
    """A code as it is in an error body, and the reasons of all APIs that it may be."""

    slug: str  # in one of its spellings
    spellings: tuple[str, ...]  # file systems may not tell them apart, so they share their content
    reasons: tuple[Reason, ...]


def codes_of(catalogue: Catalogue) -> tuple[Code, ...]:
    """Return the codes of all APIs; the page of a first-level code leads to the second level."""
    alike: dict[str, list[Reason]] = {}
    for reason in catalogue.reasons():
        alike.setdefault(_first_level(reason).casefold(), []).append(reason)
    found = []
    for reasons in alike.values():
        first = {reason.api for reason in reasons if not reason.sub_reason}
        known = tuple(r for r in reasons if not r.sub_reason or r.api not in first)
        slugs = dict.fromkeys(map(_first_level, reasons))
        spellings = tuple(dict.fromkeys(reason.code for reason in reasons))
        found += [Code(slug, spellings, known) for slug in slugs]
    return tuple(found)


def _first_level(reason: Reason) -> str:
    return reason.slug.split("/")[0]
