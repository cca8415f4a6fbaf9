"""Strict YAML: plain data only, and every value keeps its place in the file.

Works on libyaml's events rather than on constructed objects, since those lose duplicate keys,
the style of a scalar and its position. What YAML 1.1 and 1.2 read differently is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
from reasonbook.text.yaml_values import is_text, read_plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOWHERE = (0, 0)


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
    """Makes nodes of events. Most values are plain, and are made with as few steps as can be."""

    def __init__(self, text: str, path: str, problems: Problems, bounds: Bounds) -> None:
        self._path = path
        self._bounds = bounds
        self._problems = problems
        self._lines = LINE_BREAK.split(text) if "\r" in text else text.split("\n")
        self._trail = Trail(self._lines)
        self._has_odd_spaces = has_odd_spaces(text)
        self._values = 0
        # How deep values need no second look: not at all once something was odd.
        self._plain_levels = 0 if self._has_odd_spaces else bounds.levels
        # The keys that are known to be text: each is kept once, however often it is written.
        self._keys: dict[str, str] = {}
        # As yaml.parse() does, but without asking twice for each event.
        self._next: Callable[[], Any] = _LOADER(text).get_event

    def document(self) -> Node | None:
        """Return the only document's content, or None where the file has none."""
        root: Node | None = None
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._refuse(event, "A second document starts here.", "Keep one per file.")
                    raise _StopError
                if event.tags or event.version:
                    self._refuse(event, "A directive (%) is used.")
                root = self._node(self._next(), 1)
        return root

    def _node(self, event: Any, depth: int, key_line: int = 0, key_column: int = 0) -> Node:
        known = len(self._problems)
        self._values += 1
        most = self._bounds
        if depth > most.levels or self._values > most.values or known >= most.faults:
            self._stop(event, depth)
        mark = event.start_mark
        place = (self._path, mark.line + 1, mark.column + 1, key_line, key_column)
        if event.__class__ is yaml.ScalarEvent:
            scalar = self._scalar(event, place)
            if len(self._problems) > known:
                scalar.ambiguous = True
            return scalar
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            self._refuse_marks(event)
        if isinstance(event, yaml.AliasEvent):
            return ScalarNode(f"*{getattr(event, 'anchor', '')}", *place, ambiguous=True)
        is_flow = bool(event.flow_style)
        if is_flow:
            self._trail.opened.append(event)
        if isinstance(event, yaml.MappingStartEvent):
            entries, end = self._entries(depth + 1)
            node: Node = MappingNode(entries, *place, is_flow)
        else:
            items, end = self._items(depth + 1)
            node = SequenceNode(items, *place, is_flow)
        if is_flow:
            self._close(event, end)
        return node

    def _items(self, depth: int) -> tuple[tuple[Node, ...], yaml.Event]:
        """Return the items of a list, and the event that ends it."""
        items: list[Node] = []
        get = self._next
        while (event := get()).__class__ is not yaml.SequenceEndEvent:
            items.append(self._words(event, depth, 0, 0) or self._node(event, depth))
        return tuple(items), event

    def _entries(self, depth: int) -> tuple[dict[str, Node], yaml.Event]:
        """Return the keys of a mapping with their values, and the event that ends it."""
        entries: dict[str, Node] = {}
        get, keys = self._next, self._keys
        while (event := get()).__class__ is not yaml.MappingEndEvent:
            key = keys.get(event.value) if event.__class__ is yaml.ScalarEvent else None
            if key is None or event.style or event.anchor or event.tag:
                key = self._key(event)
            else:
                self._trail.scalar = event
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            inner = get()
            value: Node = self._words(inner, depth, line, column) or self._node(
                inner, depth, line, column
            )
            if key is None:
                continue
            if key in entries:
                first = entries[key].key_line
                message = f"The key {key} is used a second time; the first is on line {first}."
                self._note(Rule.DUPLICATE_KEY, self._at(event), message)
                continue
            entries[key] = value
        return entries, event

    def _words(self, event: Any, depth: int, key_line: int, key_column: int) -> ScalarNode | None:
        """Return the node of a text without quotes that ends its line, as most values are.

        It is what :meth:`_node` makes of it; None for all that has to be looked at.
        """
        if (
            event.__class__ is not yaml.ScalarEvent
            or event.style
            or event.anchor
            or event.tag
            or depth > self._plain_levels
        ):
            return None
        start: Any = event.start_mark
        end: Any = event.end_mark
        text: str = event.value
        row, column = start.line, start.column
        if (
            end.line != row
            or end.column != len(self._lines[row])
            or self._values >= self._bounds.values
            or not is_text(text)
        ):
            return None
        self._values += 1
        self._trail.scalar = event
        line, column = row + 1, column + 1
        line = key_line if line == key_line else line  # the same object, which saves memory
        return ScalarNode(text, self._path, line, column, key_line, key_column, line, column)

    def _stop(self, event: yaml.Event, depth: int) -> None:
        """Stop at a file that holds more than any catalogue would: levels, values or faults."""
        rule, most = Rule.TOO_LARGE, self._bounds
        if depth > most.levels:
            rule = Rule.TOO_DEEP
            message = f"The data is nested more than {most.levels} levels deep."
        elif self._values > most.values:
            message = f"The file holds more than {most.values:,} values."
        else:
            message = f"After {most.faults} faults the rest of the file is not read."
        self._note(rule, self._at(event), message)
        raise _StopError

    def _close(self, event: yaml.CollectionStartEvent, end: yaml.Event) -> None:
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

    def _key(self, event: Any) -> str | None:
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
            known = len(self._problems)
            key = self._plain_value(event)
            if isinstance(key, str) and len(self._problems) == known and not self._has_odd_spaces:
                self._keys[event.value] = key
        elif event.style == '"':
            self._check_escaped(event)
        if isinstance(key, bool) or not isinstance(key, str | int):
            shown = shorten(event.value) or '""'
            message = f"The key {shown} is not text."
            self._note(Rule.AMBIGUOUS_VALUE, self._at(event), message)
            return None
        return str(key)

    def _scalar(self, event: Any, place: tuple[str, int, int, int, int]) -> ScalarNode:
        self._trail.scalar = event
        if event.anchor or event.tag:
            self._refuse_marks(event)
        if self._has_odd_spaces:
            self._check_spaces(event)
        text: str = event.value
        if event.style:
            if event.style == '"':
                self._check_escaped(event)
            return ScalarNode(text, *place, *self._text_start(event, text, place))
        value: str | int | float | bool | None = text
        if self._has_odd_spaces or not is_text(text):
            known = len(self._problems)
            value = self._plain_value(event)
            if len(self._problems) > known:
                return ScalarNode(text, *place, ambiguous=True)
        end, lines = event.end_mark, self._lines
        last = end.line
        is_one_line = last + 1 == place[1] and isinstance(value, str)
        node = ScalarNode(value, *place, *(place[1:3] if is_one_line else _NOWHERE))
        if last < len(lines) and end.column != len(lines[last]):
            comment = self._trail.comment(event)
            if comment is not None:
                after = self._trail.character(comment._replace(column=comment.column + 1))
                node.comment, node.tight = self._locate(comment), after.isalnum()
        return node

    def _plain_value(self, event: yaml.ScalarEvent) -> str | int | float | bool | None:
        """Return what a value without quotes means; report where readers disagree."""
        text: str = event.value.strip()  # of spaces that have been reported
        found = read_plain(text)
        if found.ambiguous:
            message = f"YAML readers disagree on what {shorten(text)} is."
            self._note(Rule.AMBIGUOUS_VALUE, self._at(event), message, found.hint)
        return found.value

    def _check_spaces(self, event: yaml.ScalarEvent) -> None:
        for mark, message, hint in odd_spaces(event, self._lines) if self._has_odd_spaces else ():
            at = Location(self._path, mark.line + 1, mark.column + 1)
            self._note(Rule.YAML_SYNTAX, at, message, hint)

    def _check_escaped(self, event: yaml.ScalarEvent) -> None:
        end = event.end_mark
        assert end
        at = (end.line + 1, end.column + 1)
        check_escaped(event.value, self._lines, self._at(event), at, self._problems)
        if self._problems:
            self._plain_levels = 0

    def _text_start(
        self, event: yaml.ScalarEvent, text: str, place: tuple[str, int, int, int, int]
    ) -> tuple[int, int]:
        """Find where the text is in the file as it is, by comparing it with the file."""
        _, row, column, *_ = place  # the row is that of the first line of a block, from 0
        if event.style == "|":
            for line in text.split("\n"):
                if line.strip():
                    found = self._lines[row] if row < len(self._lines) else ""
                    is_whole = found.endswith(line)
                    return (place[1] + 1, len(found) - len(line) + 1) if is_whole else _NOWHERE
                row += 1
            return _NOWHERE
        is_there = event.style != ">" and self._lines[row - 1].startswith(text, column)
        return (row, column + 1) if is_there else _NOWHERE

    def note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Note what the parser could not read, and where that can be fixed."""
        found = explain(error, self._trail)
        at = self._locate(found.mark) or Location(self._path)
        self._note(found.rule, at, found.message, found.hint)

    def _note(self, rule: Rule, at: Location, message: str, hint: str = "") -> None:
        self._plain_levels = 0
        self._problems.add(rule, at, message, hint)

    def _refuse(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self._note(Rule.YAML_FEATURE, self._at(event), message, hint)

    def _at(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        assert mark
        return Location(self._path, mark.line + 1, mark.column + 1)

    def _locate(self, mark: Mark | None) -> Location | None:
        return Location(self._path, mark.line + 1, mark.column + 1) if mark else None
