"""Tables of reasons: the columns that they may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Code, Reference, Shortened
from reasonbook.render import wording
from reasonbook.render.facts.reason import fix
from reasonbook.render.facts.references import inline, mention, titled
from reasonbook.render.facts.short import actor, http_labels, retry, state_badge, successor_of
from reasonbook.render.facts.statements import Cell, Table, line, paragraph, row
from reasonbook.render.urls import reason_anchor


@dataclass(frozen=True)
class Column:
    """A column of the tables of reasons."""

    heading: str
    cell: Callable[[Reason, Api], Cell]
    if_empty: str = ""


def _name(reason: Reason, kind: Literal["reason", "accordion"], api: Api) -> Cell:
    name = Reference(kind, f"{reason.api}/{reason.name}", (Code(reason.name),))
    successor = successor_of(reason)
    after = line(" → ", mention(api.name, successor)) if successor else ()
    return line(titled(name, reason), state_badge(reason), Shortened(after, ()))


def _titled_page(reason: Reason) -> Cell:
    return line(titled(mention(reason.api, reason.name), reason))


def _cause(reason: Reason, api: Api) -> Cell:
    return inline(reason.cause, api) if reason.causes else ()


def _cause_and_fix(reason: Reason, api: Api) -> Cell:
    cause = [paragraph(inline(reason.cause, api))] if reason.causes else []
    return [*cause, *fix(reason, api)]


NAME = Column("Reason", lambda reason, api: _name(reason, "accordion", api))
#: Where the reasons are in full on their own pages only.
OWN_PAGE = Column("Reason", lambda reason, api: _name(reason, "reason", api))
HTTP = Column("HTTP", lambda reason, _: http_labels(reason), if_empty="not known")
RETRY = Column("Retry", lambda reason, _: retry(reason))
ACTOR = Column("Who can fix it", lambda reason, _: actor(reason))
LIFECYCLE = Column("Lifecycle", lambda reason, _: reason.lifecycle)
CAUSE = Column("Cause", _cause)
CAUSE_AND_FIX = Column(f"Cause → {wording.FIX}", _cause_and_fix)
COLUMNS = (NAME, HTTP, CAUSE_AND_FIX)
#: Where the fixes take too much room.
SHORT_COLUMNS = (NAME, HTTP, RETRY, CAUSE)
LARGE_COLUMNS = (OWN_PAGE, HTTP, CAUSE_AND_FIX)
#: Where each reason has one line; the second for those of one HTTP status.
LIST_COLUMNS = (
    Column("Reason", lambda reason, api: _titled_page(reason)),
    *(HTTP, ACTOR, RETRY, LIFECYCLE),
)
LIST_COLUMNS_OF_STATUS = tuple(column for column in LIST_COLUMNS if column is not HTTP)


def columns_of(
    reasons: Iterable[Reason], api: Api, columns: Sequence[Column] = COLUMNS
) -> list[Column]:
    """Return the columns that say something of any of *reasons*; tables of a list share them."""
    found = tuple(reasons)
    return [each for each in columns if any(each.cell(reason, api) for reason in found)]


def reason_table(
    reasons: Iterable[Reason],
    api: Api,
    label: str,
    columns: Sequence[Column] = COLUMNS,
    *,
    anchors: bool = False,
) -> Table:
    """Return a row for each reason, if asked with its anchor.

    A column that says nothing of any of them is left out.
    """
    found = tuple(reasons)
    kept = columns_of(found, api, columns)
    return table_of(found, api, label, kept, anchors=anchors)


def table_of(
    reasons: Iterable[Reason],
    api: Api,
    label: str,
    columns: Sequence[Column],
    *,
    anchors: bool = False,
    kind: str = "reasons",
) -> Table:
    """Return a row for each reason with all of the columns."""
    rows = [
        row(
            *(column.cell(reason, api) or line(column.if_empty) for column in columns),
            anchor=reason_anchor(reason) if anchors else "",
        )
        for reason in reasons
    ]
    return Table(kind, label, [column.heading for column in columns], rows)
