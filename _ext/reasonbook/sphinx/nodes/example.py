"""An example as the exchange on the wire: request line, status line, headers, body."""

from __future__ import annotations

from docutils import nodes

from reasonbook.render.facts.statements import CodeBlock, Exchange


def exchange_node(exchange: Exchange) -> nodes.container:
    """Return what goes over the wire."""
    return nodes.container("", *map(code_node, exchange.parts), classes=["rb-exchange"])


def code_node(block: CodeBlock) -> nodes.literal_block:
    """Return a block of code; JSON of the catalogue knows its place there."""
    text, css = block.text, [f"rb-{block.kind}"]
    node = nodes.literal_block(
        text, text, language=block.language, classes=css, linenos=False, force=True
    )
    if block.at:
        node["reasonbook"] = "catalogue"
        node.source, node.line = block.at.path, block.at.line
    return node
