"""Adds an item at the end of a list in a YAML file, and leaves every other byte as it is.

The place is found by the parser's marks, the item written with the file's own indentation. The
result is read again: unless it holds exactly what was there and the new item, nothing is returned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.text.yaml_nodes import Plain, ScalarNode, plain
from reasonbook.text.yaml_reader import parse_yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Block(str):
    """Text that is written line by line, as a ``|`` block."""


Tree = str | int | bool | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True)
class Layout:
    """How a file is written: columns, and the end of its lines."""

    dash: int = 2  # where a list begins, from the key that it belongs to
    item: int = 2  # where an item begins, from its dash
    step: int = 2  # where the keys of a mapping begin, from the key that it belongs to
    newline: str = "\n"
    spaced: bool = True  # whether an empty line stands between items


def append_item(text: str, key: str, item: Tree) -> str | None:
    """Return *text* with *item* at the end of the list at the top-level *key*; None if it cannot.

    The list must stand there, be it empty.
    """
    body = text.removeprefix("\ufeff")
    lines = _LINE.findall(body)
    sequence = _list(body, key)
    if sequence is None:
        return None
    layout = _layout(sequence, lines)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += layout.newline
    wanted = _data("".join(lines))
    if not isinstance(wanted, dict) or not isinstance(values := wanted[key], list):
        return None
    wanted[key] = [*values, _plain(item)]
    for attempt in _attempts(lines, sequence, item, layout):
        if _data(attempt) == wanted:
            return text[: len(text) - len(body)] + attempt
    return None


def _list(text: str, key: str) -> yaml.SequenceNode | None:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:  # an alias of nothing, for example, which is refused by name elsewhere
        return None
    if not isinstance(root, yaml.MappingNode):
        return None
    found = (value for name, value in root.value if getattr(name, "value", None) == key)
    sequence = next(found, None)
    return sequence if isinstance(sequence, yaml.SequenceNode) else None


def _data(text: str) -> Plain:
    problems = Problems()
    root = parse_yaml(text, "", problems)
    return None if root is None else plain(root)


def _plain(item: Tree) -> Plain:
    if isinstance(item, dict):
        return {key: _plain(value) for key, value in item.items()}
    if isinstance(item, list):
        return [_plain(value) for value in item]
    return f"{item}\n" if isinstance(item, Block) else item


def _layout(sequence: yaml.SequenceNode, lines: list[str]) -> Layout:
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if sequence.flow_style:
        return Layout(newline=newline)
    items = sequence.value
    dash, last = sequence.start_mark.column, items[-1]
    before = lines[last.start_mark.line - 1] if last.start_mark.line else ""
    return Layout(
        dash,
        last.start_mark.column - dash,
        next(_steps(items), 2),
        newline,
        spaced=len(items) == 1 or not before.strip(),
    )


def _steps(items: list[yaml.Node]) -> Iterator[int]:
    """Yield by how much mappings inside the items are indented."""
    for item in items:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - key.start_mark.column


def _attempts(
    lines: list[str], sequence: yaml.SequenceNode, item: Tree, layout: Layout
) -> Iterator[str]:
    """Yield the file with the item where it may belong, the best place first."""
    start, end = sequence.start_mark, sequence.end_mark
    if sequence.flow_style and sequence.value:
        if isinstance(item, str):
            mark = sequence.value[-1].end_mark
            yield _insert(lines, mark.line, mark.column, f", {scalar(item)}")
        return
    if sequence.flow_style:  # and empty: the brackets go, and what stood between them
        above = "".join(lines[: start.line]) + lines[start.line][: start.column].rstrip(" ")
        rest = lines[end.line][end.column :]
        after = lines[end.line + 1 :]
        written = "".join(_item(item, Layout(newline=layout.newline)))
        yield above + rest + written + "".join(after)
        return
    row = _row_after(sequence)
    back = row
    while back and not lines[back - 1].strip():
        back -= 1
    written = "".join(_item(item, layout))
    space = layout.newline if layout.spaced and isinstance(item, dict) else ""
    # A block that keeps empty lines (|+) must keep its own, and get no other.
    for at, between in ((back, space), (row, "")):
        yield "".join(lines[:at]) + between + written + "".join(lines[at:])


def _insert(lines: list[str], row: int, column: int, text: str) -> str:
    line = lines[row]
    return "".join([*lines[:row], line[:column] + text + line[column:], *lines[row + 1 :]])


def _row_after(node: yaml.Node) -> int:
    """Return the first row below what is written of *node*."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    end = node.end_mark
    in_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return int(end.line if in_block and end.column == 0 else end.line + 1)


def _item(item: Tree, layout: Layout) -> Iterator[str]:
    for line in _list_lines([item], layout.dash, layout):
        yield line + layout.newline


def _list_lines(items: list[Tree], at: int, layout: Layout) -> Iterator[str]:
    for item in items:
        dash = " " * at + "-".ljust(layout.item)
        if not isinstance(item, dict):
            yield f"{dash}{scalar(str(item))}"
            continue
        for index, line in enumerate(_mapping_lines(item, at + layout.item, layout)):
            yield line if index else dash + line[len(dash) :]


def _mapping_lines(mapping: dict[str, Tree], at: int, layout: Layout) -> Iterator[str]:
    for key, value in mapping.items():
        start = f"{' ' * at}{key}:"
        if isinstance(value, Block):
            yield f"{start} |"
            for line in value.split("\n"):
                yield f"{' ' * (at + layout.step)}{line}"
        elif isinstance(value, dict):
            yield start
            yield from _mapping_lines(value, at + layout.step, layout)
        elif isinstance(value, list):
            yield start
            yield from _list_lines(value, at + layout.dash, layout)
        else:
            yield f"{start} {scalar(value) if isinstance(value, str) else json.dumps(value)}"


def scalar(text: str) -> str:
    """Write text as a YAML value on one line, in quotes where it needs them."""
    problems = Problems()
    root = parse_yaml(f"key: {text}\n", "", problems)
    node = root.entries["key"] if root else None
    if isinstance(node, ScalarNode) and node.value == text == printable(text) and not len(problems):
        return text
    return printable(json.dumps(text, ensure_ascii=False))
