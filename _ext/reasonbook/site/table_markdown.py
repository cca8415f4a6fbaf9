"""Tables of a doctree as pipe tables, which have one line to a row and no merged cells."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from reasonbook.render.markdown import writer as md
from reasonbook.site.inline_markdown import (
    HARD_BREAK,
    HIDDEN,
    NAMED_LISTS,
    InlineMarkdown,
    code_span,
    note_mark,
)


class TableMarkdown:
    """Writes the tables of one document."""

    def __init__(self, inlines: InlineMarkdown) -> None:
        self._inlines = inlines

    def blocks(self, node: nodes.table) -> list[str]:
        """Return a table, after its caption.

        A table without a head gets an empty one: its first row is not a heading.
        """
        found = [f"**{self._inlines.line(title)}**" for title in _of_type(node, nodes.title)]
        for group in _of_type(node, nodes.tgroup):
            columns = len(_of_type(group, nodes.colspec))
            head, body = (
                self._grid(_rows(group, part), columns) for part in (nodes.thead, nodes.tbody)
            )
            headings = [_heading(texts) for texts in zip(*head, strict=True)]
            found.append(md.table(headings or [""] * columns, body))
        return found

    def _grid(self, rows: Iterable[nodes.Element], columns: int) -> list[list[str]]:
        """Return the rows with every cell in place; a merged cell is in each that it covers.

        One that covers a whole row is there once, since it is a heading of what follows.
        """
        found = []
        above: dict[int, tuple[int, str]] = {}  # by column: for how many rows, and what
        for row in rows:
            cells: list[str] = []
            for entry in row.children:
                assert isinstance(entry, nodes.Element)
                _take_over(above, cells)
                width, height = 1 + entry.get("morecols", 0), entry.get("morerows", 0)
                text = " ".join(self._flat(entry.children))
                for n in range(width):
                    shown = "" if n and width == columns else text
                    if height:
                        above[len(cells)] = (height, shown)
                    cells.append(shown)
            _take_over(above, cells)
            found.append([*cells, *[""] * (columns - len(cells))])
        return found

    def _flat(self, children: Iterable[nodes.Node]) -> list[str]:
        return [text for child in children for text in self._flat_node(child) if text]

    def _flat_node(self, node: nodes.Node) -> list[str]:
        """Return a block on one line; the steps of a list are numbered in it."""
        if isinstance(node, HIDDEN) or not isinstance(node, nodes.Element):
            return [self._inlines.run([node])]
        if self._inlines.site.hides(node):
            return []
        match node:
            case nodes.enumerated_list():
                items = enumerate(node.children, node.get("start", 1))
                return [f"({n}) {' '.join(self._flat(item.children))}" for n, item in items]
            case nodes.bullet_list():
                return ["; ".join(" ".join(self._flat(item.children)) for item in node.children)]
            case nodes.literal_block() | nodes.doctest_block() | nodes.math_block():
                return [code_span(node)]
            case nodes.raw():
                return [" ".join(self._inlines.raw_blocks(node)).replace(HARD_BREAK, " ")]
            case nodes.image():
                return [self._inlines.image(node)]
            case nodes.label():
                return []
            case nodes.footnote() | nodes.citation():
                return [f"{note_mark(node)}:", *self._flat(node.children)]
            case nodes.title() | nodes.rubric():
                return [f"**{self._inlines.line(node)}**"]
            case addnodes.versionmodified():
                return self._flat(node.children)
            case addnodes.desc():
                return [self._named(node)]
            case nodes.Admonition():
                return [self._inlines.admonition_label(node), *self._flat(node.children)]
            case nodes.Inline() | nodes.reference():
                return [self._inlines.run([node]).replace(HARD_BREAK, " ")]
            case nodes.TextElement():
                return [self._inlines.line(node)]
        if isinstance(node, NAMED_LISTS):
            return ["; ".join(self._named(item) for item in _of_type(node, nodes.Element))]
        return self._flat(node.children)

    def _named(self, item: nodes.Element) -> str:
        body = self._flat(self._inlines.item_body(item))
        return f"{self._inlines.item_label(item)}: {' '.join(body)}"


def _of_type(node: nodes.Element, kind: type[nodes.Element]) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, kind)]


def _rows(group: nodes.Element, kind: type[nodes.Element]) -> list[nodes.Element]:
    return [row for part in _of_type(group, kind) for row in _of_type(part, nodes.row)]


def _take_over(above: dict[int, tuple[int, str]], cells: list[str]) -> None:
    """Add the cells that reach down from the rows above to where a row has got to."""
    while len(cells) in above:
        rows, text = above.pop(len(cells))
        if rows > 1:
            above[len(cells)] = (rows - 1, text)
        cells.append(text)


def _heading(texts: Iterable[str]) -> str:
    """Return the heading of a column, of all the rows of the head."""
    return " / ".join(text for text in dict.fromkeys(texts) if text)
