"""An example as the exchange on the wire: request line, status line, headers, body."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from reasonbook.diagnostics.location import Location
from reasonbook.format.model import Api, Example, Reason
from reasonbook.render import wording


def examples_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return every example of a reason, each under its title."""
    found: list[nodes.Node] = []
    for example in reason.examples:
        title = nodes.paragraph(
            "",
            "",
            nodes.strong("", example.title),
            nodes.Text(f" – {wording.ORIGINS[example.origin]}"),
            classes=["rb-example-title"],
        )
        found += [title, exchange(example, reason.http, api)]
    return found


def exchange(example: Example, http: int, api: Api) -> nodes.container:
    """Return what goes over the wire; the body is the catalogue's text, byte for byte."""
    head = exchange_head(example.request, http, example.headers, api)
    body = json_block(example.body, example.body_at(1, 1))
    return nodes.container("", *head, body, classes=["rb-exchange"])


def exchange_head(
    request: str | None, http: int, headers: Mapping[str, str], api: Api
) -> list[nodes.Node]:
    """Return the request line where it is known, the status line and the headers."""
    lines = [f"HTTP/1.1 {http} {wording.http_title(api, http)}".rstrip()]
    if "content-type" not in map(str.lower, headers):
        lines.append(f"Content-Type: {api.envelope.media_type}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    blocks: list[nodes.Node] = []
    if request:
        blocks.append(_block(f"{request} HTTP/1.1", "http", "rb-request"))
    blocks.append(_block("\n".join(lines), "http", "rb-response"))
    return blocks


def json_block(text: str, at: Location) -> nodes.literal_block:
    """Return a JSON body that knows its place in the catalogue."""
    block = _block(text, "json", "rb-body")
    block["reasonbook"] = "catalogue"
    block.source, block.line = at.path, at.line
    return block


def _block(text: str, language: str, css: str) -> nodes.literal_block:
    return nodes.literal_block(
        text, text, language=language, classes=[css], linenos=False, force=True
    )
