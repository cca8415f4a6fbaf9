"""A document that others wrote, of which one part is used: YAML or JSON, with the place of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.catalogue.layout import YAML_SUFFIXES
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problem, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text import json_pointer as pointer
from reasonbook.text.characters import check_hidden
from reasonbook.text.files import OPENAPI_FILE, read_text
from reasonbook.text.json_characters import check_schema_texts
from reasonbook.text.json_reader import parse_json
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, plain
from reasonbook.text.yaml_reader import parse_yaml

# Faults of single values; after the others the rest of the file is not known.
_OF_YAML = frozenset((Rule.AMBIGUOUS_VALUE, Rule.YAML_FEATURE))
_OF_VALUES = _OF_YAML.union(
    (
        Rule.DUPLICATE_KEY,
        Rule.HIDDEN_CHARACTER,
        Rule.JSON_DUPLICATE_MEMBER,
        Rule.JSON_UNSAFE_VALUE,
    )
)
_OR_JSON = " Or convert the file to JSON, and name that one."
_END = Location("", 1 << 30)


@dataclass(frozen=True)
class Document:
    """What a file holds, and what is wrong with it, which matters only in the parts used."""

    path: Path
    root: MappingNode
    data: Any
    faults: Sequence[Problem]

    def location(self, where: str) -> Location:
        """Return the place of a member, by its name, else of the nearest value that holds it."""
        at, _, node = self._find(where)
        return node.location if isinstance(node, ScalarNode) and node.ambiguous else at

    def report(self, used: Iterable[str], ignored: Iterable[str], problems: Problems) -> None:
        """Report the faults of the parts at the pointers *used*, but of what in them is ignored."""
        spans = [(*self._find(where)[:2], True) for where in used]
        spans += [(*self._find(where)[:2], False) for where in ignored]
        for fault in self.faults:
            around = [span for span in spans if span[0][1:] <= fault.location[1:] < span[1][1:]]
            if around and max(around, key=lambda span: span[0][1:])[2]:
                problems.extend([fault])

    def is_unreadable(self, where: str, problems: Problems) -> bool:
        """Report a fault on the way to a part, such as an alias; tell whether there is one."""
        node = self._find(where)[2]
        if not isinstance(node, ScalarNode) or not node.ambiguous:
            return False
        problems.extend(fault for fault in self.faults if fault.location == node.location)
        return True

    def _find(self, where: str) -> tuple[Location, Location, Node]:
        """Return where a value begins, with its name, and ends, and the value; or its holder's."""
        node: Node = self.root
        at, end = node.location, _END
        for token in pointer.tokens(where):
            if isinstance(node, MappingNode) and token in node.entries:
                places, index = (
                    [*map(node.key_location, node.entries)],
                    [*node.entries].index(token),
                )
                at, node = places[index], node.entries[token]
            elif isinstance(node, SequenceNode) and token.isdecimal() and len(token) < 10:
                places, index = [item.location for item in node.items], int(token)
                if index >= len(places):
                    break
                at, node = places[index], node.items[index]
            else:
                break
            end = places[index + 1] if index + 1 < len(places) else end
        return at, end, node


def read_document(path: Path, problems: Problems) -> Document | None:
    """Read a YAML or a JSON file; None where that failed, and *problems* say why."""
    text = read_text(path, problems)
    if text is None:
        return None
    found = Problems()
    shown = display_path(path)
    if path.suffix in YAML_SUFFIXES:
        faults = Problems()
        root: Node | None = parse_yaml(text, shown, faults, OPENAPI_FILE)
        for fault in faults:
            hint = fault.hint + (_OR_JSON if fault.rule in _OF_YAML else "")
            found.add(fault.rule, fault.location, fault.message, hint)
    else:
        parsed = parse_json(text, limits.FILE_BYTES, limits.OPENAPI_FINDINGS)
        check_hidden(text, shown, found)
        parsed.report(partial(Location, shown), found)
        if "\\u" in text and not parsed.broken:
            check_schema_texts(parsed, shown, found)
        root = None if parsed.broken else parsed.nodes(shown)
    if isinstance(root, MappingNode):
        return Document(path, root, plain(root), [*found])
    if root is not None:
        problems.add(Rule.ENVELOPE_SCHEMA, root.location, "The file must hold a JSON object.")
    serious = [fault for fault in found if fault.rule not in _OF_VALUES]
    problems.extend(serious or [*found][-1:])
    return None
