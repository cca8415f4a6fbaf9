"""The examples of a catalogue as text in their files, so that a test can spoil one and know where.

Places come from PyYAML and from writing the JSON anew, never from the code under test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.examples.runner import Examiner, ExampleId
from reasonbook.format.envelopes import SearchPlace
from reasonbook.format.model import Api, Envelope, Reason
from reasonbook.format.reading import read_record
from reasonbook.text.yaml_nodes import MappingNode, descend
from reasonbook.text.yaml_reader import parse_yaml


@dataclass(frozen=True)
class Change:
    """A spoilt file, and what must be said of it: under which rule, on which line."""

    what: str
    lines: Sequence[str]
    rule: str
    line: int


class Draft:
    """JSON written a member a line; ``lines`` may be edited."""

    def __init__(self, value: Any) -> None:
        written = list(_write(value))
        self.pointers = [pointer for pointer, _ in written]
        self.lines = [line for _, line in written]

    def row(self, pointer: str) -> int:
        """The row on which the value at *pointer* begins."""
        return self.pointers.index(pointer)

    def rows(self, *, ends: bool = False) -> list[int]:
        """The rows on which an object or list ends, or those on which a value stands whole."""
        closing = [row for row, pointer in enumerate(self.pointers) if pointer.endswith("/")]
        opened = {self.row(self.pointers[row][:-1]) for row in closing}
        others = (row for row in range(len(self.lines)) if row not in {*closing, *opened})
        return closing if ends else [*others]


def _write(value: Any, pointer: str = "", name: str = "", indent: str = "") -> Iterator[Any]:
    if not isinstance(value, dict | list) or not value:
        yield pointer, f"{indent}{name}{json.dumps(value, ensure_ascii=False)}"
        return
    is_object = isinstance(value, dict)
    yield pointer, f"{indent}{name}{'{' if is_object else '['}"
    items = list(value.items() if is_object else enumerate(value))
    for place, (key, item) in enumerate(items, 1):
        assert not set(str(key)) & {"/", "~"}
        below = f"{json.dumps(key)}: " if is_object else ""
        *above, last = _write(item, f"{pointer}/{key}", below, f"{indent}  ")
        yield from above
        yield last[0], last[1] + ("," if place < len(items) else "")
    yield f"{pointer}/", f"{indent}{'}' if is_object else ']'}"


@dataclass(frozen=True)
class Original:
    """One example with the lines of its file; rows count from 0."""

    api: Api
    example: ExampleId
    path: str
    lines: tuple[str, ...]
    record: tuple[int, int]  # the rows of the reason, or of the whole api.yaml
    body: tuple[int, int]
    keys: dict[str, int]  # the rows of title, request, headers and each header
    value: Any

    def __str__(self) -> str:
        return str(self.example)

    @cached_property
    def reason(self) -> Reason:
        """The reason that the example shows, which the full example of an envelope only names."""
        if self.example.reason is not None:
            return self.api.reasons[self.example.reason]
        written = str(self.at(self.reason_pointer))
        prefix = "".join(self.api.envelope.reason_prefix)  # these samples have one at most
        return self.api.reasons[written.removeprefix(prefix)]

    @property
    def is_full(self) -> bool:
        """Whether this is the full example of the envelope, which may show any reason."""
        return self.example.reason is None

    @cached_property
    def reason_pointer(self) -> str:
        (where,) = self.api.envelope.reason
        if isinstance(where, str):
            return where
        assert isinstance(where, SearchPlace)
        index = next(
            index
            for index, item in enumerate(self.at(where.in_))
            if all(item.get(key) in values for key, values in where.where.items())
        )
        return f"{where.in_}/{index}{where.at_}"

    def at(self, pointer: str) -> Any:
        value = self.value
        for token in pointer.split("/")[1:]:
            value = value[int(token)] if isinstance(value, list) else value[token]
        return value

    def has(self, pointer: str | None) -> bool:
        try:
            self.at(pointer or "/no such member")
        except (KeyError, IndexError, TypeError, ValueError):
            return False
        return True

    def with_value(self, pointer: str, new: Any) -> Any:
        """The body with another value at *pointer*."""

        def change(holder: Any, key: str) -> Any:
            if isinstance(holder, list):
                return [*holder[: int(key)], new, *holder[int(key) + 1 :]]
            return holder | {key: new}

        return self.with_holder(pointer, change)

    def without(self, pointer: str) -> Any:
        """The body without the member at *pointer*."""
        return self.with_holder(
            pointer, lambda holder, key: {k: v for k, v in holder.items() if k != key}
        )

    def with_name(self, pointer: str, name: str) -> Any:
        """The body with another name for the member at *pointer*."""
        return self.with_holder(
            pointer,
            lambda holder, key: {name if k == key else k: v for k, v in holder.items()},
        )

    def with_holder(self, pointer: str, change: Callable[[Any, str], Any]) -> Any:
        """The body with another value in place of what holds the value at *pointer*."""

        def walk(value: Any, tokens: list[str]) -> Any:
            if len(tokens) == 1:
                return change(value, tokens[0])
            if isinstance(value, list):
                at = int(tokens[0])
                return [*value[:at], walk(value[at], tokens[1:]), *value[at + 1 :]]
            return value | {tokens[0]: walk(value[tokens[0]], tokens[1:])}

        return walk(self.value, pointer.split("/")[1:])

    def of_value(self, what: str, value: Any, rule: str, pointer: str) -> Change:
        """The example with another body; the fault is to be seen at *pointer* in it."""
        draft = Draft(value)
        return self.of_text(what, draft.lines, rule, draft.row(pointer))

    def of_text(self, what: str, texts: Sequence[str], rule: str, row: int) -> Change:
        """The example with another body text; the fault is to be seen in a row of it."""
        first, last = self.body
        indent = " " * (len(self.lines[first]) - len(self.lines[first].lstrip()))
        lines = [*self.lines[:first], *(indent + text for text in texts), *self.lines[last:]]
        return Change(what, lines, rule, first + row + 1)

    def of_key(self, key: str, value: str, rule: str) -> Change:
        """The example with another text at a key, a line of its own; the fault is to be there."""
        row = self.keys[key]
        name, colon, _ = self.lines[row].partition(": ")
        lines = [*self.lines[:row], name + colon + value, *self.lines[row + 1 :]]
        return Change(f"{key}: {value}", lines, rule, row + 1)

    def reader(self, lines: Sequence[str]) -> Callable[[], Problems]:
        """Read the example from a spoilt file as the loader does; return what checks it."""
        found = Problems()
        if self.is_full:
            root = parse_yaml("\n".join(lines), self.path, found)
            node = descend(root, ("envelope",)) if root else None
            if not isinstance(node, MappingNode):
                return lambda: found
            envelope = read_record(Envelope, node, found)
            old = self.api.envelope
            envelope.link(
                schema_path=old.schema_path, body_schema=old.body_schema, schema_at=old.schema_at
            )
            api = self.api.model_copy(update={"envelope": envelope})
            return lambda: Examiner(api).check(self.example)
        first, last = self.record
        # Only the reason is read, but on the lines where it stands.
        record = lines[first : last + len(lines) - len(self.lines)]
        text = "\n" * (first - 1) + "reasons:\n" + "\n".join(record)
        root = parse_yaml(text, self.path, found)
        if root is None:
            return lambda: found
        item = descend(root, ("reasons", 0))
        assert isinstance(item, MappingNode)
        reason = read_record(Reason, item, found)
        old = self.reason
        reason.link(
            api=old.api,
            domain=old.domain,
            resolved_http=old.http,
            envelope_name=old.envelope_name,
            parent_slug=old.parent_slug,
        )

        def check() -> Problems:
            said = Problems()
            said.extend(found)
            example = reason.examples[self.example.index]
            Examiner(self.api).check_example(reason, example, said)
            return said

        return check


def originals_of(catalogue: Path) -> list[Original]:
    """Every example of a catalogue whose body is written line by line; none may have a fault."""
    loaded = load_catalogue(catalogue)
    assert not loaded.problems
    return [
        original
        for api in filter(is_known_to_the_oracle, loaded.catalogue.apis.values())
        for original in [*_full(api), *_of_reasons(api)]
    ]


def is_known_to_the_oracle(api: Api) -> bool:
    """Whether it is in format 2, with one envelope that has one place for a code of one level."""
    shape = api.envelope
    (place, *others) = shape.reason
    is_plain = "*" not in place if isinstance(place, str) else isinstance(place, SearchPlace)
    is_one = not (others or api.envelopes or shape.sub_reason or len(shape.reason_prefix) > 1)
    return api.format == 2 and is_plain and is_one


def _full(api: Api) -> Iterator[Original]:
    text, root = _read(api.path)
    body = _child(_child(root, "envelope"), "example")
    lines = tuple(text.split("\n"))
    example = ExampleId(api.name, None, 0, "full example")
    rows = {key.value: key.start_mark.line for key, _ in _child(root, "envelope").value}
    if body.style == "|":
        yield _original(api, example, api.path, lines, (0, len(lines)), body, rows)


def _of_reasons(api: Api) -> Iterator[Original]:
    for domain in api.domains:
        text, root = _read(domain.path)
        lines = tuple(text.split("\n"))
        reasons = _child(root, "reasons").value
        starts = [node.start_mark.line for node in reasons]
        for node, *record in zip(reasons, starts, [*starts[1:], len(lines)], strict=True):
            name = _child(node, "reason").value
            for index, item in enumerate(_child(node, "examples").value):
                example = ExampleId(api.name, name, index, _child(item, "title").value)
                rows = {key.value: key.start_mark.line for key, _ in item.value}
                if "headers" in rows:
                    headers = _child(item, "headers").value
                    rows |= {f"{key.value}:": key.start_mark.line for key, _ in headers}
                body = _child(item, "body")
                if body.style == "|":
                    yield _original(api, example, domain.path, lines, tuple(record), body, rows)


def _original(
    api: Api,
    example: ExampleId,
    path: Path,
    lines: tuple[str, ...],
    record: Any,
    body: yaml.ScalarNode,
    rows: dict[str, int],
) -> Original:
    first = body.start_mark.line + 1
    place = (first, first + body.value.count("\n"))
    value = json.loads(body.value)
    return Original(api, example, display_path(path), lines, record, place, rows, value)


def _read(path: Path) -> tuple[str, yaml.MappingNode]:
    text = path.read_text(encoding="utf-8")
    return text, yaml.compose(text, Loader=yaml.CSafeLoader)


def _child(node: yaml.MappingNode, key: str) -> Any:
    """The node at a key; an empty one where it is left out."""
    empty = yaml.SequenceNode("", [])
    return next((value for name, value in node.value if name.value == key), empty)
