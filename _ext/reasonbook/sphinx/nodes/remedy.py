"""A remedy as a field list: the data as it stands, and what it means."""

from __future__ import annotations

from docutils import nodes

from reasonbook.format.model import (
    Api,
    BackoffWait,
    HeaderWait,
    Next,
    PointerWait,
    Remedy,
    RequestStep,
    Wait,
)
from reasonbook.render import wording
from reasonbook.sphinx.nodes.custom import code_name
from reasonbook.sphinx.nodes.prose import reference


def remedy_nodes(remedy: Remedy, api: Api) -> nodes.field_list:
    """Return who mends it, whether and when to repeat the request, and the requests that help."""
    fields = [
        _field("Who can mend it", _coded(remedy.actor, wording.ACTORS[remedy.actor])),
        _field("Retry", _coded(remedy.retry, wording.RETRIES[remedy.retry])),
    ]
    if remedy.wait:
        fields.append(_field("Wait", *_choices([_wait(wait) for wait in remedy.wait])))
    if remedy.idempotency_key:
        key = remedy.idempotency_key
        fields.append(_field("Idempotency key", _coded(key, wording.KEYS[key])))
    if remedy.next:
        fields.append(_field("Next", *_list([_next(step, api) for step in remedy.next])))
    if remedy.basis:
        fields.append(_field("Basis", _coded(remedy.basis, wording.BASES[remedy.basis])))
    return nodes.field_list("", *fields, classes=["rb-remedy"])


def operation_node(operation: str, api: Api) -> nodes.Node:
    """Return a request line; a link where the API's operations list it."""
    literal = code_name("", operation)
    if operation not in api.operations:
        return literal
    return reference("endpoint", f"{api.name}/{operation}", literal)


def _field(name: str, *body: nodes.Node) -> nodes.field:
    return nodes.field("", nodes.field_name("", name), nodes.field_body("", *body))


def _coded(code: str, meaning: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.literal("", code), nodes.Text(f" – {meaning}"))


def _wait(wait: Wait) -> list[nodes.Node]:
    if isinstance(wait, HeaderWait):
        return [nodes.Text("the "), code_name("", wait.header), nodes.Text(" header, in seconds")]
    if isinstance(wait, PointerWait):
        unit = "seconds" if wait.unit == "s" else "milliseconds"
        return [
            nodes.Text("the value at "),
            code_name("", wait.pointer),
            nodes.Text(f" in the body, in {unit}"),
        ]
    if isinstance(wait, BackoffWait):
        first = wording.seconds(wait.backoff.first)
        return [nodes.Text(f"{first}, then each time {wait.backoff.factor:g} × as long")]
    return [nodes.Text(wording.seconds(wait.seconds))]


def _choices(options: list[list[nodes.Node]]) -> list[nodes.Node]:
    """List ways to find the time to wait; the first that applies holds."""
    if len(options) == 1:
        return [nodes.paragraph("", "", *options[0])]
    for option in options[1:]:
        option.insert(0, nodes.Text("else "))
    return _list(options)


def _next(step: Next, api: Api) -> list[nodes.Node]:
    if isinstance(step, RequestStep):
        return [operation_node(step.request, api)]
    return [nodes.Text("what the body names at "), code_name("", step.pointer)]


def _list(items: list[list[nodes.Node]]) -> list[nodes.Node]:
    if len(items) == 1:
        return [nodes.paragraph("", "", *items[0])]
    entries = [nodes.list_item("", nodes.paragraph("", "", *item)) for item in items]
    return [nodes.bullet_list("", *entries, bullet="-")]
