"""Every JSON example of a catalogue, and the check of each."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.examples.checks import RULES, is_bearable
from reasonbook.examples.envelope import find_reason, find_reason_name
from reasonbook.format.model import (
    Api,
    Catalogue,
    Example,
    PointerStep,
    PointerWait,
    Reason,
    Remedy,
)
from reasonbook.schema.compile import CheckedSchema, Locate, compile_schema
from reasonbook.schema.undescribed import undescribed_members
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_faults import report_faults
from reasonbook.text.json_reader import JsonText, parse_json, read_json
from reasonbook.text.yaml_nodes import MappingNode, ScalarNode, descend

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
        self._compiled: dict[str, tuple[CheckedSchema | None, Problems]] = {}

    def envelope_schema(self, problems: Problems) -> CheckedSchema | None:
        """Return the compiled envelope schema; None where it is broken, and *problems* say why."""
        return self._compile("", dict(self.api.envelope.schema), self._schema_at, problems)

    def details_schema(self, reason: Reason, problems: Problems) -> CheckedSchema | None:
        """Return the compiled details schema of a reason; None where it has none, or a broken."""
        if reason.details is None:
            return None
        return self._compile(
            reason.name, reason.details, lambda where: _details_at(reason, where), problems
        )

    def _compile(
        self, name: str, schema: Any, locate: Locate, problems: Problems
    ) -> CheckedSchema | None:
        if name not in self._compiled:
            found = Problems()
            self._compiled[name] = compile_schema(schema, locate, found), found
        validator, found = self._compiled[name]
        problems.extend(found)
        return validator

    @cached_property
    def _schema_text(self) -> JsonText:
        path = self.api.envelope.schema_path
        return parse_json(path.read_text(encoding="utf-8-sig") if path.is_file() else "")

    def _schema_at(self, where: str) -> Location:
        return self._schema_text.location(display_path(self.api.envelope.schema_path), where)

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
            body_at = self._envelope_body().locate
            self.check_body(self.api.envelope.example, body_at, problems, full=True)
            for reason in self.api.reasons.values():
                self.details_schema(reason, problems)
            check_pointers(self.api, problems)
        else:
            reason = self.api.reasons[example_id.reason]
            self.check_example(reason, reason.examples[example_id.index], problems)
        return problems

    def check_example(self, reason: Reason, example: Example, problems: Problems) -> None:
        """Check an example of a reason."""
        read = _read(example.body, example.body_at, problems)
        envelope = self.envelope_schema(problems)
        if read is not None and envelope is not None:
            self._apply(
                reason,
                envelope,
                example.body,
                read.value,
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
        read = _read(text, body_at, problems)
        envelope = self.envelope_schema(problems)
        if read is None or envelope is None:
            return
        if full:
            self._check_full(read.value, problems)
        name = find_reason_name(self.api.envelope, read.value)
        reason = self.api.reasons.get(name) if name is not None else None
        at = body_at(1, 1)
        self._apply(
            reason, envelope, text, read.value, None, request, body_at, lambda *_: at, problems
        )

    def _apply(
        self,
        reason: Reason | None,
        envelope: CheckedSchema,
        text: str,
        value: Any,
        headers: Mapping[str, str] | None,
        request: str | None,
        body_at: BodyAt,
        record_at: Callable[..., Location],
        problems: Problems,
    ) -> None:
        case = Case(
            self.api,
            reason,
            envelope,
            self.details_schema(reason, problems) if reason else None,
            text,
            value,
            headers,
            request,
            body_at,
            record_at,
            lambda: self._reason_leads,
        )
        if is_bearable(case, problems):
            for rule in RULES:
                rule(case, problems)

    @cached_property
    def _reason_leads(self) -> bool:
        """Whether the envelope's pointer leads to a reason in any example."""
        shown = (e.body for reason in self.api.reasons.values() for e in reason.examples)
        bodies = map(_value, (self.api.envelope.example, *shown))
        return any(find_reason(self.api.envelope, body) is not None for body in bodies)

    def _check_full(self, value: Any, problems: Problems) -> None:
        """Hold the pointers of the envelope against its full example."""
        envelope = self.api.envelope
        for key in ("message", "status", "http", "request_id"):
            where = getattr(envelope, key)
            if where is not None and not leads(where, [value]):
                problems.add(
                    Rule.ENVELOPE_POINTER,
                    envelope.at(key),
                    f"{key} is {where}, but the full example has nothing there.",
                )

    def _envelope_body(self) -> ScalarNode:
        node = self.api.envelope.source.entries["example"]
        assert isinstance(node, ScalarNode)
        return node


def check_examples(catalogue: Catalogue) -> Problems:
    """Check every example of a catalogue, its schemas, and the pointers into its examples."""
    problems = Problems()
    for api in catalogue.apis.values():
        examiner = Examiner(api)
        for example_id in examiner.ids():
            problems.extend(examiner.check(example_id))
    return problems


def check_pointers(api: Api, problems: Problems) -> None:
    """Hold every pointer that is not the envelope's own against the examples it speaks of."""
    bodies = {
        reason.name: [_value(example.body) for example in reason.examples]
        for reason in api.reasons.values()
    }
    everything = [_value(api.envelope.example), *chain.from_iterable(bodies.values())]

    def of_http(codes: Container[int]) -> list[Any]:
        """Return the bodies sent with some HTTP statuses; all where there are none."""
        sent = (bodies[reason.name] for reason in api.reasons.values() if reason.http in codes)
        return [*chain.from_iterable(sent)] or everything

    def hold(where: str | None, found: list[Any], at: Location, whose: str) -> None:
        if where is not None and found and not leads(where, found):
            message = f"{where} leads to nothing in the examples{whose}."
            problems.add(Rule.ENVELOPE_POINTER, at, message)

    for reason in api.reasons.values():
        for part in _parts(reason.remedy):
            hold(part.pointer, bodies[reason.name], part.at("pointer"), f" of {reason.name}")
        if reason.details is not None and api.envelope.details is None:
            problems.add(
                Rule.ENVELOPE_POINTER,
                reason.at("details"),
                f"{reason.name} has a details schema, but the envelope has no details.",
                "Name their place under envelope in api.yaml, or remove the schema.",
            )
    for status in api.http.values():
        for part in _parts(status.remedy) if status.remedy else ():
            sent = of_http({status.code})
            hold(part.pointer, sent, part.at("pointer"), f" with HTTP {status.code}")
    for promise in api.response_headers:
        sent = everything if promise.http is None else of_http(promise.http)
        hold(promise.equals, sent, promise.at("equals"), "")
    details, is_used = (
        api.envelope.details,
        any(r.details is not None for r in api.reasons.values()),
    )
    if details is not None and (is_used or not _describes(api.envelope.schema, details)):
        hold(details, everything, api.envelope.at("details"), "")


def _describes(schema: Any, where: str) -> bool:
    """Tell whether a body that holds nothing but a value at *where* has described members only."""
    body: Any = None
    for token in reversed(pointer.tokens(where)):
        body = [body] if token == "0" else {token: body}
    return not any(undescribed_members(schema, body))


def _parts(remedy: Remedy) -> list[PointerWait | PointerStep]:
    parts = (*remedy.wait, *remedy.next)
    return [part for part in parts if isinstance(part, PointerWait | PointerStep)]


def leads(where: str, bodies: Iterable[Any]) -> bool:
    """Tell whether a pointer leads to a value in any of *bodies*."""
    return any(pointer.resolve(body, where) is not pointer.MISSING for body in bodies)


def _value(text: str) -> Any:
    return (read_json(text) or parse_json(text)).value


def _read(text: str, body_at: BodyAt, problems: Problems) -> JsonText | None:
    """Return the parsed body, or None and problems where it is no strict JSON."""
    read = read_json(text)
    if read is None:
        read = parse_json(text)
        report_faults(read.faults, body_at, problems)
    return None if read.broken else read


def _details_at(reason: Reason, where: str) -> Location:
    """Return the place of the name that a pointer into the details schema ends with."""
    *above, last = ("details", *map(_step, pointer.tokens(where)))
    holder = descend(reason.source, tuple(above))
    if isinstance(holder, MappingNode) and str(last) in holder.key_locations:
        return holder.key_locations[str(last)]
    return reason.at(*above, last)


def _step(token: str) -> str | int:
    return int(token) if token.isdecimal() and len(token) < 10 else token
