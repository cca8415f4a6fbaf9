"""What is said of an API's envelope: its fields, its statuses, its headers."""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook.format.model import Api, Envelope, HeaderPromise, Outside
from reasonbook.format.prose import Code, Emphasis, Reference, Shortened
from reasonbook.render.facts.by_status import what_to_do
from reasonbook.render.facts.places import reason_places, shown_place
from reasonbook.render.facts.references import (
    blocks,
    http_badge,
    inline,
    mention,
    operations,
)
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import (
    Block,
    Fact,
    Facts,
    Line,
    Steps,
    Table,
    joined,
    line,
    paragraph,
    row,
)
from reasonbook.render.urls import http_anchor, status_anchor
from reasonbook.schema.fields import Field, schema_fields


def envelope_fields(api: Api, name: str = "") -> Table:
    """Return the table of every field of an error body; *name* is that of a further envelope."""
    envelope = api.envelopes[name] if name else api.envelope
    label = f"Fields of a {api.title} error" + (f", envelope {name}" if name else "")
    return field_table(schema_fields(envelope.body_schema), api, label)


def users_of(name: str, api: Api) -> Line:
    """Return the domains and single reasons whose errors come in a further envelope."""
    domains = [domain for domain in api.domains if domain.envelope == name]
    found: list[Line] = [
        line(Reference("domain", f"{api.name}/{domain.name}", line(domain.title)))
        for domain in domains
    ]
    found += [
        line(mention(api.name, reason.name))
        for reason in api.reasons.values()
        if reason.envelope == name and api.domain(reason.domain) not in domains
    ]
    return joined(found)


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


def envelope_places(envelope: Envelope) -> Facts:
    """Say where in a body the reason and the rest are."""
    found = [Fact("Reason", reason_places(envelope))]
    if envelope.sub_reason is not None:
        found.append(Fact("Second-level code", [shown_place(envelope.sub_reason)]))
    places = {
        "Message": envelope.message,
        "Canonical status": envelope.status,
        "HTTP status, repeated": envelope.http,
        "Request id": envelope.request_id,
        "Details": envelope.details,
        "Codes of fields": envelope.field_code,
        "Content-Type": envelope.media_type,
    }
    rest = (Fact(name, [line(Code(at))]) for name, at in places.items() if at is not None)
    return Facts("facts", (*found, *rest))


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
        title = Emphasis(line(status.title), strong=True)
        name = Reference("http", f"{api.name}/{status.code}", line(http_badge(status.code)))
        rows.append(
            row(line(name, " ", title), what_to_do(status, api), anchor=http_anchor(status.code))
        )
    label = f"HTTP statuses of {api.title}"
    return Table("http-statuses", label, ("Status", "Meaning → what to do"), rows)


def response_headers(api: Api) -> Table:
    """Return the table of headers that every error response, or some, carry."""
    rows = [row(Code(each.name), _when(each), _value(each)) for each in api.response_headers]
    return Table("headers", f"Headers of {api.title} errors", ("Header", "On", "Value"), rows)


def outside(api: Api) -> Table:
    """Return the table of answers that come in no envelope."""
    rows = []
    for answer in api.outside:
        advice = outside_advice(answer, api)
        rows.append(row(Code(answer.name), outside_looks(answer, api), advice))
    label = f"Answers of {api.title} outside its envelope"
    return Table("outside", label, ("Name", "Looks like", "Cause → what to do"), rows)


def outside_advice(answer: Outside, api: Api) -> list[Block]:
    """Say why such an answer comes, and what to do."""
    advice: list[Block] = [paragraph(inline(cause, api)) for cause in answer.cause or ()]
    if answer.fix:
        advice.append(Steps([blocks(step, api) for step in answer.fix]))
    if answer.remedy:
        advice += remedy(answer.remedy, api)
    return advice


def outside_looks(answer: Outside, api: Api) -> Line:
    """Say by what one tells such an answer: HTTP status, Content-Type, operations."""
    body = line("no body") if answer.media_type == "none" else line(answer.media_type or "")
    sent = operations(answer.raised_by, api)
    looks = (_outside_http(answer.http), body, line("from ", sent) if sent else ())
    return joined(filter(None, looks))


def _outside_http(http: int | tuple[int, ...] | str) -> Line:
    if isinstance(http, str):
        return line("no answer") if http == "none" else ()
    return joined(map(http_badge, [http] if isinstance(http, int) else http))


def _when(header: HeaderPromise) -> str:
    return "every error" if header.http == "any" else ", ".join(map(str, header.http))


def _value(header: HeaderPromise) -> Line:
    said = []
    if header.equals is not None:
        said.append(line("equals the value at ", Code(header.equals)))
    if header.pattern is not None:
        said.append(line("matches ", Code(header.pattern, whole=True)))
    return joined(said) or line("not stated")
