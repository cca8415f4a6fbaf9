"""What is said of a reason: its row in tables, its state, the plain facts, its details."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Badge, Code, Emphasis, Reference, Shortened, Text
from reasonbook.render import wording
from reasonbook.render.facts.envelope import field_table
from reasonbook.render.facts.references import blocks, http_badge, inline, mention, operation
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import (
    Block,
    Cell,
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
from reasonbook.schema.fields import schema_fields


@dataclass(frozen=True)
class Column:
    """A column of the tables of reasons."""

    heading: str
    cell: Callable[[Reason, Api], Cell]


def _name(reason: Reason, api: Api) -> Cell:
    name = Reference("accordion", f"{reason.api}/{reason.name}", (Code(reason.name),))
    successor = successor_of(reason)
    after = line(" → ", mention(api.name, successor)) if successor else ()
    return line(name, state_badge(reason), Shortened(after, ()))


def _cause_and_fix(reason: Reason, api: Api) -> Cell:
    return [paragraph(inline(reason.cause, api)), fix(reason, api)]


NAME = Column("Reason", _name)
HTTP = Column("HTTP", lambda reason, _: http_badge(reason.http))
RETRY = Column("Retry", lambda reason, _: reason.remedy.retry)
CAUSE = Column("Cause", lambda reason, api: inline(reason.cause, api))
CAUSE_AND_FIX = Column(f"Cause → {wording.FIX}", _cause_and_fix)
COLUMNS = (NAME, HTTP, CAUSE_AND_FIX)
#: Where the fixes take too much room.
SHORT_COLUMNS = (NAME, HTTP, RETRY, CAUSE)


def reason_table(
    reasons: Iterable[Reason], api: Api, label: str, columns: Sequence[Column] = COLUMNS
) -> Table:
    """Return a row for each reason."""
    rows = [row(*(column.cell(reason, api) for column in columns)) for reason in reasons]
    return Table("reasons", label, [column.heading for column in columns], rows)


def successor_of(reason: Reason) -> str | None:
    """Return the name of what takes the place of a deprecated or retired reason."""
    return reason.deprecated.replaced_by if reason.deprecated else None


def state_badge(reason: Reason) -> Line:
    """Return a space and the label of a reason that is not simply active, with the day it has."""
    if reason.lifecycle == "active":
        return ()
    state, gone = line(reason.lifecycle), reason.deprecated
    day = f" {gone.retired or gone.since}" if gone else ""
    return line(" ", Shortened((Badge(reason.lifecycle, line(state, day)),), (Emphasis(state),)))


def lifecycle(reason: Reason, api: Api) -> tuple[Shortened, ...]:
    """Say what a planned, deprecated or retired reason means, and what clients get today."""
    found = []
    if state := _state(reason):
        found.append(Shortened(*map(line, state)))
    if successor := successor_of(reason):
        name = mention(api.name, successor)
        found.append(Shortened(line("Its successor is ", name, "."), line("replaced by ", name)))
    if reason.falls_back_to:
        full, brief = (
            joined(mention(api.name, name, shown) for name in reason.falls_back_to)
            for shown in (Code, Text)
        )
        full = line("Clients may still get ", full, " instead.")
        found.append(Shortened(full, line("or sent as ", brief)))
    elif reason.lifecycle == "planned":
        found.append(Shortened(line("What the API answers until then is not known."), ()))
    return tuple(found)


def _state(reason: Reason) -> tuple[str, str] | None:
    """Return the state with its days, in full and in brief."""
    if reason.lifecycle == "active":
        return None
    full, gone = wording.LIFECYCLES[reason.lifecycle], reason.deprecated
    if gone is None:
        return full, reason.lifecycle
    if gone.never_sent:
        return (
            f"{full} Retired on {gone.retired} as a correction: the API never sent it.",
            f"retired on {gone.retired} as a correction, never sent",
        )
    full += f" Deprecated since {gone.since}."
    if gone.retired:
        return f"{full} Retired on {gone.retired}.", f"retired on {gone.retired}"
    brief = f"deprecated since {gone.since}"
    if gone.remove_after:
        full += f" It stays until {gone.remove_after} at least."
        brief += f", stays until {gone.remove_after}"
    return full, brief


def decision(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return what comes first of a reason: its state, its cause, and what to do."""
    state = joined(lifecycle(reason, api), " ")
    return (
        *([paragraph(state, kind="lifecycle")] if state else []),
        paragraph(inline(reason.cause, api), kind="cause"),
        fix(reason, api),
        remedy(reason.remedy, api),
    )


def fix(reason: Reason, api: Api) -> Steps:
    """Return the fix: one text, or its steps in order."""
    return Steps([blocks(step, api) for step in reason.fix])


def particulars(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return what comes after: the plain facts, and the details of the error."""
    return _facts(reason, api), *_details(reason, api), *_field_codes(reason, api)


def _facts(reason: Reason, api: Api) -> Facts:
    code = line(Code(str(reason.http), whole=True))
    http = line(Reference("http", f"{api.name}/{reason.http}", code))
    title = wording.http_title(api, reason.http)
    found = {"HTTP status": line(http if reason.http in api.http else code, f" {title}")}
    if reason.status:
        status = Reference("status", f"{api.name}/{reason.status}", (Code(reason.status),))
        found["Canonical status"] = line(status)
    elif api.statuses:
        found["Canonical status"] = line("not known")
    found["Raised by"] = _raised_by(reason, api)
    if reason.since:
        planned = reason.lifecycle == "planned"
        found["Announced" if planned else "First published"] = line(reason.since)
    if reason.see_also:
        found["See also"] = joined(mention(api.name, name) for name in reason.see_also)
    return Facts("facts", [Fact(name, [said]) for name, said in found.items()])


def _raised_by(reason: Reason, api: Api) -> Line:
    if reason.raised_by == "any":
        return line("any operation")
    if reason.raised_by == "unknown":
        return line("not known")
    return joined(operation(name, api) for name in reason.raised_by)


def _details(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return the fields of the details of this error."""
    fields = schema_fields(reason.details)
    if api.envelope.details is None or not fields:
        return ()
    table = field_table(fields, api, f"Details of {reason.name}", api.envelope.details)
    return _heading("Details of this error"), table


def _field_codes(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return the codes inside the details."""
    if not reason.field_codes:
        return ()
    rows = [
        row(Code(each.code), inline(each.meaning, api), inline(each.fix or "", api))
        for each in reason.field_codes
    ]
    headings = ("Code", "Meaning", wording.FIX)
    label = f"{reason.name}: codes"
    return _heading("Codes of fields"), Table("field-codes", label, headings, rows)


def _heading(text: str) -> Block:
    return paragraph(Emphasis(line(text), strong=True), kind="heading")
