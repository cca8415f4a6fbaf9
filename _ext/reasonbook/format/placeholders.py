"""Texts that a skeleton leaves to its author: ``<FILL IN what belongs here>``.

A reason must fit the API's pattern even before it is known, so ``FILL_IN`` is its placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, leaves
from reasonbook.text.yaml_text import YamlText

REASON = "FILL_IN"
# The reason only as a whole value, of YAML or between the quotes of JSON.
_MARK = re.compile(rf'<(?i:fill[ _-]?in)(?P<what>\s[^<>]*)?>|(?<![^"]){REASON}(?![^"])')
_BEGINS = re.compile("<fill", re.IGNORECASE)


def mark(what: str) -> str:
    """Return the placeholder of a text that someone has yet to write."""
    return f"<FILL IN {' '.join(re.sub('[<>]', ' ', what).split())}>"


def is_unfilled(value: object) -> bool:
    """Tell whether a value, or a YAML node, still holds a mark."""
    if isinstance(value, ScalarNode):
        value = value.value
    if not isinstance(value, str) or not ("<" in value or REASON in value):
        return False  # as nearly all
    return _MARK.search(value) is not None


def has_marks(node: Node) -> bool:
    """Tell whether a text in a part of a YAML file still waits to be written."""
    return any(map(is_unfilled, leaves(node)))


def check_filled(file: YamlText, problems: Problems) -> None:
    """Report every mark in the texts of a YAML file, each at its place."""
    whole = file.text
    if file.is_usual and REASON not in whole and not ("<" in whole and _BEGINS.search(whole)):
        return  # as nearly all; what is written in other forms may hide a mark
    root = file.find_root()
    for name, node in _scalars(root, "") if has_marks(root) else ():
        text = node.value
        if isinstance(text, str):
            for line, column, what in _marks(text):
                _report(name, what, node.locate(line, column), problems)


def check_filled_text(text: str, path: str, problems: Problems) -> None:
    """Report every mark in a whole file, such as a JSON Schema."""
    for line, column, what in _marks(text):
        _report("The file", what, Location(path, line, column), problems)


def _report(name: str, what: str, at: Location, problems: Problems) -> None:
    hint = f"Write {what}." if what else ""
    problems.add(Rule.UNFILLED_TEXT, at, f"{name} is still to be filled in.", hint)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line and column of every mark, and what belongs there."""
    line, line_start, seen = 1, 0, 0
    for found in islice(_MARK.finditer(text), limits.FILL_IN_FINDINGS):
        at = found.start()
        line += text.count("\n", seen, at)
        line_start = max(line_start, text.rfind("\n", seen, at) + 1)
        seen = at
        what = "the reason, as the API sends it" if found[0] == REASON else found["what"] or ""
        yield line, at - line_start + 1, " ".join(what.split())


def _scalars(node: Node, name: str) -> Iterator[tuple[str, ScalarNode]]:
    """Yield every single value with its name as people say it: ``reasons[0].cause``."""
    if isinstance(node, MappingNode):
        for key, value in node.entries.items():
            yield from _scalars(value, f"{name}.{key}" if name else key)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _scalars(item, f"{name}[{index}]")
    else:
        yield name, node
