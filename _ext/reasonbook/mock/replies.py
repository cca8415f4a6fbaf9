"""What the server answers with: documented errors, and what comes in no envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus

from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Outside, Reason
from reasonbook.render.facts.exchange import Answer, answers

#: Headers that are about the connection, or that the body as it is shown does not have.
_OF_THE_CONNECTION = frozenset(
    """connection content-encoding content-length keep-alive trailer transfer-encoding
    upgrade""".split()  # noqa: SIM905
)
#: A page such as gateways send; none of its words is from a catalogue.
_PAGE = "<!doctype html>\n<title>{0}</title>\n<h1>{0}</h1>\n"


class NotDocumentedError(Exception):
    """What was asked for is not in the catalogue; the message says what is."""


@dataclass(frozen=True)
class Reply:
    """An answer; without an HTTP status the connection is closed instead."""

    http: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0  # seconds before it is sent
    reason: str = ""  # the name of the documented error that it is

    def changed(self, headers: Mapping[str, str], delay: float) -> Reply:
        """Return the same reply with other headers beside its own, and after a delay."""
        names = {name.lower() for name in headers}
        kept = (pair for pair in self.headers if pair[0].lower() not in names)
        return replace(self, headers=(*kept, *headers.items()), delay=delay or self.delay)


#: The answer to whatever is not asked to fail; what an API then says is not in a catalogue.
SUCCESS = Reply(200, (("Content-Type", "application/json"),), b"{}\n")
#: Answers of no API, where it does not name them itself.
_OUTSIDE = {
    "gateway-page": Outside(name="gateway-page", http=502, media_type="text/html"),
    "empty": Outside(name="empty", http=500, media_type="none"),
    "no-answer": Outside(name="no-answer", http="none"),
}


class Replies:
    """The replies of an API, looked up once."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._outside = {**_OUTSIDE, **{each.name: each for each in api.outside}}

    @cached_property
    def documented(self) -> Mapping[str, tuple[Answer, ...]]:
        """The answers that the catalogue shows, by the names of reasons."""
        return {
            name: tuple(a for a in answers(self.api, reason) if a.http is None or a.http >= 200)
            for name, reason in self.api.reasons.items()
        }

    @property
    def outside_names(self) -> tuple[str, ...]:
        """The names of the answers that come in no envelope."""
        return tuple(self._outside)

    def reason(self, name: str) -> Reason:
        """Return a reason."""
        if found := self.api.reasons.get(name):
            return found
        hint = did_you_mean(nearest(name, [*self.api.reasons]))
        raise NotDocumentedError(f"{name} is not a reason of {self.api.title}. {hint}".rstrip())

    def of_reason(self, name: str, example: str | None = None, http: int | None = None) -> Reply:
        """Return the reply with a reason: the first that has the title and the HTTP status."""
        reason = self.reason(name)  # which refuses one that is not known
        every = self.documented[name]
        if not every:
            raise NotDocumentedError(_why_none(reason))
        found = [
            answer
            for answer in every
            if example in (None, answer.example.title) and http in (None, answer.http)
        ]
        if not found:
            shown = "; ".join(f"{a.example.title} ({a.http or 'not known'})" for a in every)
            raise NotDocumentedError(f"{name} has these examples, with their HTTP status: {shown}.")
        answer = found[0]
        if answer.http is None:
            raise NotDocumentedError(f"The HTTP status of {name} is not known.")
        return Reply(answer.http, _sent(answer.headers), answer.example.body.encode(), reason=name)

    def outside(self, name: str, http: int | None = None) -> Reply:
        """Return an answer in no envelope; its body, which no catalogue has, is our own."""
        answer = self._outside.get(name)
        if answer is None:
            known = ", ".join(self._outside)
            raise NotDocumentedError(f"{name} is not one of the answers in no envelope: {known}.")
        code = _status(answer, http, own=answer is not _OUTSIDE.get(name))
        if code is None or answer.media_type == "none":
            return Reply(code)
        media_type = answer.media_type or "text/html"
        body = "{}\n" if "json" in media_type else _PAGE.format(f"{code} {_phrase(code)}".strip())
        return Reply(code, (("Content-Type", media_type),), body.encode())


def _status(answer: Outside, http: int | None, *, own: bool) -> int | None:
    """Return the HTTP status of an answer in no envelope; what an API says of it holds."""
    if answer.http == "none":
        return None
    if isinstance(answer.http, str):
        if http is None:
            raise NotDocumentedError(f"The HTTP status of {answer.name} is not known: name one.")
        return http
    codes = (answer.http,) if isinstance(answer.http, int) else answer.http
    if http in codes or (http and not own):
        return http
    if http:
        said = ", ".join(map(str, codes))
        raise NotDocumentedError(f"{answer.name} has the HTTP status {said}, not {http}.")
    return codes[0]


def _sent(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in headers.items() if pair[0].lower() not in _OF_THE_CONNECTION)


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return ""


def _why_none(reason: Reason) -> str:
    if not reason.is_response:
        return f"{reason.name} does not arrive in a response: {', '.join(reason.arrives_in)}."
    return f"The catalogue has no example of {reason.name}, so what is sent is not known."


def listed(names: Iterable[str], most: int) -> str:
    """Return names as a text, of many only the first."""
    every = [*names]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
