"""What a YAML file holds, as data with the place of each value."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from reasonbook.diagnostics.location import Location


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value: text, number, truth value or nothing."""

    value: str | int | float | bool | None
    location: Location
    # For text that is in the file line for line (a `|` block, or one line as it is written):
    # where its first line starts, and by how many columns every line is indented.
    text_start: Location | None = None
    ambiguous: bool = False  # reported; whatever else is wrong with it follows from that
    comment: Location | None = None  # that follows a value without quotes on its line
    tight: bool = False  # a letter or digit follows the # of the comment

    def locate(self, line: int, column: int) -> Location:
        """Return the place in the file of a line and column (both from 1) within the text.

        Falls back to the place of the whole value where text and file do not correspond.
        """
        start = self.text_start
        if start is None:
            return self.location
        return Location(start.path, start.line + line - 1, start.column + column - 1)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list of values; ``flow`` where it is written in brackets."""

    items: tuple[Node, ...]
    location: Location
    flow: bool = False


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order of the file; integer keys are held as their digits."""

    entries: dict[str, Node]
    location: Location
    key_locations: dict[str, Location] = field(default_factory=dict)
    flow: bool = False


Node = ScalarNode | SequenceNode | MappingNode
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return the bare data of *node*, without positions."""
    if isinstance(node, MappingNode):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return node.value


def scalars(
    node: Node, path: tuple[str | int, ...] = (), *, but: Container[tuple[str | int, ...]] = ()
) -> Iterator[tuple[tuple[str | int, ...], ScalarNode]]:
    """Yield every single value under *node* with the steps to it, *but* for what is below some."""
    if path in but:
        return
    if isinstance(node, ScalarNode):
        yield path, node
        return
    inside = node.entries.items() if isinstance(node, MappingNode) else enumerate(node.items)
    for step, inner in inside:
        yield from scalars(inner, (*path, step), but=but)


def descend(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the value at *path* under *node*; where it ends early, the nearest one above."""
    for step in path:
        if isinstance(node, MappingNode) and str(step) in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
