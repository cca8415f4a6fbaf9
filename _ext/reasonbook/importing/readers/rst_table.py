"""Tables of a page in reStructuredText; docutils comes with Sphinx, and only this reader needs it.

Roles that docutils does not know, such as Sphinx's, keep their text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reasonbook.diagnostics.location import Location
from reasonbook.importing.found import SourceError
from reasonbook.importing.readers.tables import Cell, Table

if TYPE_CHECKING:
    from docutils import nodes

_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`")
_QUIET = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
}


def read_tables(text: str, path: str) -> list[Table]:
    """Return every table of a page, in its order."""
    try:
        from docutils import nodes
        from docutils.core import publish_doctree
    except ImportError:
        raise SourceError(
            "reStructuredText is read by docutils, which is not installed.",
            "Install it with pip install docutils; reasonbook[sphinx] brings it along.",
            Location(path),
        ) from None
    tree = publish_doctree(text, source_path=path, settings_overrides=_QUIET)
    return [_table(node, path) for node in tree.findall(nodes.table)]


def _table(table: nodes.table, path: str) -> Table:
    from docutils import nodes

    line = _line(table, 1)
    rows = [
        [_cell(entry, path, line) for entry in row.findall(nodes.entry)]
        for row in table.findall(nodes.row)
    ]
    title = next(table.findall(nodes.title), None)
    section = table.parent
    while title is None and section is not None:
        title = next((n for n in section.children if isinstance(n, nodes.title)), None)
        section = section.parent
    return Table(title.astext() if title else "", rows[0], rows[1:], Location(path, line))


def _line(node: nodes.Node, otherwise: int) -> int:
    """Return the line of a node: docutils gives it to texts, and not to all that holds them."""
    lines = (part.line for part in node.findall() if getattr(part, "line", None))
    return next(lines, None) or otherwise


def _cell(entry: nodes.entry, path: str, line: int) -> Cell:
    return Cell(_text(entry).strip(), Location(path, _line(entry, line)))


def _text(node: nodes.Node) -> str:
    """Return the content of a cell, with code spans and links as prose has them."""
    from docutils import nodes

    if isinstance(node, nodes.literal):
        text = node.astext()
        return f"`` {text} ``" if "`" in text else f"`{text}`"
    if isinstance(node, nodes.reference) and str(node.get("refuri", "")).startswith("http"):
        return f"[{node.astext()}]({node['refuri']})"
    if isinstance(node, nodes.Text | nodes.problematic):
        return _ROLE.sub(r"\1", node.astext()).replace("\n", " ")
    if isinstance(node, nodes.system_message | nodes.target):
        return ""
    if isinstance(node, nodes.list_item):
        return f"- {' '.join(''.join(map(_text, node.children)).split())}\n"
    ends = "\n" if isinstance(node, nodes.paragraph | nodes.literal_block) else ""
    return "".join(map(_text, node.children)) + ends
