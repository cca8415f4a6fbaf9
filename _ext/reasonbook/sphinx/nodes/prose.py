"""Prose as docutils nodes. A code span that is a reason of the same API becomes a reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.sphinx.nodes.custom import code_name


def block_nodes(text: str, api: Api) -> list[nodes.Node]:
    """Return the nodes of a text that may hold several paragraphs and bullet lists."""
    return _blocks(prose.parse_blocks(text), api)


def inline_nodes(text: str, api: Api) -> list[nodes.Node]:
    """Return the nodes of a text that is one paragraph."""
    return _inlines(prose.parse_inline(text), api)


def paragraph(text: str, api: Api) -> nodes.paragraph:
    """Return *text* as one paragraph."""
    return nodes.paragraph("", "", *inline_nodes(text, api))


def reason_reference(api: str, reason: str) -> addnodes.pending_xref:
    """Return a reference to a reason, shown as its name."""
    return reference("reason", f"{api}/{reason}", code_name("", reason))


def reference(kind: str, target: str, content: nodes.Node) -> addnodes.pending_xref:
    """Return a reference of the ``err`` domain around *content*."""
    return addnodes.pending_xref(
        "",
        content,
        refdomain="err",
        reftype=kind,
        reftarget=target,
        refexplicit=True,
        refwarn=True,
    )


def _blocks(blocks: Iterable[prose.Block], api: Api) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for block in blocks:
        if isinstance(block, prose.Paragraph):
            found.append(nodes.paragraph("", "", *_inlines(block.children, api)))
        else:
            items = [nodes.list_item("", *_blocks(item, api)) for item in block.items]
            found.append(nodes.bullet_list("", *items, bullet="-"))
    return found


def _inlines(inlines: Sequence[prose.Inline], api: Api) -> list[nodes.Node]:
    return [_inline(inline, api) for inline in inlines]


def _inline(inline: prose.Inline, api: Api) -> nodes.Node:
    if isinstance(inline, prose.Text):
        return nodes.Text(inline.text)
    if isinstance(inline, prose.Code):
        if inline.text in api.reasons:
            return reason_reference(api.name, inline.text)
        return code_name("", inline.text)
    children = _inlines(inline.children, api)
    if isinstance(inline, prose.Link):
        return nodes.reference("", "", *children, refuri=inline.url, internal=False)
    return (nodes.strong if inline.strong else nodes.emphasis)("", "", *children)
