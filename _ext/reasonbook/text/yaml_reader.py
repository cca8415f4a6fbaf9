"""Strict YAML: plain data only, and every value keeps its place in the file.

Works on libyaml's events rather than on constructed objects, since those lose duplicate keys,
the style of a scalar and its position. What YAML 1.1 and 1.2 read differently is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.characters import (
    LINE_BREAK,
    check_escaped,
    check_hidden,
    forbidden_character,
    report_forbidden,
)
from reasonbook.text.files import CATALOGUE_FILE, Bounds, read_text
from reasonbook.text.yaml_nodes import MappingNode, Node, Plain, ScalarNode, SequenceNode
from reasonbook.text.yaml_spaces import Mark, has_odd_spaces, odd_spaces
from reasonbook.text.yaml_syntax import Trail, explain
from reasonbook.text.yaml_values import read_plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, problems: Problems) -> MappingNode | None:
    """Read one YAML document whose top is a mapping; None where that failed, and problems say why.

    A file with problems that do not hinder reading (a duplicate key) still gives its data, so that
    one run can report everything.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    return parse_yaml(text, display_path(path), problems)


def parse_yaml(
    text: str, path: str, problems: Problems, bounds: Bounds = CATALOGUE_FILE
) -> MappingNode | None:
    """Parse YAML text as :func:`read_yaml` does; *path* is only shown."""
    if forbidden := forbidden_character(text):
        before = LINE_BREAK.split(text[: forbidden[0]])
        at = Location(path, len(before), len(before[-1]) + 1)
        report_forbidden(forbidden[1], at, problems)
        return None
    check_hidden(text, path, problems)
    found = Problems()
    reader = _Reader(text, path, found, bounds)
    try:
        node = reader.document()
    except yaml.MarkedYAMLError as error:
        reader.note_syntax(error)
        return None
    except _StopError:
        return None
    finally:
        problems.extend(found)
    if isinstance(node, ScalarNode) and node.ambiguous:
        return None
    if not isinstance(node, MappingNode):
        problems.add(
            Rule.WRONG_TYPE,
            node.location if node else Location(path),
            "The file is empty." if node is None else "The file must hold keys and values.",
            "Start from the example in the catalogue format.",
        )
        return None
    return node


class _StopError(Exception):
    """Reading cannot go on; the problem has been noted."""


class _Reader:
    def __init__(self, text: str, path: str, problems: Problems, bounds: Bounds) -> None:
        self._path = path
        self._bounds = bounds
        self._problems = problems
        self._lines = LINE_BREAK.split(text)
        self._trail = Trail(self._lines)
        self._has_odd_spaces = has_odd_spaces(text)
        self._values = 0
        # As yaml.parse() does, but without asking twice for each event.
        self._events: Iterator[yaml.Event] = iter(_LOADER(text).get_event, None)

    def document(self) -> Node | None:
        """Return the only document's content, or None where the file has none."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._refuse(event, "A second document starts here.", "Keep one per file.")
                    raise _StopError
                if event.tags or event.version:
                    self._refuse(event, "A directive (%) is used.")
                root = self._node(next(self._events), 1)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._check_size(event, depth)
        known = len(self._problems)
        self._refuse_marks(event)
        if isinstance(event, yaml.AliasEvent):
            return ScalarNode(f"*{getattr(event, 'anchor', '')}", self._at(event), ambiguous=True)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            self._open(event)
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(item, depth + 1))
            self._close(event, item)
            return SequenceNode(tuple(items), self._at(event), bool(event.flow_style))
        assert isinstance(event, yaml.ScalarEvent)
        scalar = self._scalar(event)
        return replace(scalar, ambiguous=True) if len(self._problems) > known else scalar

    def _check_size(self, event: yaml.Event, depth: int) -> None:
        """Stop at a file that holds more than any catalogue would: levels, values or faults."""
        self._values += 1
        rule, most = Rule.TOO_LARGE, self._bounds
        if depth > most.levels:
            rule = Rule.TOO_DEEP
            message = f"The data is nested more than {most.levels} levels deep."
        elif self._values > most.values:
            message = f"The file holds more than {most.values:,} values."
        elif len(self._problems) >= most.faults:
            message = f"After {most.faults} faults the rest of the file is not read."
        else:
            return
        self._problems.add(rule, self._at(event), message)
        raise _StopError

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if event.flow_style:
            self._trail.opened.append(event)

    def _close(self, event: yaml.CollectionStartEvent, end: yaml.Event) -> None:
        if event.flow_style:
            self._trail.opened.pop()
            assert event.start_mark
            assert end.end_mark
            self._trail.closed = (
                Mark(event.start_mark.line, event.start_mark.column),
                Mark(end.end_mark.line, end.end_mark.column),
            )

    def _refuse_marks(self, event: yaml.Event) -> None:
        # The stubs know the attributes of no event.
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"The alias *{anchor} is used.", "Repeat the value, or quote text.")
        elif anchor:
            self._refuse(event, f"The anchor &{anchor} is used.", "Remove it, or quote text.")
        if tag:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"The tag {written} is used.", "Remove it, or quote text.")

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> MappingNode:
        mapping = MappingNode({}, self._at(event), flow=bool(event.flow_style))
        self._open(event)
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            key = self._key(key_event)
            value = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            if key in mapping.entries:
                first = mapping.key_locations[key].line
                message = f"The key {key} is used a second time; the first is on line {first}."
                self._problems.add(Rule.DUPLICATE_KEY, self._at(key_event), message)
                continue
            mapping.entries[key] = value
            mapping.key_locations[key] = self._at(key_event)
        self._close(event, key_event)
        return mapping

    def _key(self, event: yaml.Event) -> str | None:
        self._refuse_marks(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "A key is not plain text.", "Put quotes round it if it is text.")
            raise _StopError
        if event.value == "<<" and event.style in (None, ""):
            self._refuse(event, "A merge key (<<) is used.", "Write the keys out.")
            return None
        self._trail.scalar = event
        self._check_spaces(event)
        key: Plain = event.value
        if event.style in (None, ""):
            key = self._plain_value(event)
        elif event.style == '"':
            self._check_escaped(event)
        if isinstance(key, bool) or not isinstance(key, str | int):
            shown = shorten(event.value) or '""'
            message = f"The key {shown} is not text."
            self._problems.add(Rule.AMBIGUOUS_VALUE, self._at(event), message)
            return None
        return str(key)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        self._trail.scalar = event
        self._check_spaces(event)
        text: str = event.value
        location = self._at(event)
        if event.style not in (None, ""):
            if event.style == '"':
                self._check_escaped(event)
            return ScalarNode(text, location, self._text_start(event, text, location))
        comment = self._trail.comment(event)
        known = len(self._problems)
        value = self._plain_value(event)
        if len(self._problems) > known:
            return ScalarNode(text, location, ambiguous=True)
        start = self._text_start(event, text, location) if isinstance(value, str) else None
        if comment is None:
            return ScalarNode(value, location, start)
        after = self._trail.character(comment._replace(column=comment.column + 1))
        return ScalarNode(
            value, location, start, comment=self._locate(comment), tight=after.isalnum()
        )

    def _plain_value(self, event: yaml.ScalarEvent) -> str | int | float | bool | None:
        """Return what a value without quotes means; report where readers disagree."""
        text: str = event.value.strip()  # of spaces that have been reported
        found = read_plain(text)
        if found.ambiguous:
            message = f"YAML readers disagree on what {shorten(text)} is."
            self._problems.add(Rule.AMBIGUOUS_VALUE, self._at(event), message, found.hint)
        return found.value

    def _check_spaces(self, event: yaml.ScalarEvent) -> None:
        for mark, message, hint in odd_spaces(event, self._lines) if self._has_odd_spaces else ():
            at = Location(self._path, mark.line + 1, mark.column + 1)
            self._problems.add(Rule.YAML_SYNTAX, at, message, hint)

    def _check_escaped(self, event: yaml.ScalarEvent) -> None:
        end = event.end_mark
        assert end
        at = (end.line + 1, end.column + 1)
        check_escaped(event.value, self._lines, self._at(event), at, self._problems)

    def _text_start(
        self, event: yaml.ScalarEvent, text: str, location: Location
    ) -> Location | None:
        """Find where the text is in the file as it is, by comparing it with the file."""
        if event.style == ">":
            return None
        if event.style == "|":
            row = location.line  # of the first line of the block, from 0
            lines = text.split("\n")
            first = next((i for i, line in enumerate(lines) if line.strip()), None)
            if first is None or row + first >= len(self._lines):
                return None
            found = self._lines[row + first]
            if not found.endswith(lines[first]):
                return None
            return Location(self._path, row + 1, len(found) - len(lines[first]) + 1)
        if event.style in ("'", '"'):
            location = location._replace(column=location.column + 1)
        line = self._lines[location.line - 1]
        return location if line.startswith(text, location.column - 1) else None

    def note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Note what the parser could not read, and where that can be fixed."""
        found = explain(error, self._trail)
        at = self._locate(found.mark) or Location(self._path)
        self._problems.add(found.rule, at, found.message, found.hint)

    def _refuse(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self._problems.add(Rule.YAML_FEATURE, self._at(event), message, hint)

    def _at(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        assert mark
        return Location(self._path, mark.line + 1, mark.column + 1)

    def _locate(self, mark: Mark | None) -> Location | None:
        return Location(self._path, mark.line + 1, mark.column + 1) if mark else None
