"""What is said of reasons of two levels: one leads to the other."""

from __future__ import annotations

from collections.abc import Sequence

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Code
from reasonbook.render.facts.places import shown_place
from reasonbook.render.facts.references import mention, titled
from reasonbook.render.facts.statements import Block, Line, joined, line, paragraph


def sub_reasons(reason: Reason, api: Api) -> Sequence[Reason]:
    """Return the entries of the second level, of a reason of the first."""
    return () if reason.sub_reason else api.sub_reasons.get(reason.code, ())


def place_of_subs(reason: Reason, api: Api) -> Line:
    """Say where a body has the second-level code."""
    place = api.envelope_of(reason).sub_reason
    return line(" at ", shown_place(place)) if place is not None else ()


def levels(reason: Reason, api: Api) -> tuple[Block, ...]:
    """Say what belongs together: the second-level codes of a reason, or the reason of such one."""
    if reason.sub_reason:
        parent = mention(api.name, reason.code) if reason.code in api.reasons else Code(reason.code)
        where = place_of_subs(reason, api)
        return (paragraph("Second-level code of ", parent, where, ".", kind="levels"),)
    subs = sub_reasons(reason, api)
    if not subs:
        return ()
    names = joined((titled(mention(api.name, one.name), one) for one in subs), "; ")
    where = place_of_subs(reason, api)
    rest = " What is said here is for any other, or none."
    return (paragraph("Second-level codes", where, ": ", names, ".", rest, kind="levels"),)
