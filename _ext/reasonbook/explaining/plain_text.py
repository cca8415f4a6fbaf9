"""Statements as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from reasonbook.format import prose
from reasonbook.render.facts.statements import Block, Facts, Line, Steps, Table


def text_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks one below the other."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case prose.Paragraph():
            yield text_line(block.children)
        case prose.BulletList():
            for item in block.items:
                yield from _item("- ", item)
        case Steps():
            several = len(block.items) > 1
            for number, step in enumerate(block.items, 1):
                yield from _item(f"{number}. " if several else "-> ", step)
        case Facts():
            for fact in block.facts:
                yield f"{fact.name}: {'; '.join(map(text_line, fact.lines))}"
        case Table():
            for row in block.rows:
                yield "  ".join(text_blocks(cell) for cell in row.cells)
        case _:
            assert_never(block)


def _item(mark: str, blocks: Iterable[Block]) -> Iterator[str]:
    lines = [line for block in blocks for line in _lines(block)]
    for number, line in enumerate(lines):
        yield (" " * len(mark) if number else mark) + line


def text_line(parts: Line) -> str:
    """Return a line without what only a browser shows."""
    return prose.text_of(prose.rewrite(parts, _written))


def _written(part: prose.Inline) -> Line:
    """Return a link with its address, and code with its marks, which plain text would lose."""
    if isinstance(part, prose.Code):
        return (prose.Text(f"`{part.text}`"),)
    if isinstance(part, prose.Link) and not part.bare:
        return (*part.children, prose.Text(f" <{part.url}>"))
    return (part,)
