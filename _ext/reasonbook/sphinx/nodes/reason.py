"""A reason as nodes: its row in a table, its accordion, and what both its pages say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import create_component

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Code, Paragraph, Reference, Text
from reasonbook.render.facts import reason_table as tables
from reasonbook.render.facts.statements import AgentNote, Exchange, Line, Statement, Table, inlines
from reasonbook.sphinx.nodes.example import exchange_node
from reasonbook.sphinx.nodes.notes import agent_note_node
from reasonbook.sphinx.nodes.prose import block_node, blocks_nodes, line_nodes
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS

#: Tells, for ``only``, the builders that write a page for each reason.
REASON_PAGES = " or ".join(f"builder_{name}" for name in sorted(REASON_PAGE_BUILDERS))


class reason_accordion(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes so)
    """The place of the accordion of a reason; its id is the anchor.

    A doctree holds it in place of a hundred nodes and more. Where HTML is written from the facts,
    it is all that Sphinx has to walk; for other builders stock nodes take its place.
    """


class reason_rows(nodes.General, nodes.Element):  # noqa: N801
    """The place of a table with a row for each of many reasons, in the same manner.

    A doctree holds which table of its page it is, and the words of it, each once, for Sphinx's
    search. Who writes the table makes it again: Sphinx has all pages in memory when several
    processes write.
    """

    make: Callable[[], Table]

    def keep(self, page: str, number: int) -> None:
        """Leave what a doctree holds; *number* is that of the table on its page."""
        table = self.make()
        parts = [*inlines([table])]
        text = " ".join([*table.headings, *(p.text for p in parts if isinstance(p, Text | Code))])
        self += nodes.Text(" ".join(dict.fromkeys(text.split())))
        self["page"], self["number"] = page, number
        asks = self["asks"]
        self["asks"] = [(p.kind, p.target) for p in parts if asks and isinstance(p, Reference)]
        del self.make


def table_place(
    make: Callable[..., Table], *arguments: Any, asks: bool = False, **options: Any
) -> reason_rows:
    """Return the place of a table on a generated page.

    It *asks* where the page is not made from the files of what the table leads to.
    """
    place = reason_rows("", asks=asks)
    place.make = partial(make, *arguments, **options)
    return place


def reason_table(reasons: tuple[Reason, ...], api: Api, label: str) -> nodes.Element:
    """Return the table Reason / HTTP / Cause → Fix."""
    return block_node(tables.reason_table(reasons, api, label))


def accordion_place(reason: Reason, anchor: str = "") -> reason_accordion:
    """Return the place of the accordion of a reason."""
    ids = [anchor] if anchor else []
    return reason_accordion("", reason=f"{reason.api}/{reason.name}", ids=ids)


def accordion_node(
    title: Line,
    statements: Iterable[Statement],
    permalink: Paragraph | None,
    anchors: Iterable[str] = (),
) -> nodes.container:
    """Return the collapsed details of a reason; *permalink* leads to its own page.

    Browsers open what holds a target, but not an element that is the target, so the target is
    inside, as docutils leaves it when it has read a document: its id is that of what follows.
    """
    content = statements_nodes(statements)
    targets = [nodes.target("", "", refid=anchor) for anchor in anchors]
    content[0]["ids"] += anchors
    if permalink:
        content.append(addnodes.only("", block_node(permalink), expr=REASON_PAGES))
    return create_component(
        "dropdown",
        rawtext="",
        children=[nodes.rubric("", "", *line_nodes(title)), *targets, *content],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["rb-reason"],
        title_classes=[],
        body_classes=[],
    )


def statements_nodes(statements: Iterable[Statement]) -> list[nodes.Element]:
    """Return the nodes of what is said of a reason."""
    return [node for part in statements for node in _statement(part)]


def _statement(part: Statement) -> list[nodes.Element]:
    match part:
        case AgentNote():
            return [agent_note_node(part)]
        case Exchange():
            return [exchange_node(part)]
        case _:
            return blocks_nodes([part])
