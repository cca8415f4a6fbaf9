"""Every JSON example of a catalogue, and the check of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.progress import tracked
from reasonbook.examples.case import Case
from reasonbook.examples.checks import check_case
from reasonbook.examples.envelope import find_reason, find_reason_name
from reasonbook.examples.pointers import check_full_example, check_pointers
from reasonbook.format.model import Api, Catalogue, Envelope, Example, Reason
from reasonbook.schema.compile import CheckedSchema, Locate, compile_schema
from reasonbook.schema.references import without_descriptions
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText
from reasonbook.text.yaml_nodes import MappingNode, descend

BodyAt = Callable[[int, int], Location]


@dataclass(frozen=True)
class ExampleId:
    """Names one JSON example of an API: that of a reason, or the full one of the envelope."""

    api: str
    reason: str | None
    index: int
    title: str
    record: Reason | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.api}/{self.reason or 'envelope'}/{self.title}"


class Examiner:
    """Checks the examples of one API; its schemas are compiled once."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._compiled: dict[str, tuple[CheckedSchema | None, Problems]] = {}
        self._sound: dict[str, CheckedSchema] = {}  # by text; each reason brings its own copy
        self._yields: dict[int, bool] = {}  # by identity of an envelope: whether it found a code

    def envelope_schema(self, envelope: Envelope, problems: Problems) -> CheckedSchema | None:
        """Return a compiled envelope schema; None where it is broken, and *problems* say why."""
        name = f"#{id(envelope)}"
        return self._compile(name, dict(envelope.body_schema), envelope.schema_at, problems)

    def details_schema(self, reason: Reason | None, problems: Problems) -> CheckedSchema | None:
        """Return the compiled details schema of a reason; None if it has none, or a broken one."""
        if reason is None or reason.details is None:
            return None
        return self._compile(
            reason.name, reason.details, lambda where: _details_at(reason, where), problems
        )

    def _compile(
        self, name: str, schema: Any, locate: Locate, problems: Problems
    ) -> CheckedSchema | None:
        if name not in self._compiled:
            self._compiled[name] = self._compile_once(schema, locate)
        validator, found = self._compiled[name]
        problems.extend(found)
        return validator

    def _compile_once(self, schema: Any, locate: Locate) -> tuple[CheckedSchema | None, Problems]:
        """Compile a schema, unless one that says the same was found sound before."""
        found = Problems()
        text = json.dumps(without_descriptions(schema))
        if text not in self._sound:
            compiled = compile_schema(schema, locate, found)
            if compiled is None or len(found):
                return compiled, found
            self._sound[text] = compiled
        return self._sound[text], found

    def ids(self) -> Iterator[ExampleId]:
        """Iterate over the examples: the envelope's, then those of the reasons in order."""
        yield ExampleId(self.api.name, None, 0, "full example")
        for number, name in enumerate(self.api.envelopes, 1):
            yield ExampleId(self.api.name, None, number, f"full example of {name}")
        for reason in self.api.every_reason():
            for index, example in enumerate(reason.examples):
                yield ExampleId(self.api.name, reason.name, index, example.title, reason)

    def location(self, example_id: ExampleId) -> Location:
        """Return where the body of an example begins."""
        if example_id.record is None:
            return self._envelopes[example_id.index].text_at("example", 1, 1)
        return example_id.record.examples[example_id.index].body_at(1, 1)

    def check(self, example_id: ExampleId) -> Problems:
        """Check one example; all its faults are found, and those of the schemas that it needs."""
        problems = Problems()
        if reason := example_id.record:
            self.check_example(reason, reason.examples[example_id.index], problems)
            return problems
        envelope = self._envelopes[example_id.index]
        if self.api.is_sound("envelope") and envelope.is_sound("example", "schema"):
            body_at = partial(envelope.text_at, "example")
            body = self._check(
                envelope.example,
                body_at,
                problems,
                shape=envelope,
                record_at=lambda *_: body_at(1, 1),
            )
            if body is not None:
                check_full_example(envelope, body.value, problems)
        if example_id.index:
            return problems
        for reason in self.api.reasons.values():
            self.details_schema(reason, problems)
        check_pointers(self.api, problems)
        return problems

    def check_example(self, reason: Reason, example: Example, problems: Problems) -> None:
        """Check an example of a reason."""
        if not example.is_sound("body"):
            return
        self._check(
            example.body,
            example.body_at,
            problems,
            reason=reason,
            shape=self.api.envelope_of(reason),
            headers=example.headers,
            http=example.http,
            origin=example.origin,
            request=example.request,
            record_at=example.at,
        )

    def check_body(
        self, text: str, body_at: BodyAt, problems: Problems, *, request: str | None = None
    ) -> JsonText | None:
        """Check a body on its own: the reason in it says what it is compared with.

        Returns the parsed body; None where it or the envelope's schema cannot be used.
        """
        return self._check(
            text,
            body_at,
            problems,
            shape=self._envelope_of(text),
            request=request,
            record_at=lambda *_: body_at(1, 1),
        )

    def check_answer(
        self,
        text: str,
        shape: Envelope,
        body_at: BodyAt,
        *,
        headers: Mapping[str, str] | None,
        http: int | None,
    ) -> Problems:
        """Check an answer that the API really sent; *http* where its status is known."""
        problems = Problems()
        self._check(
            text,
            body_at,
            problems,
            shape=shape,
            headers=headers,
            http=http,
            origin="observed",
            is_example=False,
            record_at=lambda *_: body_at(1, 1),
        )
        return problems

    def _check(
        self,
        text: str,
        body_at: BodyAt,
        problems: Problems,
        *,
        shape: Envelope,
        reason: Reason | None = None,
        **shown: Any,
    ) -> JsonText | None:
        """Check a body, and what is *shown* with it: headers, request, and their places."""
        body = parse_json(text)
        body.report(body_at, problems)
        envelope = self.envelope_schema(shape, problems)
        if body.broken or envelope is None:
            return None
        if reason is None:
            reason = self.api.reasons.get(find_reason_name(shape, body) or "")
        case = Case(
            api=self.api,
            shape=shape,
            reason=reason,
            envelope=envelope,
            details=self.details_schema(reason, problems),
            body=body,
            text=text,
            body_at=body_at,
            any_reason_found=lambda: self._any_reason_found(shape),
            **shown,
        )
        check_case(case, problems)
        return body

    @cached_property
    def _envelopes(self) -> tuple[Envelope, ...]:
        return (self.api.envelope, *self.api.envelopes.values())

    def _envelope_of(self, text: str) -> Envelope:
        """Return the first envelope in which a body names a known reason, else the default."""
        body = parse_json(text)
        for envelope in self._envelopes:
            if find_reason_name(envelope, body) in self.api.reasons:
                return envelope
        return self.api.envelope

    def _any_reason_found(self, shape: Envelope) -> bool:
        """Whether the places of an envelope lead to a code in any example."""
        if id(shape) not in self._yields:
            self._yields[id(shape)] = self._yields_any(shape)
        return self._yields[id(shape)]

    def _yields_any(self, shape: Envelope) -> bool:
        if find_reason(shape, parse_json(shape.example)):
            return True
        return any(
            find_reason(shape, parse_json(example.body), example.headers)
            for reason in self.api.every_reason()
            if self.api.envelope_of(reason) is shape
            for example in reason.examples
        )


def check_examples(catalogue: Catalogue) -> Problems:
    """Check every example of a catalogue, its schemas, and the pointers into its examples."""
    problems = Problems()
    for api in catalogue.apis.values():
        examiner = Examiner(api)
        ids = [*examiner.ids()]
        for example_id in tracked(ids, f"Checking examples of {api.name}"):
            problems.extend(examiner.check(example_id))
    return problems


def _details_at(reason: Reason, where: str) -> Location:
    """Return the place of the name that a pointer into the details schema ends with."""
    *above, last = ("details", *map(_step, pointer.tokens(where)))
    holder = descend(reason.node, tuple(above))
    if isinstance(holder, MappingNode) and str(last) in holder.entries:
        return holder.key_location(str(last))
    return reason.at(*above, last)


def _step(token: str) -> str | int:
    return int(token) if token.isdecimal() and len(token) < 10 else token
