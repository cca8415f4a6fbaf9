"""The body of a skeleton's example, made from the full example of the API's envelope.

What the envelope names is set or kept. Of the rest, which was said of another reason, texts are
left to fill in and other values are left out, as far as the schema allows either.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reasonbook import limits
from reasonbook.cli.skeleton import RefusedError
from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.examples.envelope import find_reason
from reasonbook.format.model import Api, HeaderPromise
from reasonbook.format.placeholders import mark
from reasonbook.schema.compile import CheckedSchema, compile_schema
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json


@dataclass(frozen=True)
class Skeleton:
    """What a new reason's example is made for; ``http`` is None where it is not known yet."""

    api: Api
    reason: str
    status: str | None
    http: int | None

    def promises(self) -> Iterator[HeaderPromise]:
        """Yield the headers that the response is sure to carry."""
        for promise in self.api.response_headers:
            if promise.http is None or self.http in promise.http:
                yield promise


class ExampleBody:
    """The value of the body while it is made; ``details`` says whether details are left in it."""

    def __init__(self, skeleton: Skeleton) -> None:
        self._skeleton = skeleton
        self._envelope = skeleton.api.envelope
        parsed = parse_json(self._envelope.example)
        self.value: Any = parsed.value
        if parsed.broken or find_reason(self._envelope, self.value) is None:
            raise RefusedError(
                f"The full example of the envelope names no reason, at "
                f"{self._envelope.at('example')}.",
                "Correct it first: the example of a new reason is made from it.",
            )
        self._validator = self._compile()
        self.details = False
        self._unsure: dict[str, str] = {}  # what is left to fill in at last: no schema allows it
        self._set_reason()
        self._drop_details()
        self._set_statuses()
        self._hold()
        self._drop_items()
        self._leave_rest()
        for where, what in self._unsure.items():
            self._put(where, mark(what))

    def text(self) -> str:
        """Return the body as JSON; what YAML forbids stands as an escape."""
        lines = json.dumps(self.value, indent=2, ensure_ascii=False).split("\n")
        return "\n".join(printable(line) for line in lines)

    def headers(self) -> dict[str, str]:
        """Return the headers that the API promises for it."""
        found: dict[str, str] = {}
        for promise in self._skeleton.promises():
            value = pointer.resolve(self.value, promise.equals) if promise.equals else None
            if value is None or value is pointer.MISSING:
                value = mark(f"the value of {promise.name}")
            found.setdefault(promise.name, value if isinstance(value, str) else json.dumps(value))
        return found

    def _compile(self) -> CheckedSchema | None:
        """Return the envelope's schema; None where even the full example breaks it."""
        at = self._envelope.at("schema")
        schema = dict(self._envelope.schema)
        validator = compile_schema(schema, lambda _: at, Problems()) if schema else None
        return validator if validator is not None and validator.is_valid(self.value) else None

    def _is_valid(self) -> bool:
        return self._validator is None or bool(self._validator.is_valid(self.value))

    def _put(self, where: str, value: Any) -> None:
        holder, _, token = where.rpartition("/")
        if not where:
            self.value = value
            return
        parent = pointer.resolve(self.value, holder)
        (name,) = pointer.tokens(f"/{token}")
        parent[int(name) if isinstance(parent, list) else name] = value

    def _drop(self, where: str) -> None:
        holder, _, token = where.rpartition("/")
        parent = pointer.resolve(self.value, holder)
        (name,) = pointer.tokens(f"/{token}")
        del parent[int(name) if isinstance(parent, list) else name]

    def _try(self, change: Callable[..., None], *arguments: Any) -> bool:
        """Make a change; take it back where the body is no longer what it must be."""
        before = copy.deepcopy(self.value)
        change(*arguments)
        if self._is_valid() and find_reason(self._envelope, self.value) is not None:
            return True
        self.value = before
        return False

    def _there(self, where: str | None) -> bool:
        return where is not None and pointer.resolve(self.value, where) is not pointer.MISSING

    def _set_reason(self) -> None:
        found = find_reason(self._envelope, self.value)
        assert found
        name = self._skeleton.reason
        written = self._envelope.reason_prefix + name
        as_number = isinstance(found.value, int) and str(found.value) == str(int(found.value))
        is_number = name.isascii() and name.isdecimal() and len(name) <= 15
        self._put(found.pointer, int(name) if as_number and is_number else written)

    def _drop_details(self) -> None:
        where = self._envelope.details
        if where is None or not self._there(where):
            return
        repeated = any(
            f"{promise.equals}/".startswith(f"{where}/") for promise in self._skeleton.promises()
        )
        self.details = not where or repeated or not self._try(self._drop, where)

    def _set_statuses(self) -> None:
        """Put the canonical and the HTTP status where the body repeats them."""
        api, where, http = self._skeleton.api, self._envelope.http, self._skeleton.http
        if http is None:
            self._note_unknown()
            return
        if where and self._there(where):
            as_text = isinstance(pointer.resolve(self.value, where), str)
            self._put(where, str(http) if as_text else http)
        where = self._envelope.status
        if not where or not self._there(where) or not api.statuses:
            return
        fitting = [name for name, status in api.statuses.items() if status.http == http]
        if self._skeleton.status:
            fitting = [self._skeleton.status]
        if fitting:
            self._put(where, fitting[0])
            if fitting[1:]:
                self._unsure[where] = " or ".join(fitting)
        elif not self._try(self._drop, where):
            raise RefusedError(
                f"No canonical status of {api.name} has HTTP {http}, and an error body names one.",
                f"Give --status with one of {', '.join(api.statuses)}.",
            )

    def _note_unknown(self) -> None:
        """Note the places of a canonical and an HTTP status that are not known yet."""
        names = {self._envelope.http: "the HTTP status, a number without quotes"}
        if self._skeleton.api.statuses:
            names[self._envelope.status] = "the canonical status"
        self._unsure = {w: what for w, what in names.items() if w and self._there(w)}

    def _hold(self) -> None:
        """Refuse what the envelope's schema has no room for."""
        if self._validator is None:
            return
        for error in self._validator.iter_errors(self.value):
            where = pointer.join("", *error.instance_path) or "The body"
            raise RefusedError(
                f"The envelope's schema refuses the example: {where}: {error.message}.",
                "Correct the schema first, or what you asked for.",
            )

    def _kept(self) -> tuple[str, ...]:
        """Return the pointers to what stays: whatever the envelope or a header speaks of."""
        envelope, search = self._envelope, self._envelope.reason
        found = find_reason(envelope, self.value)
        assert found
        kept = [found.pointer, envelope.request_id, envelope.http]
        if self._skeleton.api.statuses:
            kept.append(envelope.status)
        if not isinstance(search, str):
            item = found.pointer[: len(found.pointer) - len(search.at)]
            kept += [pointer.join(item, name) for name in search.where]
        kept += [promise.equals for promise in self._skeleton.promises()]
        return tuple(where for where in kept if where is not None)

    def _is_kept(self, where: str) -> bool:
        """Tell whether the value at *where* stays, or a part of it, or what it is a part of."""
        return any(
            f"{one}/".startswith(f"{where}/") or f"{where}/".startswith(f"{one}/")
            for one in self._kept()
        )

    def _drop_items(self) -> None:
        """Drop lists, which say something of the other reason, or what can go of their items."""
        for where in reversed(self._pointers()):
            value = pointer.resolve(self.value, where)
            if not isinstance(value, list) or where == self._envelope.details:
                continue
            if self._is_kept(where):
                for index in reversed(range(len(value))):
                    item = pointer.join(where, index)
                    if not self._is_kept(item):
                        self._try(self._drop, item)
            else:
                self._try(self._drop, where)

    def _leave_rest(self) -> None:
        for where in reversed(self._pointers()):
            value = pointer.resolve(self.value, where)
            is_message = where == self._envelope.message
            if self._is_kept(where) or (isinstance(value, dict | list) and value):
                continue
            what = "the message" if is_message else printable(pointer.tokens(where)[-1])
            left = isinstance(value, str) and self._try(self._put, where, mark(what))
            if not left and not is_message:
                self._try(self._drop, where)

    def _pointers(self) -> list[str]:
        """Return the pointers of the first values, each before those inside it; not the body's."""
        found: list[str] = []
        pending = [("", self.value)]
        while pending and len(found) < limits.SKELETON_VALUES:
            where, value = pending.pop()
            if where:
                found.append(where)
            inside: list[tuple[str | int, Any]] = []
            if isinstance(value, dict | list):
                inside = [*(value.items() if isinstance(value, dict) else enumerate(value))]
            pending += [(pointer.join(where, step), part) for step, part in reversed(inside)]
        return found
