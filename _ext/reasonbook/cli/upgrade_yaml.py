"""Rewrites a file of format 1 as format 2: only what the two say differently, at its place.

Each edit replaces or adds a few characters, so that every other byte of the file stays. The result
is read again: unless it says exactly what was meant, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.editing.append_yaml import BYTE_ORDER_MARK, LOADER, line_after
from reasonbook.format.reading import FORMAT
from reasonbook.format.versions import FOREIGN, KEYS, WORDS, upgrade
from reasonbook.rules.remedies import CHANGES
from reasonbook.text.yaml_nodes import plain
from reasonbook.text.yaml_reader import parse_yaml, read_yaml

_ASK_FIRST = "ask_first: true"
_CHECK = "# check: false only where nothing can go wrong"


@dataclass(frozen=True)
class Upgraded:
    """The new text of a file, what was changed on which of its lines, and what a person checks."""

    text: str
    changes: list[tuple[int, str]]

    @property
    def questions(self) -> list[tuple[int, str]]:
        """Those changes that somebody who knows the API must look at."""
        return [(line, what) for line, what in self.changes if what == _ASK_FIRST]


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str
    what: str = ""  # as it is told; nothing for what belongs to another edit


def upgrade_file(path: Path, problems: Problems, *, is_api: bool) -> Upgraded | None:
    """Return a file as the newest format says it; None, with its faults, where it is not read."""
    known = len(problems)
    root = read_yaml(path, problems)
    if root is None or len(problems) > known:
        return None
    upgrade(root)
    data: Any = plain(root)
    _ask_first(data)
    text = path.read_bytes().decode("utf-8")
    body = text.removeprefix(BYTE_ORDER_MARK)
    node = yaml.compose(body, Loader=LOADER)
    assert isinstance(node, yaml.MappingNode)  # as read above
    edits = [*_changed(node, body)]
    if is_api:
        data["format"] = FORMAT
        edits += _numbered(node, body)
    # Several steps within one pair of brackets share their comment.
    edits = sorted(dict.fromkeys(edits), key=lambda edit: edit.start)
    new, changes = _applied(body, edits)
    again = parse_yaml(new, "", Problems())
    if again is None or plain(again) != data:
        raise RefusedError(
            f"{display_path(path)} is written in a way that cannot be rewritten in place.",
            "The guide to the format says what format 2 calls otherwise; change it by hand.",
        )
    return Upgraded(text[: len(text) - len(body)] + new, changes)


def _ask_first(data: Any, above: str = "") -> None:
    """Say of every next request that changes something that a person is asked first."""
    if isinstance(data, list):
        for item in data:
            _ask_first(item, above)
    elif isinstance(data, dict):
        if above == "next" and CHANGES.match(str(data.get("request"))):
            data.setdefault("ask_first", True)
        for key, value in data.items():
            if key not in FOREIGN:
                _ask_first(value, key)


def _applied(body: str, edits: list[_Edit]) -> tuple[str, list[tuple[int, str]]]:
    """Return the text after some edits, and the line on which each then is."""
    written, changes, at = "", [], 0
    for edit in edits:
        written += body[at : edit.start] + edit.text
        if edit.what:
            changes.append((written.rstrip("\r\n").count("\n") + 1, edit.what))
        at = edit.end
    return written + body[at:], changes


def _numbered(root: yaml.MappingNode, body: str) -> Iterator[_Edit]:
    """Yield the edit that writes the version of the format."""
    written = f"format: {FORMAT}"
    for key, value in root.value:
        if key.value == "format":
            if value.value != str(FORMAT):
                yield _Edit(value.start_mark.index, value.end_mark.index, str(FORMAT), written)
            return
    if root.flow_style:
        at = root.start_mark.index + 1
        yield _Edit(at, at, f"{written}, ", written)
    else:
        at, indent = root.start_mark.index, " " * root.start_mark.column
        yield _Edit(at, at, f"{written}{_newline(body)}{indent}", written)


def _changed(
    node: yaml.Node, body: str, above: str = "", flow: yaml.Node | None = None
) -> Iterator[_Edit]:
    """Yield the edits inside a value; *flow* is the outermost one in brackets that it is in."""
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        flow = flow or node
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _changed(item, body, above, flow)
    elif isinstance(node, yaml.MappingNode):
        keys = {key.value for key, _ in node.value}
        for key, value in node.value:
            if new := KEYS.get(above, {}).get(key.value):
                yield _replaced(key, body, new, new)
            if isinstance(value, yaml.ScalarNode):
                if new := WORDS.get(key.value, {}).get(value.value):
                    yield _replaced(value, body, new, f"{key.value}: {new}")
                is_step = above == "next" and key.value == "request" and "ask_first" not in keys
                if is_step and CHANGES.match(value.value):
                    yield from _asked(key, value, body, flow)
            elif key.value not in FOREIGN:
                yield from _changed(value, body, key.value, flow)


def _replaced(node: yaml.ScalarNode, body: str, new: str, what: str) -> _Edit:
    """Return the edit that writes another word for one, in the quotes in which it stands."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        end = start + len(body[start:end].rstrip())
    return _Edit(start, end, body[start:end].replace(node.value, new), what)


def _asked(
    key: yaml.Node, value: yaml.ScalarNode, body: str, flow: yaml.Node | None
) -> Iterator[_Edit]:
    """Yield the edits that add ``ask_first`` to a step, with a comment that says to check it."""
    newline = _newline(body)
    if flow is None:
        at = line_after(value, body)
        lead = "" if body[:at].endswith("\n") else newline
        line = f"{' ' * key.start_mark.column}{_ASK_FIRST}  {_CHECK}{newline}"
        yield _Edit(at, at, lead + line, _ASK_FIRST)
        return
    # Inside brackets a comment would cut off what follows; it gets a line of its own above.
    line_start = body.rfind("\n", 0, flow.start_mark.index) + 1
    text = body[line_start : flow.start_mark.index]
    indent = text[: len(text) - len(text.lstrip())]
    comment = f"{indent}{_CHECK.replace('check', 'check ask_first', 1)}{newline}"
    yield _Edit(line_start, line_start, comment)
    at = value.end_mark.index
    yield _Edit(at, at, f", {_ASK_FIRST}", _ASK_FIRST)


def _newline(body: str) -> str:
    return "\r\n" if "\r\n" in body else "\n"
