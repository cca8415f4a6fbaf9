"""What a statement is made of, for every format: prose, and blocks beside its paragraphs and lists.

Each format has one renderer of these, which knows nothing of reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from reasonbook.diagnostics.location import Location
from reasonbook.format.prose import BulletList, Code, Inline, Paragraph, Text

Line = tuple[Inline, ...]
Part = str | Inline | Line


@dataclass(frozen=True, slots=True)
class Steps:
    """A fix: what to do, in order."""

    items: Sequence[Sequence[Block]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact; several lines are a list. The short name is for a decision on one line."""

    name: str
    lines: Sequence[Line]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Named facts, of a kind that styles know."""

    kind: str
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; an anchor leads to the first."""

    cells: Sequence[Sequence[Block]]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, of a kind that styles know; its label is for those who do not see it."""

    kind: str
    label: str
    headings: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class AgentNote:
    """What an agent must know, under its title."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, of a kind that styles know; JSON of the catalogue can find its place there."""

    kind: str
    language: str
    text: str
    find_place: Callable[[], Location] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What goes over the wire: request, status and headers, body.

    A script of the page offers *curl*, which sends the request, and *explain*: the part of the
    address of the page Explain that shows this example there.
    """

    parts: Sequence[CodeBlock]
    curl: str = ""
    explain: str = ""


Block = Paragraph | BulletList | Steps | Facts | Table
#: What a reason is told in; the last two have their own form in each format.
Statement = Block | AgentNote | Exchange
Cell = Part | list[Block]


def inlines(statements: Iterable[Statement]) -> Iterator[Inline]:
    """Yield every part of every line that people read, each before what is inside it."""
    for statement in statements:
        match statement:
            case Paragraph():
                yield from _within(statement.children)
            case BulletList() | Steps():
                for item in statement.items:
                    yield from inlines(item)
            case Facts():
                for fact in statement.facts:
                    for each in fact.lines:
                        yield from _within(each)
            case Table():
                for one in statement.rows:
                    for cell in one.cells:
                        yield from inlines(cell)
            case AgentNote():
                yield from inlines(statement.blocks)
            case Exchange():
                pass
            case _:
                assert_never(statement)


def _within(parts: Line) -> Iterator[Inline]:
    for part in parts:
        yield part
        if not isinstance(part, Text | Code):
            yield from _within(part.children)


def line(*parts: Part) -> Line:
    """Put the parts of a line together; a string is plain text."""
    found: list[Inline] = []
    for part in parts:
        if isinstance(part, tuple):
            found += part
        elif part:
            found.append(Text(part) if isinstance(part, str) else part)
    return tuple(found)


def joined(lines: Iterable[Part], mark: str = ", ") -> Line:
    """Return *lines* as one, with a mark between them."""
    found: list[Part] = []
    for each in lines:
        if found:
            found.append(mark)
        if each:
            found.append(each)
    return line(*found)


def paragraph(*parts: Part, kind: str = "") -> Paragraph:
    """Put the parts of a paragraph together."""
    return Paragraph(line(*parts), kind)


def row(*cells: Cell, anchor: str = "") -> Row:
    """Put the cells of a row together: each is a line or a list of blocks."""
    blocks = (cell if isinstance(cell, list) else [paragraph(cell)] * bool(cell) for cell in cells)
    return Row(tuple(blocks), anchor)
