"""The usual forms of YAML as bare data, in a third of the time that values with places take.

A file is read line by line: keys, lists and texts as most people write them, and no other form.
Whatever else is there, wrong or odd or only rare, is left to :mod:`reasonbook.text.yaml_reader`,
which alone says what YAML is; a test compares the two.
"""

from __future__ import annotations

import re
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.characters import forbidden_character, hidden_character
from reasonbook.text.yaml_nodes import Node, leaves, plain
from reasonbook.text.yaml_reader import parse_yaml
from reasonbook.text.yaml_spaces import has_odd_spaces
from reasonbook.text.yaml_values import is_text, read_plain

_FIRST = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]"""  # of a text without quotes, and of nothing else
_REST = r"[^\n:#]*+(?:(?::(?=[^ \n])|(?<!\ )\#)[^\n:#]*+)*+"  # up to a comment, or what is a key
_FLOW = 1000  # characters of what is read on its own
_LINE = re.compile(
    rf"""
    ^(\ *+)(-\ )?+
    (?: ([A-Za-z0-9_$][A-Za-z0-9_$.-]{{0,99}}+) :(?=[ \n])\ *+ )?
    (
        (?:{_FIRST}|-(?=[0-9])){_REST} (?:\n\ ++{_FIRST}{_REST})*
      | '[^'\n]*(?:(?:''|(?<![ '])\n\ +(?=[^ \n']))[^'\n]*)*'
      | "[^"\n\\]*(?:(?<![ "])\n\ +(?=[^ \n"])[^"\n\\]*)*"
      | [|>]-? (?=\n\1\ )  # and lines that are indented more than the key
        (?:\n\1(?(3)(?(2)\ \ ))\ ++[^\n]++|\n(?=\n))++
      | \[[^\n]{{0,{_FLOW}}}\] | \{{[^\n]{{0,{_FLOW}}}\}} | "[^\n]{{0,{_FLOW}}}"  # read on its own
    )?
    \ *\n
    | ^\ *\#[^\n]*\n | ^\n
    | ([\S\s]+)  # anything else, and what follows it
    """,
    re.MULTILINE | re.VERBOSE,
)
_FOLD = re.compile(r" *\n *")
_SHORT = 64  # of a value that may come again
_LEVELS = limits.YAML_LEVELS // 2 - 2  # of blocks, and as many in brackets


def read_usual(text: str) -> dict[str, Any] | None:
    """Return the data of a file in which all is sound and in its usual form; of others None."""
    if (
        "\r" in text
        or text[-1:] != "\n"
        or forbidden_character(text)
        or has_odd_spaces(text)
        or hidden_character(text)
    ):
        return None
    try:
        return _read(text)
    except _OtherFormError:
        return None


class _OtherFormError(Exception):
    """Something has another form."""


def _read(text: str) -> dict[str, Any]:
    lines = _LINE.findall(text, 4 if text.startswith("---\n") else 0)
    values = 2 * len(lines) + sum(map(text.count, ",[{"))  # at most
    if not lines or lines[-1][4] or values >= limits.YAML_VALUES:
        raise _OtherFormError
    root: dict[str, Any] = {}
    here: Any = root
    column = 0
    outer: list[tuple[Any, int]] = []
    waiting: str | None = None  # the key of the last line, if its value may be on the next ones
    keys: dict[str, str] = {}
    known: dict[str, Any] = {}  # short values, which come again and again
    nodes: dict[str, Node] = {}  # so do those in brackets, of which each place has its own
    for indent, dash, key, written, _ in lines:
        at = len(indent)
        if not (key or dash):
            if written or indent:
                raise _OtherFormError  # spaces alone may be part of the text above
            continue  # an empty line, or a comment
        if waiting is not None and (at > column or (at == column and dash)):
            outer.append((here, column))
            if len(outer) >= _LEVELS:
                raise _OtherFormError
            inner: Any = [] if dash else {}
            here[waiting] = inner
            here, column = inner, at
        elif at != column or (here.__class__ is list) is not bool(dash):
            while column > at or (column == at and here.__class__ is list and not dash):
                if not outer:
                    raise _OtherFormError
                here, column = outer.pop()
            if at != column or (here.__class__ is list) is not bool(dash):
                raise _OtherFormError
        waiting = None
        value = known.get(written)
        if value is None and written:
            value = _value(written, at + 2 if dash and key else at, known, nodes)
        if dash:
            if not key:
                if not written:
                    raise _OtherFormError
                here.append(value)
                continue
            outer.append((here, column))
            here.append(inner := {})
            here, column = inner, at + 2
        name = keys.get(key)
        if name is None:
            name = keys[key] = _key(key)
        if name in here:
            raise _OtherFormError
        here[name] = value
        if not written:
            waiting = name
    if not root:
        raise _OtherFormError
    return root


def _key(written: str) -> str:
    if is_text(written):
        return written
    found = read_plain(written)
    if found.ambiguous or found.value.__class__ not in (str, int):
        raise _OtherFormError
    return str(found.value)


def _value(written: str, column: int, known: dict[str, Any], nodes: dict[str, Node]) -> Any:
    """Return the value of what is written in a block of that column."""
    first = written[0]
    if first in "|>":
        return _block(written)
    if first in "[{":
        if written.count("[") + written.count("{") > _LEVELS:
            raise _OtherFormError
        return _alone(written, nodes)
    if first == '"' and ("\\" in written or written.count('"') != 2):
        return _alone(written, nodes)
    text = written
    if "\n" in text:
        for line in text.split("\n")[1:]:
            if line[: column + 1].strip(" "):
                raise _OtherFormError
        text = _FOLD.sub(" ", text)
    value: Any
    if first == "'":
        value = text[1:-1].replace("''", "'")
    else:
        value = text[1:-1] if first == '"' else _plain(text.rstrip(" "))
    if len(written) <= _SHORT and text is written:  # over several lines, its place counts
        known[written] = value
    return value


def _alone(written: str, nodes: dict[str, Node]) -> Any:
    """Return what the reader of all YAML makes of a value that is on one line."""
    if written not in nodes:
        problems = Problems()
        root = parse_yaml(f"a: {written}\n", "", problems)
        if root is None or problems or any(leaf.comment for leaf in leaves(root)):
            raise _OtherFormError
        nodes[written] = root.entries["a"]
    return plain(nodes[written])


def _plain(text: str) -> Any:
    if is_text(text):
        return text
    found = read_plain(text)
    if found.ambiguous:
        raise _OtherFormError
    return found.value


def _block(written: str) -> str:
    """Return the text of a block, which begins with its mark."""
    mark, _, body = written.partition("\n")
    body = body.rstrip("\n")
    margin = " " * (len(body) - len(body.lstrip(" ")))
    body = f"\n{body}"
    text = body.replace(f"\n{margin}", "\n")
    if len(body) - len(text) != len(margin) * (body.count("\n") - text.count("\n\n")):
        raise _OtherFormError  # a line begins before the first one
    text = text[1:]
    if mark[0] == ">":
        if "\n\n" in text or "\n " in text:
            raise _OtherFormError
        text = text.replace("\n", " ")
    return text if mark[-1] == "-" else f"{text}\n"
