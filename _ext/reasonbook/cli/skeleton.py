"""The skeleton of a new reason: what is known of it, and the rest left to fill in.

The body of its example is made from the full example of the API's envelope. What the envelope
names is set or kept. Of the rest, which was said of another reason, texts are left to fill in and
other values are left out, as far as the schema allows either.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, get_args

from reasonbook import limits
from reasonbook.cli.arguments import shown
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.examples.envelope import Found, find_reason
from reasonbook.format.envelopes import Envelope, HeaderPlace, HeaderPromise, SearchPlace
from reasonbook.format.hints import listed
from reasonbook.format.model import Actor, Api, Retry
from reasonbook.format.placeholders import mark
from reasonbook.rules.names import PAGE_NAME
from reasonbook.schema.compile import compile_schema
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText


def reason_skeleton(api: Api, reason: str, status: str | None, http: int | None) -> dict[str, Any]:
    """Return the skeleton of a reason as data, in the order in which the format documents it."""
    known = api.statuses[status].http if status else http
    promises = [p for p in api.response_headers if p.http == "any" or known in p.http]
    body = _body(api, reason, status, known, promises)
    skeleton: dict[str, Any] = {"reason": reason}
    if (slug := _slug(api, reason)) != reason:
        skeleton["slug"] = slug
    if http is not None:
        skeleton["http"] = http
    elif status is not None or api.statuses:
        skeleton["status"] = status or mark("the canonical status, one of those in api.yaml")
    else:
        skeleton["http"] = mark("the HTTP status, such as 404")
    skeleton["cause"] = mark("why the API answers so")
    skeleton["fix"] = [mark("what helps")]
    skeleton["remedy"] = {
        "actor": mark(f"who can fix it ({words_of(Actor)})"),
        "retry": mark(f"whether to send it again ({words_of(Retry)})"),
    }
    if body.has(api.envelope.details):
        skeleton["details"] = True  # a schema that allows all
    example: dict[str, Any] = {"title": mark("what the client did"), "origin": "constructed"}
    if headers := _headers(body, promises):
        example["headers"] = headers
    example["body"] = body.text()
    skeleton["examples"] = [example]
    return skeleton


def words_of(kind: Any) -> str:
    """Return the words that a key may hold, as a list in a sentence."""
    return listed(get_args(kind), "or")


def _slug(api: Api, reason: str) -> str:
    """Return the name of the reason's page: the reason, or where that cannot be, one like it."""
    taken = {other.slug.lower() for other in api.reasons.values()}
    base = reason
    if not PAGE_NAME.fullmatch(reason):
        base = re.sub(r"[^A-Za-z0-9_]+", "-", reason).strip("-_")[:110].strip("-_")
    for number in ("", *(f"-{count}" for count in range(2, 100))):
        if PAGE_NAME.fullmatch(base + number) and (base + number).lower() not in taken:
            return base + number
    raise RefusedError(
        f"{shown(reason)} gives no name for a page.",
        "Write this reason by hand, with a slug of letters, digits, hyphens and underscores.",
    )


def _headers(body: Body, promises: Sequence[HeaderPromise]) -> dict[str, str]:
    """Return the headers that the API promises for a body."""
    found = dict(body.headers)
    for promise in promises:
        if promise.name.lower() in map(str.lower, found):
            continue
        value: Any = mark(f"the value of {promise.name}")
        if promise.equals is not None and body.has(promise.equals):
            value = body.get(promise.equals)
        found[promise.name] = value if isinstance(value, str) else json.dumps(value)
    return found


class Body:
    """An error body while it is made, and what the envelope says of it."""

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope
        parsed = parse_json(envelope.example)
        self.value: Any = parsed.value
        self.headers: dict[str, str] = {}  # of the response, where one names the reason
        if find_reason(envelope, JsonText(self.value)) is None:
            places = (place for place in envelope.reason if isinstance(place, HeaderPlace))
            self.headers = {place.header: "" for place in islice(places, 1)}
        if parsed.broken or find_reason(envelope, JsonText(self.value), self.headers) is None:
            raise RefusedError(
                f"The full example of the envelope names no reason, at {envelope.at('example')}.",
                "Correct it first: the example of a new reason is made from it.",
            )
        schema = dict(envelope.body_schema)
        at = envelope.at("schema")
        validator = compile_schema(schema, lambda _: at, Problems()) if schema else None
        # A schema that even the full example breaks says nothing of another body.
        self._validator = validator if validator and validator.is_valid(self.value) else None

    def text(self) -> str:
        """Return the body as JSON; what YAML forbids is written as an escape."""
        lines = json.dumps(self.value, indent=2, ensure_ascii=False).split("\n")
        return "".join(f"{printable(line)}\n" for line in lines)

    def get(self, where: str) -> Any:
        """Return the value at a pointer, or ``pointer.MISSING``."""
        return pointer.resolve(self.value, where)

    def has(self, where: str | None) -> bool:
        """Tell whether a pointer of the envelope leads to a value."""
        return where is not None and self.get(where) is not pointer.MISSING

    def put(self, where: str, value: Any) -> None:
        """Replace the value at a pointer."""
        if where:
            holder, step = self._slot(where)
            holder[step] = value
        else:
            self.value = value

    def try_put(self, where: str, value: Any) -> bool:
        """Replace a value, if the schema allows the other and the body still names a reason."""
        before = copy.deepcopy(self.value)
        self.put(where, value)
        return self._is_valid_or(before)

    def try_drop(self, where: str) -> bool:
        """Drop the value at a pointer, if the schema and the reason do not need it."""
        before = copy.deepcopy(self.value)
        holder, step = self._slot(where)
        del holder[step]
        return self._is_valid_or(before)

    def reason(self) -> Found:
        """Return where the body or a header names its reason, and the value there."""
        found = find_reason(self._envelope, JsonText(self.value), self.headers)
        assert found
        return found

    def set_reason(self, name: str) -> None:
        """Name a reason where the full example does, as a number where that has one."""
        found = self.reason()
        written = next(iter(self._envelope.reason_prefix), "") + name
        if found.header:
            self.headers[found.header] = written
            return
        is_number = name.isascii() and name.isdecimal() and len(name) <= 15
        as_number = is_number and isinstance(found.value, int)
        self.put(found.pointer, int(name) if as_number else written)

    def require_valid(self) -> None:
        """Refuse what the envelope's schema has no room for."""
        for error in self._validator.iter_errors(self.value) if self._validator else ():
            where = pointer.join("", *error.instance_path) or "The body"
            raise RefusedError(
                f"The envelope's schema refuses the example: {where}: {error.message}.",
                "Correct the schema first, or what you asked for.",
            )

    def pointers(self) -> list[str]:
        """Return the pointers of the first values, each before those inside it; not the body's."""
        found: list[str] = []
        pending = [("", self.value)]
        while pending and len(found) <= limits.SKELETON_VALUES:
            where, value = pending.pop()
            found.append(where)
            inside: list[tuple[str | int, Any]] = []
            if isinstance(value, dict | list):
                inside = [*(value.items() if isinstance(value, dict) else enumerate(value))]
            pending += [(pointer.join(where, step), part) for step, part in reversed(inside)]
        return found[1:]

    def _slot(self, where: str) -> tuple[Any, str | int]:
        """Return what holds the value at a pointer, and its name or number there."""
        holder = self.get(where.rpartition("/")[0])
        name = pointer.tokens(where)[-1]
        return holder, int(name) if _is_list(holder) else name

    def _is_valid_or(self, before: Any) -> bool:
        is_valid = self._validator is None or bool(self._validator.is_valid(self.value))
        if is_valid and find_reason(self._envelope, JsonText(self.value), self.headers) is not None:
            return True
        self.value = before
        return False


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _body(
    api: Api,
    reason: str,
    status: str | None,
    http: int | None,
    promises: Sequence[HeaderPromise],
) -> Body:
    """Return the body of the skeleton's example; *http* is None where it is not known yet."""
    envelope = api.envelope
    body = Body(envelope)
    body.set_reason(reason)
    details = envelope.details  # which belong to another reason
    if details and body.has(details) and not _overlaps(details, [p.equals for p in promises]):
        body.try_drop(details)
    unsure = _set_statuses(body, api, status, http)
    body.require_valid()
    for where in reversed(body.pointers()):
        if not _overlaps(where, _named(body, api, promises)):
            _leave_to_author(body, where, is_message=where == envelope.message)
    for where, what in unsure.items():
        body.put(where, mark(what))
    return body


def _set_statuses(body: Body, api: Api, status: str | None, http: int | None) -> dict[str, str]:
    """Put the canonical and the HTTP status where the body repeats them.

    Returns what is left to fill in, by its pointer: at last, since no schema allows a mark there.
    """
    http_at, status_at = api.envelope.http, api.envelope.status
    unsure: dict[str, str] = {}
    if http_at and body.has(http_at):
        if http is None:
            unsure[http_at] = "the HTTP status, a number without quotes"
        else:
            body.put(http_at, str(http) if isinstance(body.get(http_at), str) else http)
    if status_at and api.statuses and body.has(status_at):
        fitting = [name for name, known in api.statuses.items() if known.http == http]
        if status:
            fitting = [status]
        if http is None:
            unsure[status_at] = "the canonical status"
        elif fitting:
            body.put(status_at, fitting[0])
            if len(fitting) > 1:
                unsure[status_at] = " or ".join(fitting)
        elif not body.try_drop(status_at):
            raise RefusedError(
                f"No canonical status of {api.name} has HTTP {http}, and an error body names one.",
                f"Give --status with one of {', '.join(api.statuses)}.",
            )
    return unsure


def _named(body: Body, api: Api, promises: Sequence[HeaderPromise]) -> Iterator[str | None]:
    """Yield the pointers to what stays in the body: whatever the envelope or a header names."""
    envelope, search = api.envelope, api.envelope.reason
    found = body.reason()
    reason_at = found.pointer
    yield from (None if found.header else reason_at, envelope.request_id, envelope.http)
    if api.statuses:
        yield envelope.status
    for place in search:
        if isinstance(place, SearchPlace):
            item = reason_at.removesuffix(place.at_)
            yield from (pointer.join(item, name) for name in place.where)
    yield from (promise.equals for promise in promises)


def _overlaps(where: str, places: Iterable[str | None]) -> bool:
    """Tell whether a value is at one of some places, or a part of what is, or holds it."""
    return any(
        f"{place}/".startswith(f"{where}/") or f"{where}/".startswith(f"{place}/")
        for place in places
        if place is not None
    )


def _leave_to_author(body: Body, where: str, *, is_message: bool) -> None:
    """Put a mark for a text that was said of another reason, and drop other values."""
    value = body.get(where)
    is_of_list = _is_list(value) or _is_list(body.get(where.rpartition("/")[0]))
    if is_of_list and body.try_drop(where):
        return
    if isinstance(value, dict | list) and value:
        return
    what = "the message" if is_message else printable(pointer.tokens(where)[-1])
    is_left = isinstance(value, str) and body.try_put(where, mark(what))
    if not is_left and not is_message:
        body.try_drop(where)
