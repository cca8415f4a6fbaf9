"""A hand-written page as Markdown, from its resolved doctree.

So includes, roles, directives and tabs arrive as what they became. Nodes that this visitor does
not know give the text of what is inside them: nothing is lost, only its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from posixpath import dirname, join, normpath

from docutils import nodes
from sphinx import addnodes

from reasonbook.render import markdown as md

#: Nodes that a reader does not see.
_HIDDEN = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.raw,
    addnodes.index,
    addnodes.toctree,
    addnodes.only,
)
#: What sphinx-design makes of the names of tabs and dropdowns.
_LABELS = frozenset({"sd_tab_label", "dropdown_title"})


class DoctreeMarkdown:
    """Writes one document; *twin* turns a path and fragment of the site into a Markdown address."""

    def __init__(self, docname: str, twin: Callable[[str, str], str]) -> None:
        self._docname = docname
        self._twin = twin

    def page(self, document: nodes.document) -> str:
        """Return the Markdown of a document."""
        return "\n\n".join(self._blocks(document, 1)) + "\n"

    def _blocks(self, parent: nodes.Node, level: int) -> list[str]:
        """Return the blocks inside *parent*; loose inline nodes form a paragraph."""
        found: list[str] = []
        loose: list[nodes.Node] = []
        for child in parent.children:
            if isinstance(child, nodes.Text | nodes.Inline | nodes.reference):
                loose.append(child)
                continue
            if loose:
                found.append(self._inlines(loose).strip())
                loose = []
            found += self._block(child, level)
        if loose:
            found.append(self._inlines(loose).strip())
        return [block for block in found if block.strip()]

    def _block(self, node: nodes.Node, level: int) -> list[str]:
        if isinstance(node, _HIDDEN) or not isinstance(node, nodes.Element):
            return []
        if isinstance(node, nodes.section):
            return self._blocks(node, level + 1)
        if isinstance(node, nodes.title):
            if isinstance(node.parent, nodes.Admonition):
                return [f"**{self._text(node)}**"]
            return [f"{'#' * max(level - 1, 1)} {self._text(node)}"]
        if isinstance(node, nodes.rubric) or node.tagname in _LABELS:
            return [f"**{self._text(node)}**"]
        if isinstance(node, nodes.literal_block | nodes.doctest_block):
            return [md.fenced(node.astext(), _language(node))]
        if isinstance(node, nodes.bullet_list):
            return [self._list(node, lambda _: "- ", level)]
        if isinstance(node, nodes.enumerated_list):
            return [self._list(node, lambda index: f"{index}. ", level)]
        if isinstance(node, nodes.definition_list | nodes.field_list):
            return [self._definitions(node, level)]
        if isinstance(node, nodes.table):
            return [self._table(node)]
        if isinstance(node, nodes.block_quote):
            inner = "\n\n".join(self._blocks(node, level))
            return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]
        if isinstance(node, nodes.Admonition):
            return self._admonition(node, level)
        if isinstance(node, nodes.image):
            return [node["alt"]] if node.get("alt") else []
        if isinstance(node, nodes.transition):
            return ["---"]
        if isinstance(node, nodes.TextElement):
            return [self._text(node)]
        return self._blocks(node, level)

    def _admonition(self, node: nodes.Element, level: int) -> list[str]:
        blocks = self._blocks(node, level)
        if not isinstance(node[0], nodes.title):
            blocks[:1] = [f"**{node.tagname.capitalize()}.** {blocks[0]}"]
        return blocks

    def _list(self, node: nodes.Element, mark: Callable[[int], str], level: int) -> str:
        items = []
        for index, item in enumerate(node.children, node.get("start", 1)):
            start = mark(index)
            inner = "\n\n".join(self._blocks(item, level))
            items.append(start + inner.replace("\n", "\n" + " " * len(start)))
        return re.sub(r"\n +\n", "\n\n", "\n".join(items))

    def _definitions(self, node: nodes.Element, level: int) -> str:
        items = []
        for item in node.children:
            names, bodies = [], []
            for part in item.children:
                if isinstance(part, nodes.term | nodes.field_name):
                    names.append(self._text(part))
                else:
                    bodies += self._blocks(part, level)
            inner = "\n\n".join([f"**{' '.join(names)}**: " + (bodies[0] if bodies else "")])
            rest = "".join(f"\n\n{body}" for body in bodies[1:])
            items.append("- " + (inner + rest).replace("\n", "\n  "))
        return re.sub(r"\n +\n", "\n\n", "\n".join(items))

    def _table(self, node: nodes.Element) -> str:
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        return md.table(rows[0], rows[1:]) if rows else ""

    def _cell(self, entry: nodes.Node) -> str:
        """Return the blocks of a cell on one line; the steps of a list are numbered in it."""
        parts = []
        for child in entry.children:
            if isinstance(child, nodes.enumerated_list):
                for index, item in enumerate(child.children, 1):
                    parts.append(f"({index}) {' '.join(self._blocks(item, 1))}")
            elif isinstance(child, nodes.bullet_list):
                parts.append("; ".join(" ".join(self._blocks(item, 1)) for item in child.children))
            else:
                parts += self._block(child, 1)
        return " ".join(parts)

    def _text(self, node: nodes.Node) -> str:
        return self._inlines(node.children).strip()

    def _inlines(self, children: Iterable[nodes.Node]) -> str:
        return "".join(self._inline(node, index == 0) for index, node in enumerate(children))

    def _inline(self, node: nodes.Node, first: bool) -> str:
        if isinstance(node, nodes.Text):
            return md.escape(re.sub(r"\s+", " ", node.astext()), first=first)
        if isinstance(node, _HIDDEN) or not isinstance(node, nodes.Element):
            return ""
        if isinstance(node, nodes.literal | nodes.math):
            return md.code(node.astext())
        if isinstance(node, nodes.image):
            return str(node.get("alt", ""))
        inner = self._inlines(node.children)
        if not inner.strip():
            return inner
        if isinstance(node, nodes.emphasis):
            return f"*{inner}*"
        if isinstance(node, nodes.strong):
            return f"**{inner}**"
        if isinstance(node, addnodes.download_reference) and "filename" in node:
            target = self._twin(f"_downloads/{node['filename']}", "")
            return f"[{inner}]({target})"
        if isinstance(node, nodes.reference):
            target = self._target(node)
            return f"[{inner}]({target})" if target else inner
        return inner

    def _target(self, node: nodes.Element) -> str:
        """Return the absolute address of a reference; on the site, of the Markdown twin."""
        uri = str(node.get("refuri", ""))
        if re.match(r"[a-z][a-z0-9+.-]*:", uri, re.IGNORECASE):
            return uri
        if not uri:
            return self._twin(self._docname, "") if node.get("refid") else ""
        path, _, fragment = uri.partition("#")
        return self._twin(normpath(join(dirname(self._docname), path)), fragment)


def _language(node: nodes.Element) -> str:
    language = str(node.get("language", ""))
    return "" if language in ("default", "none") else language
