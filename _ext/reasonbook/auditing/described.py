"""What an API's own OpenAPI description says of its errors, with the place of each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reasonbook.examples.envelope import find_reasons
from reasonbook.format.model import Api, HeaderPlace, Place
from reasonbook.importing.found import Found
from reasonbook.importing.openapi.codes import extended_codes, listed_codes
from reasonbook.importing.openapi.files import Bundle
from reasonbook.importing.openapi.responses import Printed, Response, operations, read_responses
from reasonbook.importing.openapi.schemas import EnumCode, enum_codes
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json


@dataclass(frozen=True)
class DescribedOperation:
    """An operation, with the pointers of its responses by their HTTP statuses."""

    name: str
    where: str
    responses: Mapping[str, str]

    def has(self, status: int) -> bool:
        """Tell whether a status has a response, by itself, by its class or by the default."""
        return not {str(status), f"{status // 100}XX", "DEFAULT"}.isdisjoint(self.responses)


class Code(NamedTuple):
    """A code that the description names: where, what it may mean, and what lists it."""

    where: str
    names: tuple[str, ...]  # without a prefix of its envelope, and as it is
    status: int | None  # of the response that it is in; None where it is in several
    list_of: str | None = None  # the envelope whose list it is in, "" for that of the API
    is_sub: bool = False  # it is a second-level code alone


class Description:
    """A description, read for the envelopes of an API."""

    def __init__(self, bundle: Bundle, found: Found, api: Api) -> None:
        self.bundle = bundle
        self._found = found
        self._envelopes = {"": api.envelope, **api.envelopes}
        self._known = api.reasons
        self._responses = read_responses(bundle, found)

    def operations(self) -> list[DescribedOperation]:
        """Return the operations, in the order of the document."""
        return [
            DescribedOperation(name, where, {s.upper(): at for s, at in self._statuses(where)})
            for name, _, where in operations(self.bundle, self._found)
        ]

    def _statuses(self, where: str) -> Iterator[tuple[str, str]]:
        held = pointer.join(where, "responses")
        for status, _, _ in self.bundle.members(held):
            yield status, pointer.join(held, status)

    def codes(self) -> Iterator[Code]:
        """Yield every code that an example, an enum or an ``x-`` key names."""
        for response in self._responses:
            for printed in response.examples:
                yield from self._shown(printed, response)
            yield from self._extended(response.extended, response.status)
        yield from self._extended([""], None)
        for name, envelope in self._envelopes.items():
            for place in envelope.reason:
                for code in self._listed(name, place):
                    yield code._replace(names=_without(envelope.reason_prefix, code.names[0]))
            if envelope.sub_reason:
                for code in self._listed(name, envelope.sub_reason):
                    yield code._replace(is_sub=True)

    def _shown(self, printed: Printed, response: Response) -> Iterator[Code]:
        """Yield the codes of an example, by the first envelope in which it names a known one."""
        body = parse_json(printed.text)
        read = [
            [each for each in find_reasons(envelope, body) if each.name]
            for envelope in self._envelopes.values()
        ]
        known = (each for each in read if any(code.name in self._known for code in each))
        for code in next(known, next(filter(None, read), [])):
            where = printed.where + code.pointer
            yield Code(where, (code.name or "",), response.status)

    def _extended(self, holders: Iterable[str], status: int | None) -> Iterator[Code]:
        for holder in holders:
            for reason, where in extended_codes(self.bundle, self._found, holder):
                http = reason.http[0] if len(reason.http) == 1 else status
                yield Code(where, (reason.code,), http)

    def _listed(self, envelope: str, place: Place) -> Iterator[Code]:
        """Yield the codes that the schemas of responses list for a place of an envelope."""
        if isinstance(place, HeaderPlace):
            for enum in self._in_headers(place.header):
                yield Code(enum.where, (enum.code,), None, envelope)
            return
        at = place if isinstance(place, str) else f"{place.in_}/*{place.at_}"
        for enum, response, is_own in listed_codes(self.bundle, self._responses, at):
            yield Code(enum.where, (enum.code,), response.status if is_own else None, envelope)

    def _in_headers(self, wanted: str) -> Iterator[EnumCode]:
        for response in self._responses:
            for name, where, _ in self.bundle.members(pointer.join(response.where, "headers")):
                if name.lower() == wanted.lower():
                    yield from enum_codes(self.bundle, pointer.join(where, "schema"), "")


def _without(prefixes: Iterable[str], code: str) -> tuple[str, ...]:
    """Return a code without each prefix that it has, and as it is."""
    return (*(code[len(prefix) :] for prefix in prefixes if code.startswith(prefix)), code)
