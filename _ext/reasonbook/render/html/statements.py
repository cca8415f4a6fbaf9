"""Statements as HTML, tag by tag as Sphinx writes the stock nodes of them.

A test compares the two over every reason, and a build does so for a sample of each statement.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from typing import assert_never

from reasonbook.format import prose
from reasonbook.format.prose import BulletList, Paragraph, Reference
from reasonbook.render import wording
from reasonbook.render.facts.statements import (
    AgentNote,
    Block,
    Exchange,
    Fact,
    Facts,
    Line,
    Row,
    Statement,
    Steps,
    Table,
)
from reasonbook.render.html.code import code

#: Returns the address of what a reference leads to, as a link on the page needs it, if it has one.
Address = Callable[[Reference], str | None]

TABLE_KIND = "reasonbookkind"

# Where a long code may break: after an underscore, a slash or a dot.
_BREAKS = re.compile(r"(?<=[_/.])(?=[^_/.])")
_CODE = '<code class="docutils literal notranslate">'
_WORDS = re.compile(r"[^ \n]+| +|\n")
_FIRST_TAG = re.compile(r'<\w+(?: class="[^"]*")?')
# What keeps harvesters from addresses of people.
_MAIL_TEXT = {"&#64;": "<span>&#64;</span>", ".": "<span>&#46;</span>"}
_MAIL_ADDRESS = {"%40": "&#37;&#52;&#48;", ".": "&#46;"}


@dataclass(frozen=True)
class Html:
    """Writes statements for one page.

    What a theme puts around a table may hold :data:`TABLE_KIND` for the kind of it.
    """

    address: Address
    around_tables: tuple[str, str] = ("", "")

    def statements(self, statements: Iterable[Statement], css: str = "") -> str:
        """Return what is said of a reason; *css* is a class of the outermost paragraphs."""
        return "".join(self._statement(each, css) for each in statements)

    def line(self, line: Line) -> str:
        """Return a line."""
        return "".join(map(self._inline, line))

    def paragraph(self, paragraph: Paragraph, css: str = "", before: str = "") -> str:
        """Return a paragraph, without the end of its line."""
        return f"{_tag('p', _kind(paragraph.kind), css)}{before}{self.line(paragraph.children)}</p>"

    def _statement(self, statement: Statement, css: str) -> str:
        match statement:
            case AgentNote():
                title = f'<p class="rb-ai-title">{text(wording.AI_CONTEXT)}</p>\n'
                inner = self._blocks(statement.blocks)
                return f'<aside class="rb-ai-context" role="note">\n{title}{inner}</aside>\n'
            case Exchange():
                inner = "".join(map(code, statement.parts))
                said = {"curl": statement.curl, "explain": statement.explain}
                data = "".join(f' data-{name}="{attribute(v)}"' for name, v in said.items() if v)
                return f'<div class="rb-exchange docutils container"{data}>\n{inner}</div>\n'
            case _:
                return self._block(statement, css)

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: Block, css: str = "") -> str:
        match block:
            case Paragraph():
                return f"{self.paragraph(block, css)}\n"
            case BulletList():
                return self._list(block)
            case Steps():
                return self._steps(block, css)
            case Facts():
                sides = cycle(("field-odd", "field-even"))
                facts = "".join(map(self._fact, block.facts, sides))
                return f"{_tag('dl', _kind(block.kind), 'field-list simple')}\n{facts}</dl>\n"
            case Table():
                return self._table(block)
            case _:
                assert_never(block)

    def _list(self, block: BulletList, *, in_simple: bool = False) -> str:
        """Return a list; inside a simple one, only that is marked so."""
        is_simple = _is_simple(block.items)
        items = "".join(self._item(item, in_simple=is_simple) for item in block.items)
        css = "simple" * (is_simple and not in_simple)
        return f"{_tag('ul', _kind(block.kind), css)}\n{items}</ul>\n"

    def _item(self, blocks: Sequence[Block], *, in_simple: bool = False) -> str:
        return f"<li>{self._inside(blocks, in_simple=in_simple)}</li>\n"

    def _inside(self, blocks: Sequence[Block], *, in_simple: bool = False) -> str:
        """Return what is inside an item or a cell: a paragraph alone has no line of its own."""
        inner = "".join(
            self._list(block, in_simple=in_simple)
            if isinstance(block, BulletList)
            else self._block(block)
            for block in blocks
        )
        return inner[:-1] if [type(block) for block in blocks] == [Paragraph] else inner

    def _steps(self, steps: Steps, css: str) -> str:
        label = f"<strong>{text(wording.FIX)}:</strong>"
        if len(steps.items) == 1:
            first, *more = steps.items[0]
            if not isinstance(first, Paragraph):
                return self.statements(steps.items[0], css)
            fix = self.paragraph(first, f"rb-fix {css}", f"{label} ")
            return f"{fix}\n{self.statements(more, css)}"
        kind = "arabic simple" if _is_simple(steps.items) else "arabic"
        items = "".join(map(self._item, steps.items))
        title = f"{_tag('p', 'rb-fix', css)}{label}</p>"
        return f"{title}\n{_tag('ol', kind, 'rb-fix-steps')}\n{items}</ol>\n"

    def _fact(self, fact: Fact, side: str) -> str:
        lines = [f"<p>{self.line(line)}</p>" for line in fact.lines]
        items = "".join(f"<li>{line}</li>\n" for line in lines)
        said = lines[0] if len(lines) == 1 else f'<ul class="simple">\n{items}</ul>'
        return (
            f'<dt class="{side}">{text(fact.name)}<span class="colon">:</span></dt>\n'
            f'<dd class="{side}">{said}\n</dd>\n'
        )

    def _table(self, table: Table) -> str:
        before, after = (each.replace(TABLE_KIND, table.kind) for each in self.around_tables)
        start = _tag("table", _kind("table"), _kind(table.kind), "docutils align-default")
        headings = "".join(
            f'<th class="head" role="columnheader"><p>{text(heading)}</p></th>\n'
            for heading in table.headings
        )
        sides = cycle(("row-even", "row-odd"))
        rows = "".join(map(self._row, table.rows, sides))
        return (
            f'{before}{start[:-1]} role="table" aria-label="{escape(table.label)}">'
            f'<thead>\n<tr class="row-odd" role="row">{headings}</tr>\n</thead>\n'
            f"<tbody>\n{rows}</tbody>\n</table>\n{after}"
        )

    def _row(self, row: Row, side: str) -> str:
        roles = ("rowheader", *("cell" for _ in row.cells))
        cells = [self._cell(cell, role) for cell, role in zip(row.cells, roles, strict=False)]
        if row.anchor:
            start, _, rest = cells[0].partition("<p>")
            cells[0] = f'{start}<p><span class="target" id="{attribute(row.anchor)}"></span>{rest}'
        return f'<tr class="{side}" role="row">{"".join(cells)}</tr>\n'

    def _cell(self, cell: Sequence[Block], role: str) -> str:
        start = _tag("td", "rb-empty" * (not cell))
        return f'{start[:-1]} role="{role}">{self._inside(cell)}</td>\n'

    def _inline(self, part: prose.Inline) -> str:
        match part:
            case prose.Text():
                return text(part.text)
            case prose.Code():
                return f"{_CODE}{_whole(part.text) if part.whole else breaking(part.text)}</code>"
            case prose.Emphasis():
                tag = "strong" if part.strong else "em"
                return f"<{tag}>{self.line(part.children)}</{tag}>"
            case prose.Link():
                return self._link(part)
            case prose.Reference():
                inner, href = self.line(part.children), self.address(part)
                if href is None:
                    return inner
                return f'<a class="reference internal" href="{attribute(href or "#")}">{inner}</a>'
            case prose.Badge():
                return f'<span class="rb-badge rb-{part.kind}">{self.line(part.children)}</span>'
            case prose.Shortened():
                return self.line(part.children)
            case _:
                assert_never(part)

    def _link(self, link: prose.Link) -> str:
        href, inner = link.url, self.line(link.children)
        if href.startswith("mailto:"):
            href = _replaced(attribute(href.replace("@", "%40")), _MAIL_ADDRESS)
            inner = "".join(_mail_text(part, self) for part in link.children)
        else:
            href = attribute(href)
        return f'<a class="reference external" href="{href}">{inner}</a>'


def with_id(html: str, anchor: str) -> str:
    """Return HTML whose first tag has an id, in the order in which docutils writes attributes."""
    return _FIRST_TAG.sub(lambda tag: f'{tag[0]} id="{attribute(anchor)}"', html, count=1)


def text(characters: str) -> str:
    """Return characters as they are between tags; docutils writes the at-sign as a number, too."""
    return escape(characters, quote=False).replace('"', "&quot;").replace("@", "&#64;")


def attribute(value: str) -> str:
    """Return the value of an attribute."""
    return text(value if value.isprintable() else re.sub(r"[\n\r\t\v\f]", " ", value))


def _mail_text(part: prose.Inline, html: Html) -> str:
    """Return what is shown of a link to a mailbox."""
    match part:
        case prose.Text():
            return _replaced(text(part.text), _MAIL_TEXT)
        case prose.Emphasis():
            tag = "strong" if part.strong else "em"
            inner = "".join(_mail_text(child, html) for child in part.children)
            return f"<{tag}>{inner}</{tag}>"
        case _:
            return html.line((part,))


def _replaced(value: str, others: dict[str, str]) -> str:
    for one, other in others.items():
        value = value.replace(one, other)
    return value


@functools.lru_cache(maxsize=1024)
def _tag(name: str, *css: str) -> str:
    classes = " ".join(each for each in css if each.strip()).strip()
    return f'<{name} class="{classes}">' if classes else f"<{name}>"


def _kind(name: str) -> str:
    return f"rb-{name}" if name else ""


@functools.lru_cache(maxsize=4096)
def breaking(characters: str) -> str:
    """Return a code that may break after its underscores, slashes and dots."""
    return _BREAKS.sub("<wbr/>", escape(characters))


def _whole(characters: str) -> str:
    """Return a code whose words do not break."""
    return "".join(_words(text(characters)))


def _words(characters: str) -> Iterator[str]:
    for word in _WORDS.findall(characters):
        if word.strip():
            yield f'<span class="pre">{word}</span>'
        elif word in " \n":
            yield word
        else:
            yield "&#160;" * (len(word) - 1) + " "


def _is_simple(items: Iterable[Sequence[Block]]) -> bool:
    """Tell whether each item is a paragraph, a simple list, or a paragraph before such a list."""
    return all(_is_simple_item(item) for item in items)


def _is_simple_item(blocks: Sequence[Block]) -> bool:
    lists = [block for block in blocks if isinstance(block, BulletList)]
    is_led = bool(blocks and isinstance(blocks[0], Paragraph) and lists[-1:] == [blocks[-1]])
    return len(blocks) <= 1 + is_led and all(_is_simple(each.items) for each in lists)
