"""What is said of an API's envelope: its fields, its statuses, its headers."""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook.format.model import Api, HeaderPromise, ReasonSearch
from reasonbook.format.prose import BulletList, Code, Emphasis, Shortened
from reasonbook.render.addresses import http_anchor, status_anchor
from reasonbook.render.facts.references import http_badge, inline
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import (
    Block,
    Fact,
    Facts,
    Line,
    Row,
    Table,
    joined,
    line,
    paragraph,
)
from reasonbook.schema.fields import Field, schema_fields


def envelope_fields(api: Api) -> Table:
    """Return the table of every field of an error body."""
    return field_table(schema_fields(api.envelope.schema), api, f"Fields of a {api.title} error")


def field_table(fields: Iterable[Field], api: Api, label: str, base: str = "") -> Table:
    """Return a table of fields; *base* is the JSON Pointer of what the schema describes."""
    rows = []
    for field in fields:
        kind = " or ".join(field.types) or "any"
        there = Shortened(line(", always there"), ()) if field.required else ", optional"
        meaning = [paragraph(inline(field.description, api))] if field.description else []
        if field.limits:
            meaning.append(paragraph(joined(map(_limit, field.limits)), kind="limits"))
        name = paragraph(Code(base + field.pointer))
        rows.append(Row(((name,), (paragraph(kind, there),), tuple(meaning))))
    return Table("fields", label, ("Field", "Type", "Meaning"), tuple(rows))


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
    return Facts(
        "facts",
        (
            Fact("Reason", (reason_place(api),)),
            *(
                Fact(name, (line(Code(place)),))
                for name, place in places.items()
                if place is not None
            ),
        ),
    )


def reason_place(api: Api) -> Line:
    """Say where in a body a program finds the reason."""
    reason, prefix = api.envelope.reason, api.envelope.reason_prefix
    after = line(", after ", Code(prefix)) if prefix else ()
    if not isinstance(reason, ReasonSearch):
        return line(Code(reason or "/"), after)
    wanted = joined(line(Code(key), " is ", Code(value)) for key, value in reason.where.items())
    item = Code(reason.in_)
    return line(Code(reason.at), " of the item of ", item, " in which ", wanted, after)


def canonical_statuses(api: Api) -> Table:
    """Return the table of canonical statuses with their HTTP statuses."""
    rows = (
        Row(
            (
                (paragraph(Code(status.name)),),
                (paragraph(http_badge(status.http)),),
                (paragraph(inline(status.when, api)),) if status.when else (),
            ),
            status_anchor(status.name),
        )
        for status in api.statuses.values()
    )
    label = f"Canonical statuses of {api.title}"
    return Table("statuses", label, ("Status", "HTTP", "When"), tuple(rows))


def http_statuses(api: Api) -> Table:
    """Return the table of HTTP statuses: meaning, fixes, and the default decision."""
    rows = []
    for status in api.http.values():
        title = Emphasis(line(status.title), strong=True)
        advice: list[Block] = [paragraph(inline(status.meaning, api))]
        if status.fixes:
            fixes = ((paragraph(inline(fix, api)),) for fix in status.fixes)
            advice.append(BulletList(tuple(fixes)))
        if status.remedy:
            advice.append(remedy(status.remedy, api))
        name = paragraph(http_badge(status.code), " ", title)
        rows.append(Row(((name,), tuple(advice)), http_anchor(status.code)))
    label = f"HTTP statuses of {api.title}"
    return Table("http-statuses", label, ("Status", "Meaning → what to do"), tuple(rows))


def response_headers(api: Api) -> Table:
    """Return the table of headers that every error response, or some, carry."""
    rows = (
        Row(
            (
                (paragraph(Code(header.name)),),
                (paragraph(_when(header)),),
                (paragraph(_value(header)),),
            )
        )
        for header in api.response_headers
    )
    return Table(
        "headers", f"Headers of {api.title} errors", ("Header", "On", "Value"), tuple(rows)
    )


def _when(header: HeaderPromise) -> str:
    return "every error" if header.http is None else ", ".join(map(str, header.http))


def _value(header: HeaderPromise) -> Line:
    said = []
    if header.equals is not None:
        said.append(line("equals the value at ", Code(header.equals)))
    if header.pattern is not None:
        said.append(line("matches ", Code(header.pattern, whole=True)))
    return joined(said) or line("not stated")
