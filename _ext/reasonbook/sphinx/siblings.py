"""What is beside a reason's page: the page before, the page after, the reasons of its domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from sphinx.builders.html import StandaloneHTMLBuilder

from reasonbook import limits
from reasonbook.format.model import Reason
from reasonbook.render.html.statements import breaking
from reasonbook.render.page_kinds import DOMAIN, REASON, REASONS, Page, PageKind, Subject
from reasonbook.sphinx.state import State

Neighbour = tuple[str, str]  # address and title, as HTML


@dataclass(frozen=True)
class Surroundings:
    """What is beside one page; the list of its domain has it marked."""

    before: Neighbour
    after: Neighbour
    listed: str


@dataclass(frozen=True)
class _Row:
    """The pages that follow each other: the domain, its reasons, and what comes next."""

    links: list[Neighbour]
    places: dict[str, int]
    items: list[str]


@dataclass(frozen=True)
class Siblings:
    """Knows what is beside each reason; made once for all of a domain in one folder."""

    builder: StandaloneHTMLBuilder
    state: State
    _known: dict[tuple[str, str, str], _Row] = field(default_factory=dict)

    def around(self, page: Page[Reason]) -> Surroundings:
        """Return what is beside a page: of a domain with many reasons, those next to it."""
        folder = page.docname.rpartition("/")[0]
        key = (folder, page.subject.api, page.subject.domain)
        if key not in self._known:
            self._known[key] = self._row(page, folder)
        row = self._known[key]
        place = row.places[page.subject.name]
        start = max(0, place - 1 - limits.SIBLINGS // 2)
        items = row.items[start : start + limits.SIBLINGS]
        here = items[place - 1 - start]
        marked = here.replace('"toctree-l1"', '"toctree-l1 current-page"', 1)
        items[place - 1 - start] = marked.replace("<a ", '<a aria-current="page" ', 1)
        address, title = row.links[0]
        head = f'<p class="caption"><a href="{address}">{title}</a></p>'
        listed = f"{head}\n<ul>{''.join(items)}</ul>"
        return Surroundings(row.links[place - 1], row.links[place + 1], listed)

    def _row(self, page: Page[Reason], folder: str) -> _Row:
        api = page.api
        names = [domain.name for domain in api.domains]
        index = names.index(page.subject.domain)
        domain, *later = api.domains[index:]
        reasons = domain.reasons
        after = (DOMAIN, later[0], later[0].title) if later else None
        every = REASONS.title(Page(REASONS, page.checked, "", page.checked))
        links = [
            self._link(folder, DOMAIN, domain, domain.title),
            *(self._link(folder, REASON, each, each.name) for each in reasons),
            self._link(folder, *(after or (REASONS, page.checked, every))),
        ]
        items = [
            f'<li class="toctree-l1"><a class="reference internal" href="{address}">'
            f"{breaking(each.name)}</a></li>"
            for (address, _), each in zip(links[1:-1], reasons, strict=True)
        ]
        return _Row(links, {each.name: at for at, each in enumerate(reasons, 1)}, items)

    def _link(self, folder: str, kind: PageKind[Any], subject: Subject, title: str) -> Neighbour:
        there = self.state.urls.addresses.page(kind, subject)
        # From no page, since a page's link to itself is empty.
        return escape(self.builder.get_relative_uri(f"{folder}/-", there)), escape(title)
