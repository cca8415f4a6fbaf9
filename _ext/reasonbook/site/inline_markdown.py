"""What is inside a line of a doctree, as Markdown; also the labels before what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import dirname, join, normpath
from typing import Protocol

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from reasonbook.render.markdown import writer as md
from reasonbook.site.raw_html import Mark, VisibleText

#: Nodes that a reader does not see.
HIDDEN = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,
    addnodes.index,
    addnodes.only,
)
HARD_BREAK = "\\\n"
#: Lists whose items have a name.
NAMED_LISTS = (nodes.definition_list, nodes.field_list, nodes.option_list)
_NAMES = (nodes.term, nodes.field_name)
_LABELS = (*_NAMES, nodes.classifier, nodes.option_group, addnodes.desc_signature)


class Site(Protocol):
    """What the Markdown of a page must know of the site around it."""

    def twin(self, path: str, fragment: str) -> str:
        """Return the address for a path and fragment of the site: of the Markdown, if any."""

    def image(self, node: nodes.image) -> str:
        """Return the address of an image, or nothing where the site does not have it."""

    def hides(self, node: nodes.Element) -> bool:
        """Tell whether the configuration of the site hides a node."""

    def toctree(self, node: addnodes.toctree) -> nodes.Element | None:
        """Return what a reader sees of a table of contents, if anything."""


class InlineMarkdown:
    """Writes the lines of one document, which is at *uri* of *site*.

    Every line break in what it returns is a hard one.
    """

    def __init__(self, uri: str, site: Site) -> None:
        self._uri = uri
        self.site = site
        self._explained: set[tuple[str, str]] = set()

    def text(self, node: nodes.Node) -> str:
        """Return what is inside a node."""
        return self.run(node.children)

    def line(self, node: nodes.Node) -> str:
        """Return what is inside a node, on one line, for a heading or a cell."""
        return self.text(node).replace(HARD_BREAK, " ")

    def run(self, children: Iterable[nodes.Node]) -> str:
        """Return inline nodes that form a block together."""
        return _trimmed(self._inlines(children))

    def raw_blocks(self, node: nodes.raw) -> list[str]:
        """Return what is visible of a block of raw HTML, by paragraph."""
        blocks: list[list[str | Mark]] = [[]]
        for part in VisibleText().read(node):
            if part is Mark.BLOCK:
                blocks.append([])
            else:
                blocks[-1].append(part)
        return [text for block in blocks if (text := _trimmed(_with_raw("", block)))]

    def _inlines(self, children: Iterable[nodes.Node]) -> str:
        line, raw = "", VisibleText()
        for node in children:
            if isinstance(node, nodes.raw):
                line = _with_raw(line, raw.read(node))
            elif not raw.hides:
                line = _joined(line, self._inline(node, line))
        return line

    def _inline(self, node: nodes.Node, before: str) -> str:
        """Return a node as Markdown; *before* is what comes before it."""
        if isinstance(node, nodes.Text):
            return _escaped(node.astext(), before)
        if isinstance(node, HIDDEN) or not isinstance(node, nodes.Element):
            return ""
        match node:
            case nodes.literal() | nodes.math() | nodes.math_block():
                return code_span(node)
            case addnodes.desc_inline():
                return code_span(node)
            case nodes.image():
                return self.image(node)
            case nodes.footnote_reference():
                return note_mark(node)
        inner = self._inlines(node.children)
        if not inner.strip():
            return inner
        match node:
            case nodes.emphasis():
                return f"*{inner}*"
            case nodes.strong():
                return f"**{inner}**"
            case nodes.superscript():
                return f"^{_grouped(node, inner)}"
            case nodes.subscript():
                # Between letters an underscore is one; elsewhere it would begin emphasis.
                return ("_" if before[-1:].isalnum() else r"\_") + _grouped(node, inner)
            case nodes.abbreviation():
                return inner + self._explanation(node)
            case addnodes.download_reference() if "filename" in node:
                target = self.site.twin(f"_downloads/{node['filename']}", "")
                return f"[{inner}]({target})"
            case nodes.reference():
                target = self._target(node)
                return f"[{inner}]({target})" if target else inner
        return inner

    def image(self, node: nodes.image) -> str:
        """Return an image with its address, or what the author says of it."""
        alt = md.escape(str(node.get("alt", "")), first=False)
        address = self.site.image(node)
        return f"![{alt}]({address})" if address else alt

    @staticmethod
    def admonition_label(node: nodes.Element) -> str:
        """Return the label that Sphinx shows; none where there is a title."""
        label = admonitionlabels.get(node.tagname)
        return f"**{md.escape(str(label))}.**" if label else ""

    def item_label(self, item: nodes.Element) -> str:
        """Return the name of a definition, field, option or described object, without a colon."""
        names = [self.line(part) for part in item.children if isinstance(part, _NAMES)]
        kinds = [self.line(part) for part in item.children if isinstance(part, nodes.classifier)]
        codes = [
            md.code(" ".join(part.astext().split()))
            for group in item.children
            if isinstance(group, nodes.option_group | addnodes.desc_signature)
            for part in (group.children if isinstance(group, nodes.option_group) else [group])
        ]
        label = f"**{', '.join(names)}**" if names else ", ".join(codes)
        return f"{label} ({', '.join(kinds)})" if kinds else label

    @staticmethod
    def item_body(item: nodes.Element) -> list[nodes.Node]:
        """Return the parts of an item that are not labels."""
        return [part for part in item.children if not isinstance(part, _LABELS)]

    def _explanation(self, node: nodes.abbreviation) -> str:
        """Return what an abbreviation stands for, the first time."""
        explanation = str(node.get("explanation", ""))
        key = (node.astext(), explanation)
        if not explanation or key in self._explained:
            return ""
        self._explained.add(key)
        return f" ({md.escape(explanation, first=False)})"

    def _target(self, node: nodes.Element) -> str:
        """Return the absolute address of a reference; on the site, of the Markdown twin."""
        uri = str(node.get("refuri", ""))
        if re.match(r"[a-z][a-z0-9+.-]*:", uri, re.IGNORECASE):
            return uri
        if not uri:
            return self.site.twin(self._uri, "") if node.get("refid") else ""
        path, _, fragment = uri.partition("#")
        return self.site.twin(normpath(join(dirname(self._uri), path)), fragment)


def code_span(node: nodes.Node) -> str:
    """Return the text of a node as a span of code, its line breaks as spaces."""
    return md.code(node.astext().strip("\n").replace("\n", " "))


def note_mark(note: nodes.Element) -> str:
    """Return the mark of a footnote or citation, for it and for what refers to it.

    MyST leaves the automatic footnotes of reStructuredText without a number; they have a name.
    """
    labels = [child for child in note.children if isinstance(child, nodes.label | nodes.Text)]
    label = labels[0].astext() if labels else note.get("refid") or note["ids"][0]
    if isinstance(note, nodes.citation):
        return md.escape(f"[{label}]")
    return f"[^{md.escape(label, first=False)}]"


def _escaped(text: str, before: str) -> str:
    squeezed = re.sub(r"\s+", " ", text)
    if before.endswith(HARD_BREAK):
        squeezed = squeezed.lstrip()
    if re.search(r"(?<!\\)\]$", before) and squeezed.startswith(("(", ":")):
        return "\\" + md.escape(squeezed, first=False)  # the mark of a footnote is not a link
    return md.escape(squeezed, first=not before or before.endswith(HARD_BREAK))


def _with_raw(line: str, parts: Iterable[str | Mark]) -> str:
    """Return a line with what is visible of raw HTML after it."""
    for part in parts:
        match part:
            case Mark.BREAK:
                line = line if line.endswith(HARD_BREAK) else line.rstrip(" ") + HARD_BREAK
            case Mark.BLOCK:
                line = _joined(line, " ")
            case Mark.CHECKED | Mark.UNCHECKED:
                line += f"{part.value} "
            case str():
                line = _joined(line, _escaped(part, line))
    return line


def _joined(line: str, more: str) -> str:
    """Return a line and what goes on with it; after a break or a space no second space follows."""
    return line + (more.lstrip(" ") if line.endswith((" ", "\n")) else more)


def _trimmed(text: str) -> str:
    """Return a block without white space and breaks around it: there, a backslash would be text."""
    return re.sub(r"^(?:\s*\\\n)+|(?:\\\n\s*)+$", "", text).strip()


def _grouped(node: nodes.Element, inner: str) -> str:
    """Return what is raised or lowered, so that one sees where it ends."""
    text = node.astext()
    return text if re.fullmatch(r"[-+−]?\w+", text) else f"({inner})"
