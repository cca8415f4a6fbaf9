"""Tables of a page in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reasonbook.diagnostics.location import Location
from reasonbook.importing.readers.tables import Cell, Table

# Links to places that a catalogue does not have keep their words.
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:|mailto:)[^)]*\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")


def read_tables(text: str, path: str) -> list[Table]:
    """Return every table of a page, in its order."""
    lines = text.splitlines()
    tables: list[Table] = []
    heading, rows, cells = "", [[Cell("", Location(path))]], []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    begin = 0
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[index + 1].content
        elif token.type == "table_open":
            rows, begin = [], _line(token)
        elif token.type == "tr_open":
            cells = _cells(tokens[index:], lines, _line(token), path)
            rows.append(cells)
        elif token.type == "table_close":
            tables.append(Table(heading, rows[0], rows[1:], Location(path, begin + 1)))
    return tables


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _cells(tokens: Sequence[Token], lines: Sequence[str], number: int, path: str) -> list[Cell]:
    """Return the cells of the row that begins with the first token."""
    cells, at = [], 0
    for token in tokens:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            start = lines[number].find(token.content.replace("|", "\\|"), at)
            at = max(start, at)
            text = _IMAGE.sub(r"\1", _LINK.sub(r"\1", token.content))
            cells.append(Cell(text, Location(path, number + 1, at + 1)))
            at += len(token.content)
    return cells
