"""An example as the exchange on the wire: request line, status line, headers, body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docutils import nodes

from reasonbook.diagnostics.location import Location
from reasonbook.format.model import Api, Example, Reason
from reasonbook.render import wording
from reasonbook.render.facts.exchange import response_headers
from reasonbook.render.facts.short import example_status


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
        found += [title, exchange(example, reason, api)]
    return found


def exchange(example: Example, reason: Reason, api: Api) -> nodes.container:
    """Return what goes over the wire; the body is the catalogue's text, byte for byte."""
    is_response = reason.is_response and example.http != "none"
    headers = response_headers(example, reason, api) if is_response else example.headers
    head = exchange_head(example.request, example_status(reason, example), headers, api)
    body = json_block(example.body, example.body_at(1, 1))
    return nodes.container("", *head, body, classes=["rb-exchange"])


def exchange_head(
    request: str | None, status: int | None, headers: Mapping[str, str], api: Api
) -> list[nodes.Node]:
    """Return the request line, the status line and the headers, each where it is known."""
    lines = []
    if status is not None:
        lines.append(f"HTTP/1.1 {status} {wording.http_title(api, status)}".rstrip())
    lines += [f"{name}: {value}" for name, value in headers.items()]
    blocks: list[nodes.Node] = []
    if request:
        version = " HTTP/1.1" if api.operation_kind == "http" else ""
        blocks.append(_block(f"{request}{version}", "http" if version else "text", "rb-request"))
    if lines:
        language = "text" if status is None else "http"
        blocks.append(_block("\n".join(lines), language, "rb-response"))
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


def joined(items: Iterable[nodes.Node], mark: str = ", ") -> list[nodes.Node]:
    """Return *items* with a mark between them."""
    found: list[nodes.Node] = []
    for item in items:
        if found:
            found.append(nodes.Text(mark))
        found.append(item)
    return found
