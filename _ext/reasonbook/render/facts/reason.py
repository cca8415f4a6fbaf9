"""What is said of a reason: its row in tables, its state, the plain facts, its details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import (
    Badge,
    Code,
    Emphasis,
    Inline,
    Paragraph,
    Reference,
    Shortened,
    Text,
)
from reasonbook.render import wording
from reasonbook.render.facts.envelope import field_table
from reasonbook.render.facts.references import (
    blocks,
    http_badge,
    inline,
    operation,
    reason_reference,
)
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.statements import (
    Block,
    Fact,
    Facts,
    Line,
    Row,
    Steps,
    Table,
    joined,
    line,
    paragraph,
)
from reasonbook.schema.fields import schema_fields


@dataclass(frozen=True)
class Column:
    """A column of the tables of reasons."""

    heading: str
    cell: Callable[[Reason, Api], tuple[Block, ...]]


def _name_cell(reason: Reason, api: Api) -> tuple[Block, ...]:
    name = Reference("accordion", f"{reason.api}/{reason.name}", (Code(reason.name),))
    successor = successor_of(reason)
    after = line(" → ", reason_reference(api.name, successor)) if successor else ()
    return (paragraph(name, state_badge(reason), Shortened(after, ())),)


NAME = Column("Reason", _name_cell)
HTTP = Column("HTTP", lambda reason, api: (paragraph(http_badge(reason.http)),))
RETRY = Column("Retry", lambda reason, api: (paragraph(reason.remedy.retry),))
CAUSE = Column("Cause", lambda reason, api: (paragraph(inline(reason.cause, api)),))
CAUSE_AND_FIX = Column(
    f"Cause → {wording.FIX}",
    lambda reason, api: (paragraph(inline(reason.cause, api)), fix(reason, api)),
)
COLUMNS = (NAME, HTTP, CAUSE_AND_FIX)
#: Where the fixes take too much room.
SHORT_COLUMNS = (NAME, HTTP, RETRY, CAUSE)


def reason_table(
    reasons: Sequence[Reason], api: Api, label: str, columns: Sequence[Column] = COLUMNS
) -> Table:
    """Return a row for each reason."""
    rows = (Row(tuple(column.cell(reason, api) for column in columns)) for reason in reasons)
    return Table("reasons", label, tuple(column.heading for column in columns), tuple(rows))


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
        name = reason_reference(api.name, successor)
        found.append(Shortened(line("Its successor is ", name, "."), line("replaced by ", name)))
    if reason.falls_back_to:
        full, brief = (
            joined(reason_reference(api.name, name, shown) for name in reason.falls_back_to)
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
    if gone.correction:
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
    return Steps(wording.FIX, tuple(blocks(step, api) for step in reason.fix))


def particulars(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return what comes after: the plain facts, and the details of the error."""
    return _facts(reason, api), *_details(reason, api), *_field_codes(reason, api)


def _facts(reason: Reason, api: Api) -> Facts:
    http: Inline = Code(str(reason.http), whole=True)
    if reason.http in api.http:
        http = Reference("http", f"{api.name}/{reason.http}", (http,))
    title = wording.http_title(api, reason.http)
    found = [Fact("HTTP status", (line(http, f" {title}"),))]
    if reason.status:
        status = Reference("status", f"{api.name}/{reason.status}", (Code(reason.status),))
        found.append(Fact("Canonical status", ((status,),)))
    elif api.statuses:
        found.append(Fact("Canonical status", (line("not known"),)))
    found.append(Fact("Raised by", (_raised_by(reason, api),)))
    if reason.since:
        said = "Announced" if reason.lifecycle == "planned" else "First published"
        found.append(Fact(said, (line(reason.since),)))
    if reason.see_also:
        related = joined(reason_reference(api.name, name) for name in reason.see_also)
        found.append(Fact("See also", (related,)))
    return Facts("facts", tuple(found))


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
    rows = []
    for code in reason.field_codes:
        meaning, fix = (
            (paragraph(inline(text, api)),) if text else () for text in (code.meaning, code.fix)
        )
        rows.append(Row(((paragraph(Code(code.code)),), meaning, fix)))
    headings = ("Code", "Meaning", wording.FIX)
    label = f"{reason.name}: codes"
    return _heading("Codes of fields"), Table("field-codes", label, headings, tuple(rows))


def _heading(text: str) -> Paragraph:
    return paragraph(Emphasis(line(text), strong=True), kind="heading")
