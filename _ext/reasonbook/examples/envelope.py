"""Where an error holds its codes: reads a body and its headers by the places of the envelope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, assert_never

from reasonbook.format.model import Api, Envelope, HeaderPlace, Place, Reason, SearchPlace
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_text import JsonText

Headers = Mapping[str, str]
_NO_HEADERS: Headers = {}


class Found(NamedTuple):
    """A code in an error: where, its value there, and the reason that it names, if it is one."""

    pointer: str  # of the body; empty where it is in a header
    value: Any
    name: str | None  # REASON or REASON/SUB
    header: str = ""

    @property
    def where(self) -> str:
        """The place as a message says it."""
        return self.header or self.pointer or "The body"


class _Value(NamedTuple):
    pointer: str
    value: Any
    steps: tuple[str, ...] = ()  # those that a * stood for
    header: str = ""


def find_reasons(
    envelope: Envelope, body: JsonText, headers: Headers | None = None
) -> tuple[Found, ...]:
    """Return every code that an error names, from the first place that yields any."""
    for place in envelope.reason:
        found = [*_values(place, body.value, headers or _NO_HEADERS)]
        if found:
            return tuple(_named(envelope, each, body, headers or _NO_HEADERS) for each in found)
    return ()


def read_codes(
    api: Api, body: JsonText, headers: Headers | None = None
) -> tuple[Envelope, tuple[Found, ...]] | None:
    """Return the codes that an error names, and its envelope; None where it names none.

    The envelope is that in which it names most known reasons.
    """
    best, most = None, -1
    for shape in (api.envelope, *api.envelopes.values()):
        codes = tuple(each for each in find_reasons(shape, body, headers) if each.name)
        known = sum(each.name in api.reasons for each in codes)
        if codes and known > most:
            best, most = (shape, codes), known
    return best


def find_reason(envelope: Envelope, body: JsonText, headers: Headers | None = None) -> Found | None:
    """Return the first code that an error names; None where it names none."""
    return next(iter(find_reasons(envelope, body, headers)), None)


def find_reason_name(
    envelope: Envelope, body: JsonText, headers: Headers | None = None
) -> str | None:
    """Return the first reason that an error names, without the API's prefix."""
    found = find_reason(envelope, body, headers)
    return found.name if found else None


def find_known_reason(api: Api, body: JsonText) -> Reason | None:
    """Return the reason of a body, by the first envelope in which it names a known one."""
    for envelope in (api.envelope, *api.envelopes.values()):
        reason = api.reasons.get(find_reason_name(envelope, body) or "")
        if reason is not None:
            return reason
    return None


def _named(envelope: Envelope, found: _Value, body: JsonText, headers: Headers) -> Found:
    name = code_at(found.pointer, found.value, body)
    if name is not None and envelope.reason_prefix:
        prefixes = (each for each in envelope.reason_prefix if name.startswith(each))
        prefix = max(prefixes, key=len, default=None)
        name = None if prefix is None else name[len(prefix) :]
    if name is not None and envelope.sub_reason is not None:
        subs = _values(envelope.sub_reason, body.value, headers)
        codes = (code_at(s.pointer, s.value, body) for s in subs if _belong_together(found, s))
        sub = next(codes, None)
        name = f"{name}/{sub}" if sub else name
    return Found(found.pointer, found.value, name, found.header)


def _belong_together(code: _Value, sub: _Value) -> bool:
    """Tell whether both are of the same item, where they are in items at all."""
    return all(one == other for one, other in zip(code.steps, sub.steps, strict=False))


def code_at(where: str, value: Any, body: JsonText) -> str | None:
    """Return the code that is the value at a pointer, as text: a number by its digits."""
    if isinstance(value, float):
        return body.decimals.get(where)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)


def _values(place: Place, body: Any, headers: Headers) -> Iterator[_Value]:
    match place:
        case str():
            for where, steps, value in pointer.resolve_all(body, place):
                if value is not None:  # null is the absence of a code
                    yield _Value(where, value, steps)
        case HeaderPlace():
            for name, text in headers.items():
                if name.lower() == place.header.lower():
                    yield _Value("", text, (), name)
        case SearchPlace():
            items = pointer.resolve(body, place.in_)
            for index, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, Mapping) and _fits(item, place.where):
                    value = pointer.resolve(item, place.at_)
                    if value is not pointer.MISSING:
                        yield _Value(pointer.join(place.in_, index) + place.at_, value)
        case _:
            assert_never(place)


def _fits(item: Mapping[str, Any], where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(item.get(name) in wanted for name, wanted in where.items())


def first_pointer(envelope: Envelope) -> str:
    """Return the pointer of a body at which a message that no code was found can point."""
    for place in envelope.reason:
        if isinstance(place, str):
            return place.partition("/*")[0]
        if isinstance(place, SearchPlace):
            return place.in_
    return ""


def shown_place(place: Place) -> str:
    """Return a place as a message names it."""
    match place:
        case str():
            return place or "the body"
        case HeaderPlace():
            return f"the header {place.header}"
        case SearchPlace():
            return place.in_
        case _:
            assert_never(place)
