"""Where an error holds its codes, in words."""

from __future__ import annotations

from typing import assert_never

from reasonbook.format.envelopes import Envelope, HeaderPlace, Place, SearchPlace
from reasonbook.format.prose import Code
from reasonbook.render.facts.remedy import choices
from reasonbook.render.facts.statements import Line, joined, line


def reason_places(envelope: Envelope) -> tuple[Line, ...]:
    """Say where a program finds the reason; of several places the first that has one counts."""
    prefixes = joined((Code(prefix) for prefix in envelope.reason_prefix), " or ")
    after = line(", after ", prefixes) if prefixes else ()
    return choices(line(shown_place(place), after) for place in envelope.reason)


def shown_place(place: Place) -> Line:
    """Say where in an error a code is."""
    match place:
        case str():
            any_item = line(" (", Code("*"), " is any item)") if "/*" in place else ()
            return line(Code(place or "/"), any_item)
        case HeaderPlace():
            return line("the ", Code(place.header), " header")
        case SearchPlace():
            wanted = joined(
                line(Code(key), " is ", joined(map(Code, values), " or "))
                for key, values in place.where.items()
            )
            item = Code(place.in_)
            return line(Code(place.at_), " of the item of ", item, " in which ", wanted)
        case _:
            assert_never(place)
