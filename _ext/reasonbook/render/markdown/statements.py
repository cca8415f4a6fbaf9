"""Statements in the fewest words that lose nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from reasonbook.format import prose
from reasonbook.format.model import Api, Remedy
from reasonbook.format.prose import (
    Badge,
    BulletList,
    Code,
    Emphasis,
    Inline,
    Link,
    Paragraph,
    Reference,
    Shortened,
    Text,
)
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import Block, Facts, Line, Steps, Table
from reasonbook.render.markdown import writer as md
from reasonbook.render.urls import SiteUrls

#: The facts of a decision by their short names; what comes last has none.
_ORDER = ("Retry", "wait", "idempotency key", "actor", "next", "")


@dataclass(frozen=True)
class BriefMarkdown:
    """Writes what is said of an API and its reasons."""

    api: Api
    urls: SiteUrls

    def line(self, *parts: Inline) -> str:
        """Return a line of inline prose."""
        return md.line(self._brief(parts))

    def block(self, block: Block) -> str:
        """Return a block."""
        match block:
            case Paragraph() | BulletList():
                return md.parsed_blocks([self._brief_block(block)])
            case Steps():
                # The mark is not that of lists in prose: what follows may begin with one.
                return md.bullet_list(map(self._blocks, block.items), "*")
            case Facts():
                facts = sorted(block.facts, key=lambda fact: _ORDER.index(fact.short))
                lines = (", ".join(self.line(*line) for line in fact.lines) for fact in facts)
                pairs = zip(facts, lines, strict=True)
                return "; ".join(f"{fact.short} {said}".strip() for fact, said in pairs)
            case Table():
                rows = ([self._cell(cell) for cell in row.cells] for row in block.rows)
                return md.table(block.headings, rows)
            case _:
                assert_never(block)

    def decision(self, said: Remedy) -> str:
        """Return a remedy on one line: retry, wait, key, actor, next requests, and the basis."""
        return self.block(remedy(said, self.api))

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "\n\n".join(map(self.block, blocks))

    def _cell(self, cell: Iterable[Block]) -> str:
        """Return blocks for one line: steps after an arrow, with numbers where they are several."""
        found = []
        for block in cell:
            if isinstance(block, Steps):
                steps = [self._blocks(item) for item in block.items]
                numbered = (f"({n}) {step}" for n, step in enumerate(steps, 1))
                found += ["→", *(numbered if len(steps) > 1 else steps)]
            else:
                found.append(self.block(block))
        return " ".join(found)

    def _brief_block(self, block: prose.Block) -> prose.Block:
        if isinstance(block, Paragraph):
            return replace(block, children=self._brief(block.children))
        return replace(block, items=tuple(tuple(map(self._brief_block, i)) for i in block.items))

    def _brief(self, parts: Line) -> Line:
        """Return *parts* as they could have been parsed from a text, in brief."""
        found: list[Inline] = []
        for part in (plain for each in parts for plain in self._plain(each)):
            last = found[-1] if found else None
            if isinstance(part, Text) and isinstance(last, Text):
                found[-1] = Text(last.text + part.text)
            else:
                found.append(part)
        return tuple(found)

    def _plain(self, part: Inline) -> Line:
        match part:
            case Text() | Code():
                return (part,)
            case Emphasis() | Link():
                return (replace(part, children=self._brief(part.children)),)
            case Shortened():
                return self._brief(part.brief)
            case Badge():
                return self._brief(part.children)
            case Reference():
                url = self._url(part)
                if url is None:
                    return self._brief(part.children)
                return (Link(url, (Text(prose.text_of(part.children)),)),)
            case _:
                assert_never(part)

    def _url(self, reference: Reference) -> str | None:
        """Return an address where a list leads on, or where a name alone would not tell it."""
        api, _, name = reference.target.partition("/")
        addresses, reason = self.urls.addresses, self.api.reasons.get(name)
        if reference.kind == "domain":
            return self.urls.markdown(addresses.domain(api, name))
        if reason and (
            reference.kind == "accordion" or (reference.kind == "reason" and reason.slug != name)
        ):
            return self.urls.markdown(addresses.reason(reason))
        return None
