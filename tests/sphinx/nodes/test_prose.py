"""Statements as nodes: which node, with which class, so that styles and builders know it."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx import addnodes

from reasonbook.format.prose import (
    Badge,
    BulletList,
    Code,
    Emphasis,
    Inline,
    Link,
    Reference,
    Shortened,
    Text,
)
from reasonbook.render.facts.statements import Fact, Facts, Steps, Table, line, paragraph, row
from reasonbook.sphinx.nodes.custom import code_name, stacked_table
from reasonbook.sphinx.nodes.prose import block_node, blocks_nodes, line_nodes


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (Text("a"), nodes.Text),
        (Code("a"), code_name),
        (Code("a", whole=True), nodes.literal),
        (Emphasis((Text("a"),)), nodes.emphasis),
        (Emphasis((Text("a"),), strong=True), nodes.strong),
        (Link("https://a.example", (Text("a"),)), nodes.reference),
        (Reference("reason", "shop/A", (Text("a"),)), addnodes.pending_xref),
        (Badge("planned", (Text("a"),)), nodes.inline),
        (Shortened((Text("a"),), (Text("b"),)), nodes.Text),
    ],
)
def test_inline(part: Inline, kind: type[nodes.Node]) -> None:
    (node,) = line_nodes((part,))
    assert type(node) is kind
    assert node.astext() == "a"


def test_a_reference_says_what_it_is_to() -> None:
    (node,) = line_nodes((Reference("status", "shop/ABORTED", (Code("ABORTED"),)),))
    assert isinstance(node, addnodes.pending_xref)
    wanted = {"refdomain": "err", "reftype": "status", "reftarget": "shop/ABORTED"}
    assert wanted.items() <= node.attributes.items()


def test_a_badge_has_the_class_of_its_kind() -> None:
    (node,) = line_nodes((Badge("planned", (Text("a"),)),))
    assert isinstance(node, nodes.inline)
    assert node["classes"] == ["rb-badge", "rb-planned"]


@pytest.mark.parametrize(
    ("block", "kind", "css"),
    [
        (paragraph("a"), nodes.paragraph, []),
        (paragraph("a", kind="cause"), nodes.paragraph, ["rb-cause"]),
        (BulletList(((paragraph("a"),),), "list"), nodes.bullet_list, ["rb-list"]),
        (Facts("remedy", [Fact("Retry", [line("a")])]), nodes.field_list, ["rb-remedy"]),
        (Table("fields", "Fields", ["A"], [row("a")]), stacked_table, ["rb-table", "rb-fields"]),
    ],
    ids=["paragraph", "paragraph-of-a-kind", "list", "facts", "table"],
)
def test_blocks(
    block: Facts | Table | BulletList, kind: type[nodes.Element], css: list[str]
) -> None:
    node = block_node(block)
    assert type(node) is kind
    assert node["classes"] == css


def test_one_step_stands_after_its_label() -> None:
    (node,) = blocks_nodes([Steps([[paragraph("Wait.")]])])
    assert node.astext() == "Fix: Wait."
    assert node["classes"] == ["rb-fix"]


def test_a_step_that_begins_with_a_list_has_no_label() -> None:
    (node,) = blocks_nodes([Steps([[BulletList(((paragraph("Wait."),),))]])])
    assert isinstance(node, nodes.bullet_list)


def test_several_steps_are_numbered_below_their_label() -> None:
    label, steps = blocks_nodes([Steps([[paragraph("Wait.")], [paragraph("Ask.")]])])
    assert label.astext() == "Fix:"
    assert isinstance(steps, nodes.enumerated_list)
    assert [step.astext() for step in steps] == ["Wait.", "Ask."]


def test_a_fact_of_several_lines_is_a_list() -> None:
    node = block_node(Facts("remedy", [Fact("Next", [line("a"), line("b")])]))
    (listed,) = node.findall(nodes.bullet_list)
    assert [item.astext() for item in listed] == ["a", "b"]


def test_an_anchor_is_in_the_first_cell() -> None:
    node = block_node(Table("statuses", "Statuses", ["A", "B"], [row("a", "b", anchor="here")]))
    (target,) = node.findall(nodes.target)
    assert target["ids"] == ["here"]
    assert target.parent
    assert target.parent.astext() == "a"


def test_a_table_has_its_label_and_headings() -> None:
    node = block_node(Table("fields", "Fields of A", ["Field", "Type"], [row("a", ())]))
    assert node["label"] == "Fields of A"
    (head,) = node.findall(nodes.thead)
    assert [entry.astext() for entry in head.findall(nodes.entry)] == ["Field", "Type"]
