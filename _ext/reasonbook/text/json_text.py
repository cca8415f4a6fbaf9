"""What was read from a JSON text: the value, its faults, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reasonbook.diagnostics.location import Location

MAX_DEPTH = 64
MAX_CHARACTERS = 300_000
MAX_EXACT_INTEGER = 2**53 - 1

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Position(NamedTuple):
    """Line and column within the text, both from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something that strict JSON forbids, and where."""

    position: Position
    message: str
    kind: Literal["syntax", "duplicate", "value"] = "syntax"


@dataclass(frozen=True, slots=True)
class JsonText:
    """A parsed JSON text; ``value`` is meaningless where ``broken`` is true."""

    value: Json
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    # By JSON Pointer: where a value starts, and where the name of a member stands.
    values: dict[str, Position] = field(default_factory=dict)
    names: dict[str, Position] = field(default_factory=dict)

    def position(self, pointer: str) -> Position:
        """Return where the value at *pointer* starts, else the nearest value that holds it."""
        while pointer and pointer not in self.values:
            pointer = pointer.rpartition("/")[0]
        return self.values.get(pointer, Position(1, 1))

    def location(self, path: str, pointer: str) -> Location:
        """Return the place in the file *path* of a member, by its name, else of a value."""
        return Location(path, *self.names.get(pointer, self.position(pointer)))


def escape_token(token: str) -> str:
    """Return *token* as it stands in a JSON Pointer."""
    return token.replace("~", "~0").replace("/", "~1")
