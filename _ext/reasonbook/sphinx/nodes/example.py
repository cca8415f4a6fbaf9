"""An example as the exchange on the wire: request line, status line, headers, body."""

from __future__ import annotations

from docutils import nodes

from reasonbook.render.facts.statements import CodeBlock, Exchange
from reasonbook.sphinx.nodes.custom import wire_exchange


def exchange_node(exchange: Exchange) -> wire_exchange:
    """Return what goes over the wire."""
    data = {"curl": exchange.curl, "explain": exchange.explain}
    return wire_exchange("", *map(code_node, exchange.parts), classes=["rb-exchange"], data=data)


def code_node(block: CodeBlock) -> nodes.literal_block:
    """Return a block of code; JSON of the catalogue knows its place there."""
    text, css = block.text, [f"rb-{block.kind}"]
    node = nodes.literal_block(
        text, text, language=block.language, classes=css, linenos=False, force=True
    )
    if block.find_place:
        at = block.find_place()
        node["reasonbook"] = "catalogue"
        node.source, node.line = at.path, at.line
    return node
