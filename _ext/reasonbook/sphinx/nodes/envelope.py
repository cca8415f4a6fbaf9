"""The envelope of an API as nodes: its fields, its statuses, its headers."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from reasonbook.format.model import Api, HeaderPromise, ReasonSearch
from reasonbook.render.urls import http_anchor, status_anchor
from reasonbook.schema.fields import Field, schema_fields
from reasonbook.sphinx.nodes.custom import code_name, facts_list, stacked_table, table
from reasonbook.sphinx.nodes.example import http_badge, joined
from reasonbook.sphinx.nodes.prose import paragraph
from reasonbook.sphinx.nodes.remedy import remedy_nodes


def envelope_fields(api: Api) -> stacked_table:
    """Return the table of every field of an error body."""
    fields = schema_fields(api.envelope.schema)
    return fields_table(fields, api, f"Fields of a {api.title} error", "")


def fields_table(fields: Sequence[Field], api: Api, label: str, base: str) -> stacked_table:
    """Return a table of fields; *base* is the JSON Pointer of what the schema describes."""
    rows: list[list[list[nodes.Node]]] = []
    for field in fields:
        kind: list[nodes.Node] = [nodes.Text(" or ".join(field.types) or "any")]
        kind.append(nodes.Text(", always there" if field.required else ", optional"))
        meaning: list[nodes.Node] = [paragraph(field.description, api)] if field.description else []
        if field.limits:
            meaning.append(nodes.paragraph("", "", *_limits(field), classes=["rb-limits"]))
        rows.append(
            [
                [nodes.paragraph("", "", code_name("", base + field.pointer))],
                [nodes.paragraph("", "", *kind)],
                meaning,
            ]
        )
    return table(["Field", "Type", "Meaning"], rows, ["rb-fields"], label)


def _limits(field: Field) -> list[nodes.Node]:
    items = []
    for phrase, value in field.limits:
        before, _, after = phrase.partition("{}")
        parts = [nodes.Text(before), nodes.literal("", value), nodes.Text(after)]
        items.append(nodes.inline("", "", *(part for part in parts if part.astext())))
    return joined(items)


def envelope_places(api: Api) -> nodes.field_list:
    """Say where in a body a program finds the reason and the rest."""
    envelope = api.envelope
    reason = envelope.reason
    if isinstance(reason, ReasonSearch):
        search: list[nodes.Node] = [
            code_name("", reason.at),
            nodes.Text(" of the item of "),
            code_name("", reason.in_),
            nodes.Text(" in which "),
            *joined(
                nodes.inline("", "", code_name("", name), nodes.Text(" is "), code_name("", value))
                for name, value in reason.where.items()
            ),
        ]
    else:
        search = [code_name("", reason or "/")]
    if envelope.reason_prefix:
        search += [nodes.Text(", after "), code_name("", envelope.reason_prefix)]
    places = [
        ("Reason", search),
    ]
    for name, pointer in (
        ("Message", envelope.message),
        ("Canonical status", envelope.status),
        ("HTTP status, repeated", envelope.http),
        ("Request id", envelope.request_id),
        ("Details", envelope.details),
    ):
        if pointer is not None:
            places.append((name, [code_name("", pointer)]))
    places.append(("Content-Type", [code_name("", envelope.media_type)]))
    return facts_list(places)


def canonical_statuses(api: Api) -> stacked_table:
    """Return the table of canonical statuses with their HTTP statuses."""
    rows: list[list[list[nodes.Node]]] = []
    for status in api.statuses.values():
        target = nodes.target("", "", ids=[status_anchor(status.name)])
        rows.append(
            [
                [nodes.paragraph("", "", target, code_name("", status.name))],
                [nodes.paragraph("", "", http_badge(status.http))],
                [paragraph(status.when, api)] if status.when else [],
            ]
        )
    label = f"Canonical statuses of {api.title}"
    return table(["Status", "HTTP", "When"], rows, ["rb-statuses"], label)


def http_statuses(api: Api) -> stacked_table:
    """Return the table of HTTP statuses: meaning, fixes, and the default decision."""
    rows: list[list[list[nodes.Node]]] = []
    for status in api.http.values():
        target = nodes.target("", "", ids=[http_anchor(status.code)])
        code = nodes.paragraph("", "", target, http_badge(status.code))
        code += [nodes.Text(" "), nodes.strong("", status.title)]
        advice: list[nodes.Node] = [paragraph(status.meaning, api)]
        if status.fixes:
            items = [nodes.list_item("", paragraph(fix, api)) for fix in status.fixes]
            advice.append(nodes.bullet_list("", *items, bullet="-"))
        if status.remedy:
            advice.append(remedy_nodes(status.remedy, api))
        rows.append([[code], advice])
    label = f"HTTP statuses of {api.title}"
    return table(["Status", "Meaning → what to do"], rows, ["rb-http-statuses"], label)


def response_headers(api: Api) -> stacked_table:
    """Return the table of headers that every error response, or some, carry."""
    rows: list[list[list[nodes.Node]]] = [
        [
            [nodes.paragraph("", "", code_name("", header.name))],
            [nodes.paragraph("", "", nodes.Text(_when(header)))],
            [nodes.paragraph("", "", *_content(header))],
        ]
        for header in api.response_headers
    ]
    label = f"Headers of {api.title} errors"
    return table(["Header", "On", "Value"], rows, ["rb-headers"], label)


def _when(header: HeaderPromise) -> str:
    if header.http is None:
        return "every error"
    return ", ".join(str(code) for code in header.http)


def _content(header: HeaderPromise) -> list[nodes.Node]:
    content: list[nodes.Node] = []
    if header.equals is not None:
        content += [nodes.Text("equals the value at "), code_name("", header.equals)]
    if header.pattern is not None:
        content.append(nodes.Text(", matches " if content else "matches "))
        content.append(nodes.literal("", header.pattern))
    return content or [nodes.Text("not stated")]
