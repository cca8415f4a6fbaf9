"""What was read from a JSON text: the value, the position of each part, and the faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.json_pointer import join
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Position(NamedTuple):
    """Line and column within the text, both from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something that strict JSON forbids, where, and the rule for it; without a hint, its own."""

    position: Position
    message: str
    rule: Rule = Rule.JSON_SYNTAX
    hint: str = ""


class Places(NamedTuple):
    """By JSON Pointer: where a value starts, and where the name of a member is."""

    values: dict[str, Position]
    names: dict[str, Position]


def _no_places() -> Places:
    return Places({}, {})


@dataclass(frozen=True)
class JsonText:
    """A parsed JSON text; ``value`` is meaningless where ``broken`` is true."""

    value: Json
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    # How numbers that are not integers are written: 4.10 is 4.1 as a value, but another code.
    decimals: dict[str, str] = field(default_factory=dict)
    # Asked at most once, and only where something is to be shown at its place.
    find_places: Callable[[], Places] = field(default=_no_places, repr=False)

    @cached_property
    def _places(self) -> Places:
        return self.find_places()

    @property
    def values(self) -> dict[str, Position]:
        """Where each value starts, by its JSON Pointer."""
        return self._places.values

    @property
    def names(self) -> dict[str, Position]:
        """Where the name of each member is, by the JSON Pointer of the member."""
        return self._places.names

    def position(self, pointer: str) -> Position:
        """Return where the value at *pointer* starts, else the nearest value that holds it."""
        while pointer and pointer not in self.values:
            pointer = pointer.rpartition("/")[0]
        return self.values.get(pointer, Position(1, 1))

    def name_position(self, pointer: str) -> Position:
        """Return where the name of the member at *pointer* is, else the value."""
        return self.names.get(pointer) or self.position(pointer)

    def location(self, path: str, pointer: str) -> Location:
        """Return the place in the file *path* of a member, by its name, else of a value."""
        return Location(path, *self.name_position(pointer))

    def report(self, locate: Callable[[int, int], Location], problems: Problems) -> None:
        """Report every fault; *locate* gives the place in the file of a line and column."""
        for fault in self.faults:
            problems.add(fault.rule, locate(*fault.position), fault.message, fault.hint)

    def nodes(self, path: str) -> Node:
        """Return the same nodes as of a YAML file, so that one reader serves both.

        The place of a member is that of its name.
        """
        return self._node(self.value, "", path)

    def _node(self, value: Any, where: str, path: str) -> Node:
        line, column = self.name_position(where)
        at = (path, line, column, line, column)
        if isinstance(value, dict):
            inside = {name: self._node(value[name], join(where, name), path) for name in value}
            return MappingNode(inside, *at)
        if isinstance(value, list):
            items = [self._node(item, f"{where}/{n}", path) for n, item in enumerate(value)]
            return SequenceNode(tuple(items), *at)
        return ScalarNode(value, *at)
