"""Nodes of our own: stock docutils nodes with a better HTML form; other builders see the stock."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from reasonbook.render.html.statements import breaking

#: Begins what is open where there is room, and one line on a phone until it is chosen.
FOLDS = '<details class="rb-folds">'


class code_name(nodes.literal):  # noqa: N801 (docutils names node classes so)
    """A code that may break after its underscores and slashes, without a character more."""


class agent_note(nodes.admonition):  # noqa: N801
    """A note for agents under its title, in no theme's look of an admonition.

    With ``folds`` it is one line on a phone until it is chosen.
    """


class agent_note_title(nodes.title):  # noqa: N801
    """The title of such a note."""


class filter_place(nodes.container):  # noqa: N801
    """Where a script puts a field that filters the tables of a page: its label, what it counts."""


class wire_exchange(nodes.container):  # noqa: N801
    """What goes over the wire, with what a script of the page offers of it."""


class stacked_table(nodes.table):  # noqa: N801
    """A table whose rows become blocks on a narrow screen, still a table to assistive tools."""


class stacked_row(nodes.row):  # noqa: N801
    """A row of such a table."""


class stacked_entry(nodes.entry):  # noqa: N801
    """A cell of such a table."""


def _visit_code_name(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "code", "", CLASS="docutils literal notranslate"))
    self.body.append(breaking(node.astext()))
    raise nodes.SkipChildren


def _depart_code_name(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</code>")


def _visit_agent_note(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "aside", CLASS="rb-ai-context", ROLE="note"))
    self.body.append(FOLDS if node.get("folds") else "")


def _depart_agent_note(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details></aside>\n" if node.get("folds") else "</aside>\n")


def _title_tag(node: nodes.Element) -> str:
    return "summary" if node.parent and node.parent.get("folds") else "p"


def _visit_agent_note_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, _title_tag(node), "", CLASS="rb-ai-title"))


def _depart_agent_note_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f"</{_title_tag(node)}>\n")


def _visit_wire_exchange(self: HTML5Translator, node: nodes.Element) -> None:
    data = {f"data-{name}": said for name, said in node["data"].items() if said}
    self.body.append(self.starttag(node, "div", CLASS="docutils container", **data))


def _visit_filter_place(self: HTML5Translator, node: nodes.Element) -> None:
    data = {"data-label": node["label"], "data-noun": node["noun"]}
    self.body.append(self.starttag(node, "div", CLASS="rb-filter", **data))


def _depart_div(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _add_role(self: HTML5Translator, role: str, **attributes: str) -> None:
    """Give the tag that was written last a role: styles that turn rows to blocks would lose it."""
    extra = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    tag = self.body[-1].rstrip()
    self.body[-1] = f'{tag[:-1]} role="{role}"{extra}>'


def _visit_table(self: HTML5Translator, node: nodes.table) -> None:
    self.visit_table(node)
    _add_role(self, "table", **{"aria-label": node["label"]})


def _visit_row(self: HTML5Translator, node: nodes.row) -> None:
    self.visit_row(node)
    _add_role(self, "row")


def _visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    assert node.parent
    self.visit_entry(node)
    if isinstance(node.parent.parent, nodes.thead):
        _add_role(self, "columnheader")
    else:  # each table begins with what its rows are about
        _add_role(self, "rowheader" if node.parent[0] is node else "cell")


def setup_nodes(app: Sphinx) -> None:
    """Tell Sphinx how the nodes look in HTML."""
    html: Any = HTML5Translator
    app.add_node(code_name, html=(_visit_code_name, _depart_code_name))
    app.add_node(agent_note, html=(_visit_agent_note, _depart_agent_note))
    app.add_node(agent_note_title, html=(_visit_agent_note_title, _depart_agent_note_title))
    app.add_node(wire_exchange, html=(_visit_wire_exchange, _depart_div))
    app.add_node(filter_place, html=(_visit_filter_place, _depart_div))
    app.add_node(stacked_table, html=(_visit_table, html.depart_table))
    app.add_node(stacked_row, html=(_visit_row, html.depart_row))
    app.add_node(stacked_entry, html=(_visit_entry, html.depart_entry))
