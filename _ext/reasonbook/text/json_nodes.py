"""A JSON file as the same nodes as a YAML file, so that one reader serves both."""

from __future__ import annotations

from typing import Any

from reasonbook.text import json_pointer
from reasonbook.text.json_text import JsonText
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode


def nodes_of(parsed: JsonText, path: str) -> Node:
    """Return the nodes of a JSON text; the place of a member is that of its name."""
    return _node(parsed.value, "", parsed, path)


def _node(value: Any, where: str, parsed: JsonText, path: str) -> Node:
    at = parsed.location(path, where)
    if isinstance(value, dict):
        below = {name: json_pointer.join(where, name) for name in value}
        entries = {name: _node(value[name], below[name], parsed, path) for name in value}
        return MappingNode(entries, at, {n: parsed.location(path, below[n]) for n in value})
    if isinstance(value, list):
        items = (
            _node(item, json_pointer.join(where, index), parsed, path)
            for index, item in enumerate(value)
        )
        return SequenceNode(tuple(items), at)
    return ScalarNode(value, at)
