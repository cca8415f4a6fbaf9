"""What to write where the shape of a file is wrong, read off its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from reasonbook import limits
from reasonbook.format.schemas import Part, Schema
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, plain
from reasonbook.text.yaml_values import read_plain

_NUMBER_FIRST = re.compile(r"([0-9]{1,15})\b.+", re.DOTALL)
_DECIMAL = re.compile(r"0*([0-9]{1,15})(?:\.0*)?")
_CAPITAL = re.compile(r"[A-Z](?![A-Z])")


def to_add(key: str, part: Part, schema: Schema) -> str:
    """Say what a missing key holds: the words to choose from, the keys it needs, and its use."""
    part = schema.resolved(part)
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
    said = part.get("description", "")
    if _CAPITAL.match(said):
        said = said[0].lower() + said[1:]
    return f"Add {key}{holds}: {said}" if said else ""


def to_write(node: Node, part: Part, schema: Schema) -> str:
    """Say what to write in place of a value of a wrong type, or nothing where that is unclear."""
    if isinstance(node, MappingNode) and not node.flow and len(node.entries) == 1:
        ((key, inner),) = node.entries.items()
        if plain(inner) is None and schema.accepts(part, key):
            return "Remove the colon."
    value = plain(node)
    if isinstance(value, str) and schema.accepts(part, read_plain(value).value):
        return "Remove the quotes."
    forms = schema.branches(part)
    words = any("enum" in form for form in forms)
    if (
        not words or not isinstance(value, str) or " " in value
    ):  # a single word was hardly meant as the item of a list
        fitting = next(_fitting(value, part, schema), None)
        shown = "" if fitting is None else flow(fitting)
        if shown and len(shown) <= limits.SHOWN_CHARACTERS:
            return f"Write {shown}."
    if any("string" in form.get("type", ()) for form in forms):
        return ""
    for form in forms:
        if form.get("required"):
            return f"Give it the keys {listed(form['required'], 'and')}."
        needed = schema.resolved(form.get("items", {})).get("required")
        if needed:
            return f"Write a list; each item begins with a dash, and has {listed(needed, 'and')}."
    return ""


def to_settle(node: ScalarNode, part: Part, schema: Schema) -> str:
    """Say what to write in place of a value on which readers disagree, where no text can be."""
    if "enum" in part:
        return f"Write {_options(part)}."
    if part.get("type") == "boolean":
        return "Write true or false."
    fitting = next(_fitting(plain(node), part, schema), None)
    return "" if fitting is None else f"Write {flow(fitting)}."


def listed(words: Sequence[str], last: str) -> str:
    """Write words as a list in a sentence; *last* is ``or`` or ``and``."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def flow(value: Any) -> str:
    """Write a value in YAML, on one line."""
    written = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return written.strip()[1:-1]


def _options(part: Part) -> str:
    return listed([str(option) for option in part["enum"] if option is not None], "or")


def _fitting(value: Any, part: Part, schema: Schema) -> Iterator[Any]:
    """Yield what *value* may have been meant as: a number, or one member or item of what fits."""
    if isinstance(value, str):
        for form in (_NUMBER_FIRST, _DECIMAL):
            if (found := form.fullmatch(value)) and schema.accepts(part, int(found[1])):
                yield int(found[1])
    for branch in schema.branches(part):
        required = set(branch.get("required", ()))
        for key, member in branch.get("properties", {}).items():
            if required <= {key} and value is not None and schema.accepts(member, value):
                yield {key: value}
        if "items" in branch:
            if schema.accepts(branch["items"], value):
                yield [value]
            else:
                yield from ([item] for item in _fitting(value, branch["items"], schema))
