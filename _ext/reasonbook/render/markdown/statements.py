"""Statements in the fewest words that lose nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from reasonbook.format import prose
from reasonbook.format.model import Api, Reason, Remedy
from reasonbook.format.prose import Inline, Reference
from reasonbook.render.facts.references import mention
from reasonbook.render.facts.remedy import decision, on_one_line
from reasonbook.render.facts.statements import Block, Facts, Line, Steps, Table
from reasonbook.render.markdown import writer as md
from reasonbook.render.urls import SiteUrls


@dataclass(frozen=True)
class BriefMarkdown:
    """Writes what is said of an API and its reasons."""

    api: Api
    urls: SiteUrls

    def line(self, *parts: Inline) -> str:
        """Return a line of inline prose."""
        return md.line(prose.rewrite(parts, self._brief))

    def block(self, block: Block) -> str:
        """Return a block."""
        match block:
            case prose.Paragraph() | prose.BulletList():
                return md.parsed_blocks(prose.rewrite_blocks([block], self._brief))
            case Steps():
                # The mark is not that of lists in prose: what follows may begin with one.
                return md.bullet_list(map(self._blocks, block.items), "*")
            case Facts():
                return self.line(*on_one_line(block.facts))
            case Table():
                rows = ([self._cell(cell) for cell in row.cells] for row in block.rows)
                return md.table(block.headings, rows)
            case _:
                assert_never(block)

    def name(self, reason: Reason) -> str:
        """Return the name of a reason, with its address where the name does not tell it."""
        return self.line(mention(reason.api, reason.name, prose.Text))

    def decision(self, said: Remedy, *, has_fix: bool = True) -> str:
        """Return a remedy on one line, each part with its label; *has_fix* where one follows."""
        return self.line(*decision(said, self.api, has_fix=has_fix))

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

    def _brief(self, part: Inline) -> Line:
        """Return a part as it could have been parsed from a text, in brief."""
        match part:
            case prose.Text() | prose.Code() | prose.Emphasis() | prose.Link():
                return (part,)
            case prose.Shortened():
                return part.brief
            case prose.Badge():
                return part.children
            case Reference():
                if url := self._url(part):
                    return (prose.Link(url, (prose.Text(prose.text_of(part.children)),)),)
                return part.children
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
