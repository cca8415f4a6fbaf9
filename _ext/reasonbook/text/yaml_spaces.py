"""Tabs, and the spaces of typography, where YAML wants a space: programs and eyes read differently.

Editors and word processors put in a no-break space where nobody sees it. Inside a text both may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import yaml

from reasonbook.text.characters import describe

TAB_MESSAGE = "A tab is used where only spaces are allowed."
_OTHERS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ANY = re.compile(f"[\t{_OTHERS}]")
_TAB_AFTER = re.compile(r" *:? *\t")
_IN_SCALAR = re.compile(f"^[{_OTHERS}]|(?<=:)[{_OTHERS}]|(?<=^-)[{_OTHERS}]|[{_OTHERS}](?=#\\s|$)")
_IN_LINE = re.compile(f"^[ -]*(?P<begin>[{_OTHERS}])|(?<=[:-])(?P<after>[{_OTHERS}])")


class Mark(NamedTuple):
    """Line and column, both from 0, as the parser counts."""

    line: int
    column: int


class OddSpace(NamedTuple):
    """A tab or a space that is none for YAML: where, and what is said of it."""

    mark: Mark
    message: str
    hint: str


def has_odd_spaces(text: str) -> bool:
    """Tell whether there is anything to look at."""
    return "\t" in text if text.isascii() else _ANY.search(text) is not None


def odd_spaces(event: yaml.ScalarEvent, lines: Sequence[str]) -> Iterator[OddSpace]:
    """Yield what is odd round a key or a value, and at the ends of one without quotes."""
    start, end = event.start_mark, event.end_mark
    assert start
    assert end
    if event.style in ("|", ">") or end.line >= len(lines):
        return
    line, column = lines[start.line], start.column
    while column and line[column - 1] in " \t":
        column -= 1
    if "\t" in line[column : start.column]:
        yield _tab(start.line, line.index("\t", column))
    if found := _TAB_AFTER.match(lines[end.line], end.column):
        yield _tab(end.line, found.end() - 1)
    if event.style in (None, ""):
        written = line[start.column : end.column if start.line == end.line else None]
        if found := _IN_SCALAR.search(written):
            yield _other(start.line, start.column + found.start(), found[0])


def odd_space_in(numbers: Iterable[int], lines: Sequence[str]) -> OddSpace | None:
    """Return what is odd where some lines, which could not be read, begin or have a mark."""
    for number in numbers:
        if found := _IN_LINE.search(lines[number] if 0 <= number < len(lines) else ""):
            group = found.lastgroup or ""
            return _other(number, found.start(group), found[group])
    return None


def _tab(line: int, column: int) -> OddSpace:
    return OddSpace(Mark(line, column), TAB_MESSAGE, "Write a space instead.")


def _other(line: int, column: int, space: str) -> OddSpace:
    message = f"YAML does not take {describe(space)} for a space."
    return OddSpace(Mark(line, column), message, "Write a space instead, or put quotes round text.")
