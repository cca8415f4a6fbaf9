"""What to write where the shape of a file is wrong, read off the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from reasonbook.format.editor_schemas import accepts, resolved
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, plain
from reasonbook.text.yaml_values import read_plain

MAX_SHOWN = 60
_NUMBER_FIRST = re.compile(r"([0-9]{1,15})\b.+", re.DOTALL)
_DECIMAL = re.compile(r"0*([0-9]{1,15})(?:\.0*)?")
_CAPITAL = re.compile(r"[A-Z](?![A-Z])")


def description(part: dict[str, Any]) -> str:
    """Return what a part of a schema is for."""
    said: str = resolved(part).get("description", "")
    return said


def to_add(key: str, part: dict[str, Any]) -> str:
    """Say what a missing key holds: the words to choose from, the keys it needs, and its use."""
    part = resolved(part)
    holds = ""
    if "enum" in part:
        holds = f" ({_options(part)})"
    elif part.get("required"):
        members = part["properties"]
        with_words = [
            f"{name} ({_options(members[name])})" if "enum" in members[name] else name
            for name in part["required"]
        ]
        holds = f" with {listed(with_words, 'and')}"
    said = description(part)
    if _CAPITAL.match(said):
        said = said[0].lower() + said[1:]
    return f"Add {key}{holds}: {said}" if said else ""


def to_write(node: Node, part: dict[str, Any]) -> str:
    """Say what to write in place of a value of a wrong type, or nothing where that is unclear."""
    part = resolved(part)
    if isinstance(node, MappingNode) and not node.flow and len(node.entries) == 1:
        ((key, inner),) = node.entries.items()
        if plain(inner) is None and accepts(part, key):
            return "Remove the colon."
    value = plain(node)
    if isinstance(value, str) and accepts(part, read_plain(value).value):
        return "Remove the quotes."
    fitting = next(_fitting(value, part), None)
    shown = "" if fitting is None else flow(fitting)
    if shown and len(shown) <= MAX_SHOWN:
        return f"Write {shown}."
    if "string" in part.get("type", ()):
        return ""
    return _keys(part, "Give it the keys ") or _keys(
        resolved(part.get("items", {})), "Write a list; each item begins with a dash, and has "
    )


def to_settle(node: ScalarNode, part: dict[str, Any]) -> str:
    """Say what to write in place of a value on which readers disagree, where no text can stand."""
    part = resolved(part)
    if "enum" in part:
        return f"Write {_options(part)}."
    if part.get("type") == "boolean":
        return "Write true or false."
    fitting = next(_fitting(plain(node), part), None)
    return "" if fitting is None else f"Write {flow(fitting)}."


def listed(words: Sequence[str], last: str) -> str:
    """Write words as a list in a sentence; *last* is ``or`` or ``and``."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def flow(value: Any) -> str:
    """Write a value in YAML, on one line."""
    written = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return written.strip()[1:-1]


def _keys(part: dict[str, Any], say: str) -> str:
    return f"{say}{listed(part['required'], 'and')}." if part.get("required") else ""


def _options(part: dict[str, Any]) -> str:
    return listed([option for option in part["enum"] if option is not None], "or")


def _fitting(value: Any, part: dict[str, Any]) -> Iterator[Any]:
    """Yield what *value* may have been meant as: a number, or one member or item of what fits."""
    if isinstance(value, str):
        for form in (_NUMBER_FIRST, _DECIMAL):
            if (found := form.fullmatch(value)) and accepts(part, int(found[1])):
                yield int(found[1])
    required = set(part.get("required", ()))
    for key, member in part.get("properties", {}).items():
        if required <= {key} and value is not None and accepts(member, value):
            yield {key: value}
    if "items" in part:
        items = resolved(part["items"])
        if accepts(items, value):
            yield [value]
        else:
            yield from ([item] for item in _fitting(value, items))
