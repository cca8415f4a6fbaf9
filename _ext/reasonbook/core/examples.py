"""Every JSON example of a catalogue, and the check of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import pointer
from .envelope import find_reason, find_reason_name
from .example_rules import RULES, Case
from .json_source import Fault, JsonText, parse_json, read_json
from .location import Location, display_path
from .model import Api, Catalogue, Example, Next, Reason, Wait
from .problems import Problems, Rule
from .schema_check import Validator, compile_schema
from .shape import nearest
from .yaml_source import Scalar

_FAULT_RULES = {
    "syntax": Rule.JSON_SYNTAX,
    "duplicate": Rule.JSON_DUPLICATE_MEMBER,
    "value": Rule.JSON_UNSAFE_VALUE,
}
BodyAt = Callable[[int, int], Location]


@dataclass(frozen=True)
class ExampleId:
    """Names one JSON example of an API: that of a reason, or the full one of the envelope."""

    api: str
    reason: str | None
    index: int
    title: str

    def __str__(self) -> str:
        return f"{self.api}/{self.reason or 'envelope'}/{self.title}"


class Examiner:
    """Checks the examples of one API; its schemas are compiled once."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.schema_problems = Problems()
        self._details: dict[str, Validator | None] = {}

    @cached_property
    def envelope(self) -> Validator | None:
        """The compiled envelope schema; None where it is broken, and ``schema_problems`` say so."""
        return compile_schema(dict(self.api.envelope.schema), self._schema_at, self.schema_problems)

    def _schema_at(self, where: str) -> Location:
        path = self.api.envelope.schema_path
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        parsed = parse_json(text)
        position = parsed.names.get(where, parsed.position(where))
        return Location(display_path(path), position.line, position.column)

    def details(self, reason: Reason) -> Validator | None:
        """Return the compiled details schema of a reason; None where it has none, or a broken."""
        if reason.details is None:
            return None
        if reason.name not in self._details:
            self._details[reason.name] = compile_schema(
                reason.details,
                lambda where: reason.at("details", *map(_step, pointer.tokens(where))),
                self.schema_problems,
            )
        return self._details[reason.name]

    def ids(self) -> Iterator[ExampleId]:
        """Iterate over the examples: the envelope's, then those of the reasons in order."""
        yield ExampleId(self.api.name, None, 0, "full example")
        for reason in self.api.reasons.values():
            for index, example in enumerate(reason.examples):
                yield ExampleId(self.api.name, reason.name, index, example.title)

    def location(self, example_id: ExampleId) -> Location:
        """Return where the body of an example begins."""
        if example_id.reason is None:
            return self._envelope_body().locate(1, 1)
        return self.api.reasons[example_id.reason].examples[example_id.index].body_at(1, 1)

    def check(self, example_id: ExampleId) -> Problems:
        """Check one example; all its faults are found, and those of the schemas that it needs."""
        problems = Problems()
        if example_id.reason is None:
            self.check_body(
                self.api.envelope.example, self._envelope_body().locate, problems, full=True
            )
        else:
            reason = self.api.reasons[example_id.reason]
            self.check_example(reason, reason.examples[example_id.index], problems)
        problems.extend(self.schema_problems)
        return problems

    def check_example(self, reason: Reason, example: Example, problems: Problems) -> None:
        """Check an example of a reason."""
        value = _read(example.body, example.body_at, problems)
        if isinstance(value, JsonText) and self.envelope is not None:
            self._apply(
                reason,
                example.body,
                value.value,
                example.headers,
                example.request,
                example.body_at,
                example.at,
                problems,
            )

    def check_body(
        self,
        text: str,
        body_at: BodyAt,
        problems: Problems,
        *,
        request: str | None = None,
        full: bool = False,
    ) -> None:
        """Check a body that stands alone: the reason in it says what it is held against.

        With *full*, every pointer of the envelope must lead to a value in it.
        """
        value = _read(text, body_at, problems)
        if not isinstance(value, JsonText) or self.envelope is None:
            return
        name = find_reason_name(self.api.envelope, value.value)
        if name is None or name not in self.api.reasons:
            found = find_reason(self.api.envelope, value.value)
            shown = "no reason" if found is None else f"{found.value!s}"
            near = nearest(name or "", list(self.api.reasons))
            problems.add(
                Rule.EXAMPLE_REASON,
                body_at(*parse_json(text).position(found.pointer if found else "")),
                f"The body names {shown}, which is no reason of {self.api.title}.",
                f"Did you mean {near}?" if near else "Show an error of this catalogue.",
            )
            return
        at = body_at(1, 1)
        self._apply(
            self.api.reasons[name],
            text,
            value.value,
            None,
            request,
            body_at,
            lambda *_: at,
            problems,
        )
        if full:
            self._check_pointers(value.value, problems)

    def _apply(
        self,
        reason: Reason,
        text: str,
        value: Any,
        headers: Mapping[str, str] | None,
        request: str | None,
        body_at: BodyAt,
        record_at: Callable[..., Location],
        problems: Problems,
    ) -> None:
        assert self.envelope is not None
        case = Case(
            self.api,
            reason,
            self.envelope,
            self.details(reason),
            text,
            value,
            headers,
            request,
            body_at,
            record_at,
        )
        for rule in RULES:
            rule(case, problems)

    def _check_pointers(self, value: Any, problems: Problems) -> None:
        """Hold every pointer of the envelope against its full example."""
        envelope = self.api.envelope
        for key in ("message", "status", "http", "request_id"):
            where = getattr(envelope, key)
            if where is not None and isinstance(pointer.resolve(value, where), pointer.Missing):
                problems.add(
                    Rule.ENVELOPE_POINTER,
                    envelope.at(key),
                    f"{key} is {where}, but the full example has nothing there.",
                )

    def _envelope_body(self) -> Scalar:
        node = self.api.envelope.source.entries["example"]
        assert isinstance(node, Scalar)
        return node


def check_examples(catalogue: Catalogue) -> Problems:
    """Check every example of a catalogue, its schemas, and the pointers into its examples."""
    problems = Problems()
    for api in catalogue.apis.values():
        examiner = Examiner(api)
        for reason in api.reasons.values():
            examiner.details(reason)
        for example_id in examiner.ids():
            problems.extend(examiner.check(example_id))
        check_pointers(api, problems)
    return problems


def check_pointers(api: Api, problems: Problems) -> None:
    """Hold the pointers of remedies, headers and details against the examples they speak of."""
    all_bodies = []
    for reason in api.reasons.values():
        bodies = [_value(example.body) for example in reason.examples]
        all_bodies += bodies
        remedy = reason.remedy
        parts: list[Wait | Next] = [*remedy.wait, *remedy.next]
        for part in parts:
            where = part.pointer
            if where is not None and bodies and not _leads_somewhere(where, bodies):
                problems.add(
                    Rule.ENVELOPE_POINTER,
                    part.at("pointer"),
                    f"{where} leads to nothing in the examples of {reason.name}.",
                )
    where = api.envelope.details
    all_bodies.append(_value(api.envelope.example))
    if where is not None and not _leads_somewhere(where, all_bodies):
        problems.add(
            Rule.ENVELOPE_POINTER,
            api.envelope.at("details"),
            f"details is {where}, but no example has anything there.",
        )


def _leads_somewhere(where: str, bodies: list[Any]) -> bool:
    return any(not isinstance(pointer.resolve(body, where), pointer.Missing) for body in bodies)


def _value(text: str) -> Any:
    return (read_json(text) or parse_json(text)).value


def _read(text: str, body_at: BodyAt, problems: Problems) -> JsonText | None:
    """Return the parsed body, or None and problems where it is no strict JSON."""
    read = read_json(text)
    if read is None:
        read = parse_json(text)
        report_faults(read.faults, body_at, problems)
    return None if read.broken else read


def report_faults(faults: tuple[Fault, ...], body_at: BodyAt, problems: Problems) -> None:
    """Report what strict JSON forbids, each where it stands."""
    for fault in faults:
        problems.add(_FAULT_RULES[fault.kind], body_at(*fault.position), fault.message)


def _step(token: str) -> str | int:
    return int(token) if token.isdecimal() else token
