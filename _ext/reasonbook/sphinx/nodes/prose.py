"""Statements and prose as docutils nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from docutils import nodes
from sphinx import addnodes

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.render import wording
from reasonbook.render.facts import references
from reasonbook.render.facts.statements import Block, Fact, Facts, Line, Steps, Table
from reasonbook.sphinx.nodes.custom import code_name, stacked_entry, stacked_row, stacked_table


def paragraph(text: str, api: Api) -> nodes.paragraph:
    """Return prose of the catalogue as one paragraph."""
    return nodes.paragraph("", "", *line_nodes(references.inline(text, api)))


def titled_section(
    title: str, anchor: str, *content: nodes.Node | Iterable[nodes.Node]
) -> nodes.section:
    """Return a section; each part of its content is a node, or several."""
    section = nodes.section("", nodes.title("", title), ids=[anchor], names=[])
    for part in content:
        section += part
    return section


def reason_reference(api: str, reason: str) -> addnodes.pending_xref:
    """Return a reference to a reason, shown as its name."""
    return reference("reason", f"{api}/{reason}", code_name("", reason))


def reference(kind: str, target: str, *content: nodes.Node) -> addnodes.pending_xref:
    """Return a reference of the ``err`` domain around *content*."""
    return addnodes.pending_xref(
        "",
        *content,
        refdomain="err",
        reftype=kind,
        reftarget=target,
        refexplicit=True,
        refwarn=True,
    )


def document_reference(docname: str, text: str) -> addnodes.pending_xref:
    """Return a reference to a document of the project."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=True,
        refwarn=True,
    )


def line_nodes(line: Line) -> list[nodes.Node]:
    """Return the inline nodes of a line."""
    return [node for part in line for node in _inline(part)]


def _inline(part: prose.Inline) -> list[nodes.Node]:
    match part:
        case prose.Text():
            return [nodes.Text(part.text)]
        case prose.Code():
            return [(nodes.literal if part.whole else code_name)("", part.text)]
        case prose.Emphasis():
            kind = nodes.strong if part.strong else nodes.emphasis
            return [kind("", "", *line_nodes(part.children))]
        case prose.Link():
            children = line_nodes(part.children)
            return [nodes.reference("", "", *children, refuri=part.url, internal=False)]
        case prose.Reference():
            return [reference(part.kind, part.target, *line_nodes(part.children))]
        case prose.Badge():
            classes = ["rb-badge", f"rb-{part.kind}"]
            return [nodes.inline("", "", *line_nodes(part.children), classes=classes)]
        case prose.Shortened():
            return line_nodes(part.children)
        case _:
            assert_never(part)


def blocks_nodes(blocks: Iterable[Block]) -> list[nodes.Element]:
    """Return the nodes of blocks that follow each other."""
    return [node for block in blocks for node in _block(block)]


def block_node(block: prose.Paragraph | prose.BulletList | Facts | Table) -> nodes.Element:
    """Return the node of a block that is one node."""
    (node,) = _block(block)
    return node


def _block(block: Block) -> list[nodes.Element]:
    match block:
        case prose.Paragraph():
            return [nodes.paragraph("", "", *line_nodes(block.children), **_classes(block.kind))]
        case prose.BulletList():
            return [_bullet_list(map(blocks_nodes, block.items), block.kind)]
        case Steps():
            return _steps(block)
        case Facts():
            return [nodes.field_list("", *map(_field, block.facts), **_classes(block.kind))]
        case Table():
            return [_table(block)]
        case _:
            assert_never(block)


def _classes(*names: str) -> dict[str, list[str]]:
    return {"classes": [f"rb-{name}" for name in names if name]}


def _bullet_list(items: Iterable[list[nodes.Element]], kind: str = "") -> nodes.bullet_list:
    entries = [nodes.list_item("", *item) for item in items]
    return nodes.bullet_list("", *entries, bullet="-", **_classes(kind))


def _steps(steps: Steps) -> list[nodes.Element]:
    label = nodes.strong("", f"{wording.FIX}:")
    if len(steps.items) == 1:
        found = blocks_nodes(steps.items[0])
        if isinstance(found[0], nodes.paragraph):
            found[0].insert(0, [label, nodes.Text(" ")])
            found[0]["classes"].append("rb-fix")
        return found
    items = [nodes.list_item("", *blocks_nodes(item)) for item in steps.items]
    numbers = {"enumtype": "arabic", "prefix": "", "suffix": "."}
    return [
        nodes.paragraph("", "", label, **_classes("fix")),
        nodes.enumerated_list("", *items, **numbers, **_classes("fix-steps")),
    ]


def _field(fact: Fact) -> nodes.field:
    lines = [nodes.paragraph("", "", *line_nodes(line)) for line in fact.lines]
    body = lines[0] if len(lines) == 1 else _bullet_list([line] for line in lines)
    return nodes.field("", nodes.field_name("", fact.name), nodes.field_body("", body))


def _table(table: Table) -> stacked_table:
    group = nodes.tgroup("", cols=len(table.headings))
    group += [nodes.colspec("", colwidth=100 // len(table.headings)) for _ in table.headings]
    head = stacked_row()
    head += [stacked_entry("", nodes.paragraph("", heading)) for heading in table.headings]
    body = nodes.tbody()
    for row in table.rows:
        cells = [blocks_nodes(cell) for cell in row.cells]
        if row.anchor:
            cells[0][0].insert(0, nodes.target("", "", ids=[row.anchor]))
        body += stacked_row(
            "", *(stacked_entry("", *cell, **_classes("empty" * (not cell))) for cell in cells)
        )
    group += [nodes.thead("", head), body]
    return stacked_table("", group, label=table.label, **_classes("table", table.kind))
