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
from typing import Any, assert_never

from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.render.codes import Code
from reasonbook.render.facts.completeness import STATEMENTS
from reasonbook.render.facts.short import retry
from reasonbook.render.page_kinds import Page, Subject
from reasonbook.render.urls import SiteUrls

#: The fields of a reason that only its own page and that of its domain show. Pages about an API, or
#: about all of them, say at most how many reasons have a statement.
IN_FULL = {
    *("causes", "fix", "message", "ai_context", "details", "field_codes"),
    *("docs_url", "attributes", "see_also", "examples"),
}


def fingerprint(*parts: object) -> str:
    """Return a short text that is another one if any part is another."""
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Fingerprints:
    """Of everything in a catalogue of which there are pages; each is made once."""

    checked: Checked
    urls: SiteUrls
    _known: dict[int, str] = field(default_factory=dict, repr=False)
    _listed: dict[int, str] = field(default_factory=dict, repr=False)

    def of(self, subject: Subject) -> str:
        """Return the fingerprint of all that pages about *subject* say, and of all they lead to."""
        if id(subject) not in self._known:  # which lives as long as the catalogue
            self._known[id(subject)] = fingerprint(type(subject).__name__, *self._parts(subject))
        return self._known[id(subject)]

    def of_page(self, page: Page[Any]) -> str:
        """Return that of all that a page says, and of all that it leads to."""
        if isinstance(page.subject, Api | Checked):
            return fingerprint(self.urls, self.in_lists(page.subject))
        return self.of(page.subject)

    def in_lists(self, subject: Api | Checked) -> str:
        """Return that of all that pages about an API, or about all of them, say.

        It says nothing of addresses, so it is the same for every builder.
        """
        if isinstance(subject, Checked):
            return fingerprint(*map(self.in_lists, subject.catalogue.apis.values()))
        if id(subject) not in self._listed:
            domains = [domain.model_dump_json() for domain in subject.domains]
            reasons = (
                self._in_lists(each) for domain in subject.domains for each in domain.reasons
            )
            around = self._surroundings[subject.name]
            self._listed[id(subject)] = fingerprint(around, domains, *reasons)
        return self._listed[id(subject)]

    def _in_lists(self, reason: Reason) -> str:
        if id(reason) not in self._listed:
            # As in its JSON, which holds everything.
            said = reason.model_dump_json(by_alias=True, exclude=IN_FULL)
            place = (reason.api, reason.domain, reason.slug, reason.envelope_name)
            counted = [has(reason) for has in STATEMENTS.values()]
            self._listed[id(reason)] = fingerprint(said, place, reason.is_draft, counted)
        return self._listed[id(reason)]

    def _parts(self, subject: Subject) -> Iterable[object]:
        match subject:
            case Reason():
                in_full = subject.model_dump_json(by_alias=True, include=IN_FULL)
                return (self._with_addresses[subject.api], self._in_lists(subject), in_full)
            case ErrorDomain():
                own = subject.model_dump_json(by_alias=True)
                return (self._with_addresses[subject.api], own, *map(self.of, subject.reasons))
            case Api():
                return (self._with_addresses[subject.name], *map(self.of, subject.domains))
            case Code():
                return (subject.slug, subject.spellings, *map(self.of, subject.reasons))
            case Checked():
                return map(self.of, subject.catalogue.apis.values())
            case _:
                assert_never(subject)

    @cached_property
    def _with_addresses(self) -> dict[str, str]:
        return {name: fingerprint(self.urls, said) for name, said in self._surroundings.items()}

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
        return fingerprint([*map(_content, files)], domains, reasons, [*api.operations])


def _content(path: Path) -> str | None:
    return blake2b(path.read_bytes()).hexdigest() if path.is_file() else None
