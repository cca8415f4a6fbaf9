"""Changes values of mappings in a YAML file at their places; every other byte stays.

A value that somebody put a comment into is left as it is, since the comment would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from reasonbook.diagnostics.problems import Problems
from reasonbook.editing.append_yaml import BYTE_ORDER_MARK, LOADER, line_after, written_yaml
from reasonbook.text.yaml_nodes import plain
from reasonbook.text.yaml_reader import parse_yaml

#: In place of a value: the key goes.
GONE = object()
#: The name of the mapping at the top of a file, for :func:`update_mappings`.
TOP = ""

Changes = Mapping[str, Mapping[str, Any]]


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


@dataclass
class Updated:
    """The new text, and the names and keys whose values could not be changed in place."""

    text: str
    left: list[tuple[str, str]] = field(default_factory=list)


def update_mappings(text: str, changes: Changes, items: str = "", name: str = "") -> Updated:
    """Return *text* with values changed, by the name of a mapping and its key.

    The mappings are the items of the list at the top-level key *items*, each known by its value at
    *name*; :data:`TOP` is the file itself.
    """
    body = text.removeprefix(BYTE_ORDER_MARK)
    lead = text[: len(text) - len(body)]
    updated = Updated(text)
    edits: list[_Edit] = []
    done: dict[str, dict[str, Any]] = {}
    for known, node in _mappings(body, items, name):
        for key, value in changes.get(known, {}).items():
            edit = None if node.flow_style else _edit(node, key, value, body)
            if edit is None:
                updated.left.append((known, key))
            else:
                edits.append(edit)
                done.setdefault(known, {})[key] = value
    if not edits:
        return updated
    new, at = "", 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        new += body[at : edit.start] + edit.text
        at = edit.end
    new += body[at:]
    if _data(new) != _changed(_data(body), done, items, name):
        updated.left += [(known, key) for known, keys in done.items() for key in keys]
        return updated
    updated.text = lead + new
    return updated


def _mappings(body: str, items: str, name: str) -> Iterator[tuple[str, yaml.MappingNode]]:
    """Yield the mapping of the file, and those of its list, each with its name."""
    root = yaml.compose(body, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode):
        return
    yield TOP, root
    listed = next((value for key, value in root.value if key.value == items), None)
    for item in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        if isinstance(item, yaml.MappingNode):
            named = [value.value for key, value in item.value if key.value == name]
            yield from ((known, item) for known in named)


def _edit(node: yaml.MappingNode, key: str, value: Any, body: str) -> _Edit | None:
    """Return the edit that gives a key of a mapping in block style another value."""
    newline = "\r\n" if "\r\n" in body else "\n"
    column = node.start_mark.column
    found = next((pair for pair in node.value if pair[0].value == key), None)
    if found is None:
        if value is GONE:
            return None
        at = line_after(node, body)
        start = "" if body[:at].endswith("\n") else newline
        return _Edit(at, at, start + " " * column + _lines(key, value, column, newline))
    known, old = found
    start, end = known.start_mark.index, line_after(old, body)
    if _is_on_line(old) and isinstance(value, str | int) and "\n" not in str(value):
        written = written_yaml({key: value}).removeprefix(f"{key}: ").rstrip("\n")
        return _Edit(old.start_mark.index, old.end_mark.index, written)
    is_block = isinstance(old, yaml.ScalarNode) and old.style in ("|", ">")
    if isinstance(old, yaml.ScalarNode) and not is_block:  # in which there can be none
        around = body[start : old.start_mark.index] + body[old.end_mark.index : end]
    else:
        around = body[start:end]
    if _has_comment(around):
        return None
    if value is not GONE:
        return _Edit(start, end, _lines(key, value, column, newline))
    line_start = body.rfind("\n", 0, start) + 1
    return None if body[line_start:start].strip() else _Edit(line_start, end, "")


def _is_on_line(node: yaml.Node) -> bool:
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    is_one = node.start_mark.line == node.end_mark.line
    return isinstance(node, yaml.ScalarNode) and is_one and not is_block


def _has_comment(lines: str) -> bool:
    """Tell whether there may be a comment, which a text with such a mark only looks like."""
    return any(line.lstrip().startswith("#") or " #" in line for line in lines.splitlines())


def _lines(key: str, value: Any, column: int, newline: str) -> str:
    """Return the lines of a key and its value; the first without indentation."""
    first, *rest = written_yaml({key: value}).split("\n")
    return newline.join((first, *(" " * column + line if line else "" for line in rest)))


def _data(text: str) -> Any:
    root = parse_yaml(text, "", Problems())
    return None if root is None else plain(root)


def _changed(data: Any, done: Changes, items: str, name: str) -> Any:
    """Return plain data as it is meant to be after the changes."""
    listed = data.get(items)
    pairs = [(TOP, data)]
    pairs += [(str(item.get(name)), item) for item in listed or () if isinstance(item, dict)]
    for known, mapping in pairs:
        for key, value in done.get(known, {}).items():
            if value is GONE:
                mapping.pop(key)
            else:
                mapping[key] = value
    return data
