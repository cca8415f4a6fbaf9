"""Versions of the format: what older ones called otherwise, and what a newer one needs."""

from __future__ import annotations

from dataclasses import replace

from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

#: Words of format 1, by the key at which they are used, and what they are called now.
WORDS = {"actor": {"caller": "client"}}
#: Keys of format 1, by the key of what holds them.
KEYS = {"deprecated": {"correction": "never_sent"}}
#: What is below these keys is not of this format: a schema, headers.
FOREIGN = ("details", "headers")


def needed(version: int) -> str:
    """Return which Reasonbook reads files of *version*: 0.N is the first that reads version N."""
    return f"Reasonbook 0.{version} or newer"


def upgrade(node: Node, above: str = "") -> None:
    """Rewrite the nodes of a file of format 1, in place, as the newest format says the same."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            upgrade(item, above)
    elif isinstance(node, MappingNode):
        for old, new in KEYS.get(above, {}).items():
            if old in node.entries:
                node.entries[new] = node.entries.pop(old)
        for key, value in node.entries.items():
            if isinstance(value, ScalarNode) and isinstance(value.value, str):
                word = WORDS.get(key, {}).get(value.value)
                if word is not None:
                    node.entries[key] = replace(value, value=word)
            elif key not in FOREIGN:
                upgrade(value, key)
