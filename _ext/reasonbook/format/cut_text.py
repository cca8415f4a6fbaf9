"""Prose that a comment cuts short: in YAML, a space and a number sign end a text."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

#: The keys whose values are prose.
PROSE_KEYS = frozenset(
    ("summary", "cause", "fix", "fixes", "text", "when", "meaning", "ai_context")
)
#: What stands below these keys is not of this format: a schema, headers.
_FOREIGN_KEYS = frozenset(("details", "headers", "where"))


def check_texts(root: MappingNode, problems: Problems) -> None:
    """Report every prose text of a file that a comment cuts short, at the number sign."""
    for name, scalar in _prose(root, "", False):
        if scalar.comment is not None and isinstance(scalar.value, str):
            problems.add(
                Rule.CUT_TEXT,
                scalar.comment,
                f"{name} ends before #, since a comment begins there.",
            )


def _prose(node: Node, name: str, wanted: bool) -> Iterator[tuple[str, ScalarNode]]:
    if isinstance(node, MappingNode):
        for key, value in node.entries.items():
            if key not in _FOREIGN_KEYS:
                below = f"{name}.{key}" if name else key
                yield from _prose(value, below, key in PROSE_KEYS)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _prose(item, f"{name}[{index}]", wanted)
    elif wanted:
        yield name, node
