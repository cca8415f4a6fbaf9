"""What an API's own OpenAPI description says of its errors, with the place of each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reasonbook.auditing.description.allowed import Allowed, allowed, union
from reasonbook.examples.envelope import find_reasons
from reasonbook.format.model import Api, Envelope, HeaderPlace, Place, SearchPlace
from reasonbook.importing.found import Found
from reasonbook.importing.openapi.codes import extended_codes, listed_codes
from reasonbook.importing.openapi.files import Bundle
from reasonbook.importing.openapi.responses import (
    Printed,
    Response,
    is_json,
    operations,
    read_responses,
)
from reasonbook.importing.openapi.schemas import EnumCode, enum_codes
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json


@dataclass(frozen=True)
class DescribedOperation:
    """An operation, with the pointers of its responses by their HTTP statuses."""

    name: str
    where: str
    responses: Mapping[str, str]

    def response(self, status: int) -> str | None:
        """Return the response for a status: its own, that of its class, or the default."""
        names = (str(status), f"{status // 100}XX", "DEFAULT")
        return next((self.responses[name] for name in names if name in self.responses), None)


class Code(NamedTuple):
    """A code that the description names: where, what it may mean, and what lists it."""

    where: str
    names: tuple[str, ...]  # without a prefix of its envelope, and as it is
    status: int | None  # of the response that it is in; None where it is in several
    list_of: str | None = None  # the envelope whose list it is in, "" for that of the API
    is_sub: bool = False  # it is a second-level code alone
    operation: str | None = None  # of which it is said; None where it is of several, or any


class Description:
    """A description, read for the envelopes of an API."""

    def __init__(self, bundle: Bundle, found: Found, api: Api) -> None:
        self.bundle = bundle
        self._found = found
        self._envelopes = {"": api.envelope, **api.envelopes}
        self._known = api.reasons
        self._responses = read_responses(bundle, found)
        self._named = {name: where for name, _, where in operations(bundle, found)}
        self.operations = [
            DescribedOperation(name, where, {s.upper(): at for s, at in self._statuses(where)})
            for name, where in self._named.items()
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
            operation = self._said_of(response.where, response)
            yield from self._extended(response.where, operation, response.status)
        yield from self._extended("", None)
        for operation, where in self._named.items():
            yield from self._extended(where, operation)
        for name, envelope in self._envelopes.items():
            for place in envelope.reason:
                for code in self._listed(name, place):
                    yield code._replace(names=_without(envelope.reason_prefix, code.names[0]))
            if envelope.sub_reason:
                for code in self._listed(name, envelope.sub_reason):
                    yield code._replace(is_sub=True)

    def allowed(self, operation: DescribedOperation, status: int, envelope: Envelope) -> Allowed:
        """Return every code that an operation may send with a status, if all are listed."""
        where = operation.response(status)
        lists: list[Allowed] = []
        for media_type, at, _ in self.bundle.members(
            pointer.join(self.bundle.follow(where or "")[0], "content")
        ):
            if is_json(media_type):
                for place in map(_body_place, envelope.reason):
                    schema = pointer.join(at, "schema")
                    lists.append(allowed(self.bundle, schema, place) if place else None)
        return union(lists)

    def _said_of(self, where: str, response: Response) -> str | None:
        """Return the operation of which something in a response is said, if of one only.

        What several operations refer to is said of none of them, and may be an example of any. An
        example among the components is there to be referred to.
        """
        (operation, *others) = response.operations or (None,)
        if operation is None or others:
            return None
        at = self._named[operation]
        is_own = where.startswith((f"{at}/", "/components/examples/"))
        return operation if is_own and response.where.startswith(f"{at}/") else None

    def _shown(self, printed: Printed, response: Response) -> Iterator[Code]:
        """Yield the codes of an example, by the first envelope in which it names a known one."""
        body = parse_json(printed.text)
        read = [
            [each for each in find_reasons(envelope, body) if each.name]
            for envelope in self._envelopes.values()
        ]
        known = (each for each in read if any(code.name in self._known for code in each))
        operation = self._said_of(printed.where, response)
        for code in next(known, next(filter(None, read), [])):
            where = printed.where + code.pointer
            yield Code(where, (code.name or "",), response.status, operation=operation)

    def _extended(
        self, holder: str, operation: str | None, status: int | None = None
    ) -> Iterator[Code]:
        for reason, where in extended_codes(self.bundle, self._found, holder):
            http = reason.http[0] if len(reason.http) == 1 else status
            yield Code(where, (reason.code,), http, operation=operation)

    def _listed(self, envelope: str, place: Place) -> Iterator[Code]:
        """Yield the codes that the schemas of responses list for a place of an envelope."""
        if (at := _body_place(place)) is None:
            for enum in self._in_headers(place.header if isinstance(place, HeaderPlace) else ""):
                yield Code(enum.where, (enum.code,), None, envelope)
            return
        for enum, response, is_own in listed_codes(self.bundle, self._responses, at):
            status = response.status if is_own else None
            operation = self._said_of(enum.where, response)
            yield Code(enum.where, (enum.code,), status, envelope, operation=operation)

    def _in_headers(self, wanted: str) -> Iterator[EnumCode]:
        for response in self._responses:
            for name, where, _ in self.bundle.members(pointer.join(response.where, "headers")):
                if name.lower() == wanted.lower():
                    yield from enum_codes(self.bundle, pointer.join(where, "schema"), "")


def _body_place(place: Place) -> str | None:
    """Return a place of a body as one pointer; None where it is a header."""
    if isinstance(place, SearchPlace):
        return f"{place.in_}/*{place.at_}"
    return None if isinstance(place, HeaderPlace) else place


def _without(prefixes: Iterable[str], code: str) -> tuple[str, ...]:
    """Return a code without each prefix that it has, and as it is."""
    return (*(code[len(prefix) :] for prefix in prefixes if code.startswith(prefix)), code)
