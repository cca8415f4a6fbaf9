"""Fingerprints: from what the files about something are made, so that one can tell what changed.

They need not be as narrow as could be, but must not miss anything: a page whose fingerprint is the
same is not made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import assert_never

from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.render.codes import Code
from reasonbook.render.facts.short import retry
from reasonbook.render.page_kinds import Subject
from reasonbook.render.urls import SiteUrls


def fingerprint(*parts: object) -> str:
    """Return a short text that is another one if any part is another."""
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Fingerprints:
    """Of everything in a catalogue of which there are pages; each is made once."""

    checked: Checked
    urls: SiteUrls
    _known: dict[int, str] = field(default_factory=dict, repr=False)

    def of(self, subject: Subject) -> str:
        """Return the fingerprint of all that pages about *subject* say, and of all they lead to."""
        if id(subject) not in self._known:  # which lives as long as the catalogue
            self._known[id(subject)] = fingerprint(type(subject).__name__, *self._parts(subject))
        return self._known[id(subject)]

    def _parts(self, subject: Subject) -> Iterable[object]:
        match subject:
            case Reason():
                # As in its JSON, which holds everything.
                own = subject.model_dump_json(by_alias=True)
                place = (subject.api, subject.domain, subject.slug, subject.envelope_name)
                return (self._surroundings[subject.api], own, place, subject.is_draft)
            case ErrorDomain():
                own = subject.model_dump_json(by_alias=True)
                return (self._surroundings[subject.api], own, *map(self.of, subject.reasons))
            case Api():
                return (self._surroundings[subject.name], *map(self.of, subject.domains))
            case Code():
                return (subject.slug, subject.spellings, *map(self.of, subject.reasons))
            case Checked():
                return map(self.of, subject.catalogue.apis.values())
            case _:
                assert_never(subject)

    @cached_property
    def _surroundings(self) -> dict[str, str]:
        """By API, all that a page about one reason may say besides: but not of other reasons."""
        return {
            api.name: self._surroundings_of(api) for api in self.checked.catalogue.apis.values()
        }

    def _surroundings_of(self, api: Api) -> str:
        listed = [api.listed_operations.path] if api.listed_operations else []
        files = [api.path, *api.schema_paths, *listed, api.path.parent / LEDGER_FILE]
        domains = [(domain.name, domain.title, domain.envelope) for domain in api.domains]
        # A page that leads to a reason shows its title; that of its first level says more.
        reasons = [
            (each.name, each.slug, each.domain, each.title, each.sub_reason and retry(each))
            for each in api.reasons.values()
        ]
        return fingerprint(self.urls, [*map(_content, files)], domains, reasons, [*api.operations])


def _content(path: Path) -> str | None:
    return blake2b(path.read_bytes()).hexdigest() if path.is_file() else None
