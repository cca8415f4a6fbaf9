"""What a YAML file holds, as data with the place of each value."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from reasonbook.diagnostics.location import Location

# A large catalogue has a million of these, so they are slim: line and column beside the value (a
# location is made when someone asks), and not frozen, which would take twice the time.


@dataclass(slots=True)
class ScalarNode:
    """A single value: text, number, truth value or nothing; the place of its key, if it has one."""

    value: str | int | float | bool | None
    path: str
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    # For text that is in the file line for line (a `|` block, or one line as it is written):
    # where its first line starts, and by how many columns every line is indented; else 0.
    text_line: int = 0
    text_column: int = 0
    ambiguous: bool = False  # reported; whatever else is wrong with it follows from that
    comment: Location | None = None  # that follows a value without quotes on its line
    tight: bool = False  # a letter or digit follows the # of the comment

    @property
    def location(self) -> Location:
        """Where the value is in the file."""
        return Location(self.path, self.line, self.column)

    def locate(self, line: int, column: int) -> Location:
        """Return the place in the file of a line and column (both from 1) within the text.

        Falls back to the place of the whole value where text and file do not correspond.
        """
        if not self.text_line:
            return self.location
        return Location(self.path, self.text_line + line - 1, self.text_column + column - 1)


@dataclass(slots=True)
class SequenceNode:
    """A list of values; ``flow`` where it is written in brackets."""

    items: tuple[Node, ...]
    path: str
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    flow: bool = False

    @property
    def location(self) -> Location:
        """Where the list is in the file."""
        return Location(self.path, self.line, self.column)


@dataclass(slots=True)
class MappingNode:
    """Keys and values in the order of the file; integer keys are held as their digits."""

    entries: dict[str, Node]
    path: str
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    flow: bool = False

    @property
    def location(self) -> Location:
        """Where the mapping is in the file."""
        return Location(self.path, self.line, self.column)

    def key_location(self, key: str) -> Location:
        """Return where a key is that the mapping has."""
        node = self.entries[key]
        return Location(self.path, node.key_line, node.key_column)


Node = ScalarNode | SequenceNode | MappingNode
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return the bare data of *node*, without positions."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MappingNode):
        return {
            key: value.value if isinstance(value, ScalarNode) else plain(value)
            for key, value in node.entries.items()
        }
    return [plain(item) for item in node.items]


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


def leaves(node: Node) -> list[ScalarNode]:
    """Return every single value under *node*, in no order."""
    if isinstance(node, ScalarNode):
        return [node]
    found: list[ScalarNode] = []
    pending = [node]
    while pending:
        outer = pending.pop()
        for inner in outer.entries.values() if isinstance(outer, MappingNode) else outer.items:
            if isinstance(inner, ScalarNode):
                found.append(inner)
            else:
                pending.append(inner)
    return found


def descend(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the value at *path* under *node*; where it ends early, the nearest one above."""
    for step in path:
        if isinstance(node, MappingNode) and (key := str(step)) in node.entries:
            node = node.entries[key]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
