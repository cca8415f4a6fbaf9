"""Where an error holds its codes, in words."""

from __future__ import annotations

import re
from typing import assert_never

from reasonbook.format.envelopes import Envelope, HeaderPlace, Place, SearchPlace
from reasonbook.format.model import Api, HeaderWait, Reason
from reasonbook.format.prose import Code, Shortened
from reasonbook.render.facts.remedy import choices
from reasonbook.render.facts.statements import Line, joined, line


def reason_places(envelope: Envelope) -> tuple[Line, ...]:
    """Say where a program finds the reason; of several places the first that has one counts."""
    prefixes = joined((Code(prefix) for prefix in envelope.reason_prefix), " or ")
    after = line(", after ", prefixes) if prefixes else ()
    return choices(line(shown_place(place), after) for place in envelope.reason)


def read_headers(reason: Reason, api: Api) -> frozenset[str]:
    """Return the headers, in lower case, that one reads to handle an error: codes and waits."""
    envelope, remedy = api.envelope_of(reason), reason.remedy
    places = [*envelope.reason, *([envelope.sub_reason] if envelope.sub_reason else [])]
    found = [place.header for place in places if isinstance(place, HeaderPlace)]
    found += [w.header for w in (remedy.waits if remedy else ()) if isinstance(w, HeaderWait)]
    return frozenset(name.lower() for name in found)


def dotted(pointer: str) -> str:
    """Return a JSON Pointer as programs write it: ``error.reason``; else the pointer itself."""
    first, *steps = pointer.split("/")
    if not steps or not all(re.fullmatch(r"[A-Za-z_]\w*|[*]", step) for step in steps):
        return pointer or "/"
    return ".".join(steps).replace(".*", "[*]").replace("*.", "[*].") + first


def shown_place(place: Place) -> Line:
    """Say where in an error a code is."""
    match place:
        case str():
            any_item = line(" (", Code("*"), " is any item)") if "/*" in place else ()
            full = line(Code(place or "/"), any_item)
            return (Shortened(full, line(Code(dotted(place)))),)
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
