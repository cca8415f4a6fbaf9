"""A reason as nodes: its row in a table, its accordion, and what both its pages say of it."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import create_component

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Code
from reasonbook.render.facts import reason as facts
from reasonbook.render.facts import reason_table as tables
from reasonbook.render.facts.references import titled
from reasonbook.render.facts.short import http_labels, state_badge, successor_of
from reasonbook.render.facts.statements import line
from reasonbook.sphinx.nodes.example import examples_nodes
from reasonbook.sphinx.nodes.notes import ai_context_nodes
from reasonbook.sphinx.nodes.prose import block_node, blocks_nodes, line_nodes, reference
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS

#: Tells, for ``only``, the builders that write a page for each reason.
REASON_PAGES = " or ".join(f"builder_{name}" for name in sorted(REASON_PAGE_BUILDERS))


def reason_table(reasons: tuple[Reason, ...], api: Api, label: str) -> nodes.Element:
    """Return the table Reason / HTTP / Cause → Fix."""
    return block_node(tables.reason_table(reasons, api, label))


def anchored_table(reasons: tuple[Reason, ...], api: Api, label: str) -> nodes.Element:
    """Return that table with the anchors of the reasons, each leading to its own page."""
    table = tables.reason_table(reasons, api, label, tables.LARGE_COLUMNS, anchors=True)
    return block_node(table)


def accordion(reason: Reason, api: Api, *, has_page: bool, anchor: str = "") -> nodes.container:
    """Return the collapsed details of a reason; *has_page* says whether it has its own page, too.

    The target of *anchor* is inside, since browsers open what holds a target, but not an
    element that is the target.
    """
    labels = http_labels(reason)
    name = titled(Code(reason.name), reason)
    # Words could be read as the end of the title; a label of a status cannot.
    before, after = (" ", "") if reason.http_codes else (" (", ")")
    title = line(name, *((before, labels, after) if labels else ()), state_badge(reason))
    if successor := successor_of(reason):
        title = line(title, " → ", Code(successor))
    target = [nodes.target("", "", ids=[anchor])] if anchor else []
    content = [*target, *reason_nodes(reason, api)]
    if has_page:
        content.append(_permalink(reason))
    return create_component(
        "dropdown",
        rawtext="",
        children=[nodes.rubric("", "", *line_nodes(title)), *content],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["rb-reason"],
        title_classes=[],
        body_classes=[],
    )


def _permalink(reason: Reason) -> addnodes.only:
    """Return the link to the reason's own page, for the builders that write it."""
    text = nodes.Text("Permanent page of this reason")
    link = reference("reason", f"{reason.api}/{reason.name}", text)
    paragraph = nodes.paragraph("", "", link, classes=["rb-permalink"])
    return addnodes.only("", paragraph, expr=REASON_PAGES)


def reason_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return everything about a reason but its name."""
    return [
        *blocks_nodes(facts.decision(reason, api)),
        *(ai_context_nodes(reason.ai_context, api) if reason.ai_context else []),
        *blocks_nodes(facts.particulars(reason, api)),
        *examples_nodes(reason, api),
    ]
