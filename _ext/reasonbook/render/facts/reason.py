"""What is said of a reason: its row in tables, its state, the plain facts, its details."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reasonbook.format.dates import is_date
from reasonbook.format.model import Api, Reason
from reasonbook.format.observations import Observed
from reasonbook.format.prose import (
    BulletList,
    Code,
    Emphasis,
    Link,
    Reference,
    Shortened,
    Text,
)
from reasonbook.render import wording
from reasonbook.render.facts.envelope import field_table
from reasonbook.render.facts.levels import levels
from reasonbook.render.facts.references import (
    blocks,
    inline,
    mention,
    operations,
    titled,
)
from reasonbook.render.facts.remedy import as_data, remedy, unknown_of
from reasonbook.render.facts.short import successor_of
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
from reasonbook.schema.fields import schema_fields


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
        return full, wording.PLANNED
    if gone.never_sent:
        return (
            f"Retired on {gone.retired} as a correction: the API never sent it.",
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


#: What labels say of a remedy, by the short names of its facts.
_LABELLED = ("who", "Retry")


def decision(reason: Reason, api: Api, *, labelled: bool = False) -> tuple[Block, ...]:
    """Return what comes first of a reason: its state, its cause, and what to do.

    *labelled* where labels have said the verdict, which is not said twice.
    """
    elsewhere = ("basis", *(_LABELLED if labelled else ()))
    state = joined(lifecycle(reason, api), " ")
    return (
        *([paragraph(state, kind="lifecycle")] if state else []),
        *_causes(reason, api),
        *fix(reason, api),
        *(remedy(reason.remedy, api, without=elsewhere) if reason.remedy else ()),
        *levels(reason, api),
    )


def bookkeeping(reason: Reason, api: Api, *, labelled: bool = False) -> Iterator[Block]:
    """Yield what few ask for: where the decision comes from, and what is not known.

    *labelled* where only labels have said the verdict: then with its values and their meaning.
    """
    names = ("basis", *(_LABELLED if labelled else ()))
    if reason.remedy and (said := as_data(reason.remedy, api, names)):
        yield paragraph(said, kind="basis")
    if observed := reason.resolved_observed:
        yield paragraph(last_observed(observed), kind="observed")
    unknown = [*unknown_facts(reason)]
    if reason.status is None and api.statuses and reason.is_response:
        unknown.append("canonical status")
    if reason.raised_by == "unknown":
        unknown.append("which operations send it")
    if unknown:
        yield paragraph(not_known(unknown), kind="unknown")


def last_observed(seen: Observed) -> str:
    """Tell when recordings of the API last showed a reason, and of how many operations."""
    known = len(seen.operations)
    by = f", by {wording.number(known, 'operation')}" if known else ""
    return f"Last observed: {seen.last or 'day not known'}{by}."


def _causes(reason: Reason, api: Api) -> tuple[Block, ...]:
    causes = [paragraph(inline(cause, api), kind="cause") for cause in reason.causes]
    if len(causes) < 2:
        return (*causes,)
    items = BulletList(tuple((cause,) for cause in causes), "causes")
    return paragraph("One of these:", kind="causes"), items


def fix(reason: Reason, api: Api) -> tuple[Steps, ...]:
    """Return the fix, one text or its steps in order; nothing where none is known."""
    return (Steps([blocks(step, api) for step in reason.fix]),) if reason.fix else ()


def not_known(names: Iterable[str]) -> str:
    """Tell at once all that is not known."""
    return f"Not known: {', '.join(names)}."


def unknown_facts(reason: Reason) -> Iterator[str]:
    """Name what one would like to know of a reason, and no source says."""
    if reason.http == "unknown":
        yield "HTTP status"
    if not reason.causes:
        yield "cause"
    if reason.lifecycle != "retired":
        if not reason.fix:
            yield "fix"
        yield from unknown_of(reason.remedy)


def particulars(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return what comes after: the plain facts, and the details of the error."""
    return (
        *_facts(reason, api),
        *_details(reason, api),
        *_field_codes(reason, api),
        *_corrections(reason, api),
    )


def _facts(reason: Reason, api: Api) -> tuple[Facts, ...]:
    found: dict[str, Line] = {}
    if reason.http_codes:
        found["HTTP status"] = joined(_http(code, api) for code in reason.http_codes)
    if reason.status:
        status = Reference("status", f"{api.name}/{reason.status}", (Code(reason.status),))
        found["Canonical status"] = line(status)
    if reason.arrives_in != ("response",):
        ways = (wording.ARRIVALS[way][1] for way in reason.arrives_in)
        found["Arrives in"] = line(" or ".join(ways))
    if reason.message:
        found["Message"] = line(Code(reason.message))
    found["Raised by"] = operations(reason.raised_by, api)
    if reason.since:
        found[_since(reason, reason.since)] = line(reason.since)
    if reason.envelope_name:
        target = f"{api.name}/{reason.envelope_name}"
        found["Envelope"] = line(Reference("envelope", target, (Code(reason.envelope_name),)))
    found |= {each.name: line(each.value) for each in reason.attributes}
    if reason.docs_url:
        found["Documentation"] = line(Link(reason.docs_url, line(reason.docs_url), bare=True))
    if reason.see_also:
        found["See also"] = joined(
            titled(mention(api.name, name), api.reasons.get(name)) for name in reason.see_also
        )
    facts = [Fact(name, [said]) for name, said in found.items() if said]
    return (Facts("facts", facts),) if facts else ()


def _http(code: int, api: Api) -> Line:
    shown = line(Code(str(code), whole=True))
    linked = Reference("http", f"{api.name}/{code}", shown)
    return line(linked, f" {wording.http_title(api, code)}")


def _since(reason: Reason, since: str) -> str:
    if not is_date(since):
        return "Since version"
    return "Announced" if reason.lifecycle == "planned" else "First published"


def _corrections(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return what the catalogue said wrongly."""
    if not reason.corrections:
        return ()
    items = [
        paragraph(
            f"{each.date}: ",
            Code(each.key_),
            " was ",
            Code(shown_data(each.was)),
            ". ",
            inline(each.why, api),
        )
        for each in reason.corrections
    ]
    return _heading("Corrected here"), BulletList(tuple((item,) for item in items), "corrections")


def shown_data(value: Any) -> str:
    """Return a value of the format as text: a word as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _details(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Return the fields of the details of this error."""
    fields = schema_fields(reason.details)
    where = api.envelope_of(reason).details
    if where is None or not fields:
        return ()
    table = field_table(fields, api, f"Details of {reason.name}", where)
    sometimes = ", sent sometimes" if reason.details_sent == "sometimes" else ""
    return _heading(f"Details of this error{sometimes}"), table


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
