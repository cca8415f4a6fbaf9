"""Where an agent finds what it needs to look an error up: the API's address, and its reason."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.format.envelopes import Envelope
from reasonbook.format.model import Api
from reasonbook.format.prose import Code
from reasonbook.render.facts.places import shown_place
from reasonbook.render.facts.statements import Line, joined, line


def whereabouts(api: Api) -> Line:
    """Say how one knows an error of this API, where its reason is, and who says all that."""
    return joined(_parts(api), "; ")


def _parts(api: Api) -> Iterator[Line]:
    if api.base_url:
        yield line(Code(api.base_url))
    envelopes = [api.envelope, *api.envelopes.values()]
    places = dict.fromkeys(place for each in envelopes for place in _places(each))
    yield line("reason in ", joined(places, " or "))
    seconds = dict.fromkeys(
        shown_place(each.sub_reason) for each in envelopes if each.sub_reason is not None
    )
    if seconds:
        yield line("second-level code SUB in ", joined(seconds, " or "))
    as_of = f", as of {api.source.as_of}" if api.source.as_of else ""
    if not api.source.official:
        yield line(f"unofficial{as_of}")


def _places(envelope: Envelope) -> Iterator[Line]:
    prefixes = joined(map(Code, envelope.reason_prefix), " or ")
    after = line(", where REASON is what follows ", prefixes) if prefixes else ()
    for place in envelope.reason:
        yield line(shown_place(place), after)
