"""Adds items at the end of a list in a YAML file; every line that is there stays as it is.

ruamel.yaml writes them, with the file's own indentation. It does not write the whole file: a
round trip joins texts that were wrapped, and takes the comment below a list for one of its last
item. The result is read again: unless it holds exactly what was there and the new items, nothing
is returned.
"""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from reasonbook.diagnostics.problems import Problems
from reasonbook.text.yaml_nodes import plain
from reasonbook.text.yaml_reader import parse_yaml
from reasonbook.text.yaml_values import is_text

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNBROKEN = 1_000_000  # columns of a line
BYTE_ORDER_MARK = "\ufeff"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
# Several words that every reader of YAML takes as they are.
_SAFE = re.compile(r"(?=[^ ]* )[A-Za-z][A-Za-z0-9_ .,;/()'-]*[A-Za-z0-9_.)]")


def append_item(text: str, key: str, item: Any) -> str | None:
    """Return *text* with *item* at the end of the list at the top-level *key*; None if it cannot.

    The list must be there, even if it is empty. An item is a text, or a mapping of plain data.
    """
    return append_items(text, key, [item])


def append_items(text: str, key: str, items: Sequence[Any]) -> str | None:
    """Return *text* with all *items* there; they are all texts, or all mappings."""
    if not items:
        return text
    body = text.removeprefix(BYTE_ORDER_MARK)
    newline = "\r\n" if "\r\n" in body else "\n"
    if not body.endswith("\n"):
        body += newline
    data = _data(body)
    if not isinstance(data, dict) or not isinstance(data.get(key), list):
        return None
    wanted = {**data, key: [*data[key], *items]}
    for attempt in _attempts(body, key, items, newline):
        if _data(attempt) == wanted:
            return text[: text.startswith(BYTE_ORDER_MARK)] + attempt
    return None


def _data(text: str) -> Any:
    root = parse_yaml(text, "", Problems())
    return None if root is None else plain(root)


def _attempts(body: str, key: str, items: Sequence[Any], newline: str) -> Iterator[str]:
    """Yield the file with the items where they may belong, the best place first."""
    try:
        root = yaml.compose(body, Loader=LOADER)
    except yaml.YAMLError:  # an alias of nothing, for example, which is refused by name elsewhere
        return
    assert isinstance(root, yaml.MappingNode)
    (node,) = (value for name, value in root.value if name.value == key)
    start, end = node.start_mark.index, node.end_mark.index
    if not node.flow_style:
        end = line_after(node, body)
        last_line = body.index("\n", len(body[:end].rstrip())) + 1
        space = newline if isinstance(items[0], dict) and _is_spaced(node, body) else ""
        written = space.join(_written([item], newline, node) for item in items)
        # A block that keeps empty lines (|+) must keep its own, and get no other.
        for at, between in ((last_line, space), (end, "")):
            yield body[:at] + between + written + body[at:]
    elif not node.value:  # the brackets go, and what stood between them
        rest, _, after = body[end:].partition("\n")
        yield f"{body[:start].rstrip()}{rest}\n{_written(items, newline)}{after}"
    elif isinstance(items[0], str):
        at = node.value[-1].end_mark.index
        more = "".join(f", {item if _is_plain(item) else json.dumps(item)}" for item in items)
        yield f"{body[:at]}{more}{body[at:]}"


def line_after(node: yaml.Node, body: str) -> int:
    """Return where the line after a value begins; the end of the text where there is none."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    end: int = node.end_mark.index
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    if is_block and node.end_mark.column == 0:
        return end
    return body.find("\n", end) + 1 or len(body)


def _is_spaced(node: yaml.SequenceNode, body: str) -> bool:
    """Tell whether an empty line separates the items of a list, or there is only one."""
    above = body[: node.value[-1].start_mark.index].splitlines()[:-1]
    return len(node.value) == 1 or not above[-1].strip()


def _written(items: Sequence[Any], newline: str, others: yaml.SequenceNode | None = None) -> str:
    """Return the lines of items, indented as the *others* of their list are."""
    dash, inside, step = 2, 2, 2
    if others is not None:
        dash = others.start_mark.column
        inside = others.value[-1].start_mark.column - dash
        step = next(_steps(others), step)
    writer = YAML()
    writer.width = _UNBROKEN
    writer.indent(mapping=step, sequence=dash + inside, offset=dash)
    out = io.StringIO()
    writer.dump({"list": _styled(items)}, out)
    return out.getvalue().partition("\n")[2].replace("\n", newline)


class _Dumper(yaml.SafeDumper):
    """Writes whole files, in the layout of the guide: three times as fast as ruamel.yaml."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, _: Any) -> bool:
        return True


def _as_block(dumper: _Dumper, text: LiteralScalarString) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")


def _in_quotes(dumper: _Dumper, text: DoubleQuotedScalarString) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_Dumper.add_representer(LiteralScalarString, _as_block)
_Dumper.add_representer(DoubleQuotedScalarString, _in_quotes)


def written_yaml(data: Any) -> str:
    """Return plain data as a YAML text, in the layout of the guide."""
    return "".join(_pieces(data, 0)) if data and isinstance(data, dict) else _dumped(data)


def _dumped(data: Any) -> str:
    text: str = yaml.dump(
        _styled(data), Dumper=_Dumper, sort_keys=False, width=_UNBROKEN, allow_unicode=True
    )
    # After a text that ends in empty lines the document is marked as ended.
    return text.removesuffix("...\n") if text.endswith("\n...\n") else text


def _pieces(data: Mapping[str, Any], column: int, lead: str = "") -> Iterator[str]:
    """Yield the lines of a mapping, as the dumper writes them; most need no look from it.

    The first line begins with *lead* in the place of spaces.
    """
    for key, value in data.items():
        start, lead = lead or " " * column, ""
        is_safe = _is_word(key)
        if is_safe and (type(value) is int or _is_word(value) or _is_words(value)):
            yield f"{start}{key}: {value}\n"
        elif is_safe and value and isinstance(value, dict):
            yield f"{start}{key}:\n"
            yield from _pieces(value, column + 2)
        elif is_safe and value and isinstance(value, list) and all(map(_is_mapping, value)):
            yield f"{start}{key}:\n"
            for item in value:
                yield from _pieces(item, column + 4, " " * (column + 2) + "- ")
        else:
            first, *others = _dumped({key: value}).splitlines(keepends=True)
            yield start + first
            yield from (" " * column + line if line != "\n" else line for line in others)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(_WORD.fullmatch(value)) and is_text(value)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(_SAFE.fullmatch(value))


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and bool(value)


def _steps(items: yaml.SequenceNode) -> Iterator[int]:
    """Yield by how much mappings inside the items are indented."""
    for item in items.value:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - key.start_mark.column


def _styled(value: Any) -> Any:
    """Return plain data whose texts are written as blocks or in quotes where they need it."""
    if isinstance(value, dict):
        return {key: _styled(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_styled(part) for part in value]
    if not isinstance(value, str):
        return value
    if value.endswith("\n"):
        return LiteralScalarString(value)
    return value if _is_plain(value) else DoubleQuotedScalarString(value)


@functools.lru_cache(maxsize=16384)
def _is_plain(text: str) -> bool:
    """Tell whether a text needs no quotes, for any reader of YAML."""
    if _SAFE.fullmatch(text):
        return True
    problems = Problems()
    root = parse_yaml(f"key: {text}\n", "", problems)
    return root is not None and plain(root) == {"key": text} and not problems
