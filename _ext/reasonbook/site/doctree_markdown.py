"""A hand-written page as Markdown, from its resolved doctree.

So includes, roles, directives and tabs arrive as what they became. Nodes that this visitor does
not know give the text of what is inside them: nothing is lost, only its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx import addnodes

from reasonbook import limits
from reasonbook.render.markdown import writer as md
from reasonbook.site.inline_markdown import (
    HARD_BREAK,
    HIDDEN,
    NAMED_LISTS,
    InlineMarkdown,
    Site,
    note_mark,
)
from reasonbook.site.table_markdown import TableMarkdown

#: What sphinx-design makes of the names of tabs and dropdowns.
_LABELS = frozenset({"sd_tab_label", "dropdown_title"})


class _Paragraph(str):
    """A block that can go on after a label, on its line."""


class DoctreeMarkdown:
    """Writes one document, which is at *uri* of *site*."""

    def __init__(self, uri: str, site: Site) -> None:
        self._inlines = InlineMarkdown(uri, site)
        self._tables = TableMarkdown(self._inlines)

    def page(self, document: nodes.document) -> str:
        """Return the Markdown of a document."""
        return "\n\n".join(self._blocks(document.children, 1)) + "\n"

    def _blocks(self, children: Iterable[nodes.Node], level: int) -> list[str]:
        """Return the blocks of some nodes; loose inline nodes form a paragraph."""
        found: list[str] = []
        loose: list[nodes.Node] = []
        for child in children:
            if _is_loose(child):
                loose.append(child)
                continue
            found.append(_Paragraph(self._inlines.run(loose)))
            loose = []
            found += self._block(child, level)
        found.append(_Paragraph(self._inlines.run(loose)))
        return [block for block in found if block.strip()]

    def _block(self, node: nodes.Node, level: int) -> list[str]:
        if isinstance(node, HIDDEN) or not isinstance(node, nodes.Element):
            return []
        if self._inlines.site.hides(node):
            return []
        if node.tagname in _LABELS:
            return [f"**{self._inlines.line(node)}**"]
        if isinstance(node, NAMED_LISTS):
            return ["\n".join(self._named(item, level) for item in _elements(node))]
        match node:
            case nodes.section():
                return self._blocks(node.children, level + 1)
            case nodes.title():
                return [self._title(node, level - 1)]
            case nodes.rubric():
                return [f"**{self._inlines.line(node)}**"]
            case nodes.literal_block() | nodes.doctest_block():
                return [md.fenced(node.astext(), _language(node))]
            case nodes.math_block():
                number = [f"**({node['number']})**"] if node.get("number") else []
                return [*number, md.fenced(node.astext(), "math")]
            case nodes.bullet_list():
                return [self._list(node, lambda _: "- ", level)]
            case nodes.enumerated_list():
                return [self._list(node, lambda index: f"{index}. ", level)]
            case nodes.table():
                return self._tables.blocks(node)
            case nodes.block_quote():
                inner = "\n\n".join(self._blocks(node.children, level))
                return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]
            case nodes.line_block():
                lines = [self._inlines.text(line) for line in node.findall(nodes.line)]
                return [_Paragraph(HARD_BREAK.join(line for line in lines if line))]
            case nodes.footnote() | nodes.citation():
                return self._note(node, level)
            case addnodes.toctree():
                shown = self._inlines.site.toctree(node)
                return self._blocks(shown.children, level) if shown else []
            case nodes.topic() if "contents" in node["classes"]:
                return []  # links from the page to its own parts
            case addnodes.versionmodified():  # its text says which kind it is
                return self._blocks(node.children, level)
            case addnodes.desc():
                return [self._named(node, level)]
            case addnodes.productionlist():
                return [md.fenced("\n".join(rule.astext().rstrip() for rule in node.children), "")]
            case nodes.Admonition():
                label, blocks = (
                    self._inlines.admonition_label(node),
                    self._blocks(node.children, level),
                )
                return _labelled(label, blocks) if label and blocks else blocks
            case nodes.raw():
                return [_Paragraph(text) for text in self._inlines.raw_blocks(node)]
            case nodes.image():
                return [_Paragraph(self._inlines.image(node))]
            case nodes.attribution():
                return [f"— {self._inlines.line(node)}"]
            case nodes.transition():
                return ["---"]
            case nodes.TextElement():
                return [_Paragraph(self._inlines.text(node))]
        return self._blocks(node.children, level)

    def _title(self, node: nodes.title, level: int) -> str:
        """Return a heading; below the sixth level, and for what is not a section, a label."""
        text = self._inlines.line(node)
        if level <= limits.HEADING_LEVELS and isinstance(
            node.parent, nodes.section | nodes.document
        ):
            return f"{'#' * max(level, 1)} {text}"
        return f"**{text}**"

    def _list(self, node: nodes.Element, mark: Callable[[int], str], level: int) -> str:
        items = []
        # A resolved toctree keeps the hidden ones below it beside its items.
        shown = [child for child in node.children if isinstance(child, nodes.list_item)]
        for index, item in enumerate(shown, node.get("start", 1)):
            start = mark(index)
            inner = "\n\n".join(self._blocks(item.children, level))
            items.append(start + _indented(inner, len(start)))
        return "\n".join(items)

    def _named(self, item: nodes.Element, level: int) -> str:
        """Return an item of a list with its name."""
        label, blocks = (
            self._inlines.item_label(item),
            self._blocks(self._inlines.item_body(item), level),
        )
        text = "\n\n".join(_labelled(f"{label}:" if blocks else label, blocks))
        return f"- {_indented(text, 2)}"

    def _note(self, node: nodes.Element, level: int) -> list[str]:
        """Return a footnote or citation; what goes on after its first block is indented."""
        content = [child for child in node.children if not isinstance(child, nodes.label)]
        first, *more = _labelled(f"{note_mark(node)}:", self._blocks(content, level))
        # Where footnotes are unknown, this would be read as an address and, maybe, a title.
        if re.fullmatch(r"\[\^\S+\s+\S+(\s+[\"'(].*)?", first):
            first = first.replace(":", "\\:", 1)
        return [first, *(f"  {_indented(block, 2)}" for block in more)]


def _is_loose(node: nodes.Node) -> bool:
    """Tell whether a node is part of a line; outside of paragraphs, raw text and images are not."""
    return isinstance(node, nodes.Text | nodes.Inline | nodes.reference) and not isinstance(
        node, nodes.raw | nodes.image
    )


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def _labelled(label: str, blocks: list[str]) -> list[str]:
    """Return blocks after a label: on the line of a paragraph, else above them."""
    if blocks and isinstance(blocks[0], _Paragraph):
        return [f"{label} {blocks[0]}", *blocks[1:]]
    return [label, *blocks]


def _indented(text: str, width: int) -> str:
    """Indent all lines but the first and those without text."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, text)


def _language(node: nodes.Element) -> str:
    language = str(node.get("language", ""))
    return "" if language in ("default", "none") else language
