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
#: Where each reason has one line.
LIST_COLUMNS = (
    Column("Reason", lambda reason, api: _titled_page(reason)),
    *(HTTP, ACTOR, RETRY, LIFECYCLE),
)


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
    rows = [
        (reason_anchor(reason) if anchors else "", [column.cell(reason, api) for column in columns])
        for reason in reasons
    ]
    kept = [n for n in range(len(columns)) if any(cells[n] for _, cells in rows)]
    shown = [
        row(*(cells[n] or line(columns[n].if_empty) for n in kept), anchor=anchor)
        for anchor, cells in rows
    ]
    return Table("reasons", label, [columns[n].heading for n in kept], shown)
