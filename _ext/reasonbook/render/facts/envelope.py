"""What is said of an API's envelope: its fields, its statuses, its headers."""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook.format.model import Api, HeaderPromise, ReasonSearch
from reasonbook.format.prose import BulletList, Code, Emphasis, Shortened
from reasonbook.render.facts.references import http_badge, inline
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import (
    Block,
    Fact,
    Facts,
    Line,
    Table,
    joined,
    line,
    paragraph,
    row,
)
from reasonbook.render.urls import http_anchor, status_anchor
from reasonbook.schema.fields import Field, schema_fields


def envelope_fields(api: Api) -> Table:
    """Return the table of every field of an error body."""
    return field_table(
        schema_fields(api.envelope.body_schema), api, f"Fields of a {api.title} error"
    )


def field_table(fields: Iterable[Field], api: Api, label: str, base: str = "") -> Table:
    """Return a table of fields; *base* is the JSON Pointer of what the schema describes."""
    rows = []
    for field in fields:
        there = Shortened(line(", always there"), ()) if field.required else ", optional"
        meaning: list[Block] = []
        if field.description:
            meaning.append(paragraph(inline(field.description, api)))
        if field.limits:
            meaning.append(paragraph(joined(map(_limit, field.limits)), kind="limits"))
        kind = line(" or ".join(field.types) or "any", there)
        rows.append(row(Code(base + field.pointer), kind, meaning))
    return Table("fields", label, ("Field", "Type", "Meaning"), rows)


def _limit(limit: tuple[str, str]) -> Line:
    phrase, value = limit
    before, _, after = phrase.partition("{}")
    return line(before, Code(value, whole=True), after)


def envelope_places(api: Api) -> Facts:
    """Say where in a body the reason and the rest are."""
    envelope = api.envelope
    places = {
        "Message": envelope.message,
        "Canonical status": envelope.status,
        "HTTP status, repeated": envelope.http,
        "Request id": envelope.request_id,
        "Details": envelope.details,
        "Content-Type": envelope.media_type,
    }
    rest = (Fact(name, [line(Code(at))]) for name, at in places.items() if at is not None)
    return Facts("facts", (Fact("Reason", [reason_place(api)]), *rest))


def reason_place(api: Api) -> Line:
    """Say where in a body a program finds the reason."""
    reason, prefix = api.envelope.reason, api.envelope.reason_prefix
    after = line(", after ", Code(prefix)) if prefix else ()
    if not isinstance(reason, ReasonSearch):
        return line(Code(reason or "/"), after)
    wanted = joined(line(Code(key), " is ", Code(value)) for key, value in reason.where.items())
    item = Code(reason.in_)
    return line(Code(reason.at_), " of the item of ", item, " in which ", wanted, after)


def canonical_statuses(api: Api) -> Table:
    """Return the table of canonical statuses with their HTTP statuses."""
    rows = []
    for status in api.statuses.values():
        when = inline(status.when, api) if status.when else ()
        cells = Code(status.name), http_badge(status.http), when
        rows.append(row(*cells, anchor=status_anchor(status.name)))
    label = f"Canonical statuses of {api.title}"
    return Table("statuses", label, ("Status", "HTTP", "When"), rows)


def http_statuses(api: Api) -> Table:
    """Return the table of HTTP statuses: meaning, fixes, and the default decision."""
    rows = []
    for status in api.http.values():
        advice: list[Block] = [paragraph(inline(status.meaning, api))]
        if status.fixes:
            advice.append(BulletList(tuple((paragraph(inline(f, api)),) for f in status.fixes)))
        if status.remedy:
            advice.append(remedy(status.remedy, api))
        name = line(http_badge(status.code), " ", Emphasis(line(status.title), strong=True))
        rows.append(row(name, advice, anchor=http_anchor(status.code)))
    label = f"HTTP statuses of {api.title}"
    return Table("http-statuses", label, ("Status", "Meaning → what to do"), rows)


def response_headers(api: Api) -> Table:
    """Return the table of headers that every error response, or some, carry."""
    rows = [row(Code(each.name), _when(each), _value(each)) for each in api.response_headers]
    return Table("headers", f"Headers of {api.title} errors", ("Header", "On", "Value"), rows)


def _when(header: HeaderPromise) -> str:
    return "every error" if header.http == "any" else ", ".join(map(str, header.http))


def _value(header: HeaderPromise) -> Line:
    said = []
    if header.equals is not None:
        said.append(line("equals the value at ", Code(header.equals)))
    if header.pattern is not None:
        said.append(line("matches ", Code(header.pattern, whole=True)))
    return joined(said) or line("not stated")
