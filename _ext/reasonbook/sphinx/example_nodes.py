"""An example as the exchange on the wire: request line, status line, headers, body."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from reasonbook.core.location import Location
from reasonbook.core.model import Api, Example, Reason
from reasonbook.render import words


def examples_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return every example of a reason, each under its title."""
    found: list[nodes.Node] = []
    for example in reason.examples:
        title = nodes.paragraph(
            "",
            "",
            nodes.strong("", example.title),
            nodes.Text(f" – {words.ORIGINS[example.origin]}"),
            classes=["rb-example-title"],
        )
        found += [title, exchange(example, reason.http, api)]
    return found


def exchange(example: Example, http: int, api: Api) -> nodes.container:
    """Return what goes over the wire; the body is the catalogue's text, byte for byte."""
    lines = [f"HTTP/1.1 {http} {words.http_title(api, http)}".rstrip()]
    lines.append(f"Content-Type: {api.envelope.media_type}")
    lines += [
        f"{name}: {value}"
        for name, value in example.headers.items()
        if name.lower() != "content-type"
    ]
    blocks = []
    if example.request:
        blocks.append(_block(f"{example.request} HTTP/1.1", "http", "rb-request"))
    blocks += [
        _block("\n".join(lines), "http", "rb-response"),
        json_block(example.body, example.body_at(1, 1)),
    ]
    return nodes.container("", *blocks, classes=["rb-exchange"])


def json_block(text: str, at: Location) -> nodes.literal_block:
    """Return a JSON body that knows where it stands in the catalogue."""
    block = _block(text, "json", "rb-body")
    block.source, block.line = at.path, at.line
    return block


def _block(text: str, language: str, css: str) -> nodes.literal_block:
    return nodes.literal_block(
        text, text, language=language, classes=[css], linenos=False, force=True
    )


def badge(text: str, *classes: str) -> nodes.inline:
    """Return a short label."""
    return nodes.inline("", text, classes=["rb-badge", *classes])


def http_badge(http: int) -> nodes.inline:
    """Return the label of an HTTP status, marked by its class: ``4xx`` or ``5xx``."""
    return badge(str(http), f"rb-http-{http // 100}xx")


def joined(items: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return *items* with commas between them."""
    found: list[nodes.Node] = []
    for item in items:
        if found:
            found.append(nodes.Text(", "))
        found.append(item)
    return found
