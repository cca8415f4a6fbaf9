"""The shape of catalogue files: which keys, of which types. The shipped JSON Schemas decide.

The same schemas serve editors, so that an editor and the loader cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

import jsonschema_rs

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, near_words, nearest, words_within
from reasonbook.format import hints
from reasonbook.format.cut_text import check_texts
from reasonbook.format.editor_schemas import Kind, accepts, is_name, part_of, validator
from reasonbook.format.placeholders import check_filled, is_unfilled
from reasonbook.text.yaml_nodes import (
    MappingNode,
    Node,
    Plain,
    ScalarNode,
    SequenceNode,
    descend,
    plain,
)

Path = tuple[str | int, ...]

_WORDS = re.compile(r"\^\(?([a-z|]+)\)?\$")  # a pattern that lists them
MAX_FINDINGS = 200  # in one file; those after them come to light once these are mended

_TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys and values",
    "null": "nothing",
}


def check_shape(kind: Kind, root: MappingNode, problems: Problems) -> list[Path] | None:
    """Hold a file against its schema; return the paths at which it fails, None if everywhere."""
    check_filled(root, problems)
    check_texts(root, problems)
    every = validator(kind).iter_errors(plain(root))
    errors = [(tuple(error.instance_path), error) for error in islice(every, MAX_FINDINGS)]
    # Of a value of a wrong type nothing else is worth saying, nor that one misspelt is no date,
    # nor that a misspelt key is missing.
    found = {(path, error.kind.name) for path, error in errors}
    misspelt = {place for path, error in errors for place in _misspelt(kind, error, path, root)}
    for path, error in errors:
        said_before = {"type": (), "format": ("type", "pattern")}.get(error.kind.name, ("type",))
        if any((path, name) in found for name in said_before):
            continue
        if error.kind.name == "required" and (*path, error.kind.as_dict()["property"]) in misspelt:
            continue
        _report(kind, error, path, root, problems)
    if len(errors) == MAX_FINDINGS:
        message = f"After {MAX_FINDINGS} faults the rest of the file is not looked at."
        problems.add(Rule.TOO_LARGE, root.location, message)
        return None
    # A text that is left to fill in is only that, unless no text at all belongs there.
    return [
        path
        for path, error in errors
        if error.kind.name == "type" or not is_unfilled(descend(root, path))
    ]


def _misspelt(
    kind: Kind, error: jsonschema_rs.ValidationError, path: Path, root: MappingNode
) -> list[Path]:
    """Return the places of the keys that unknown ones were meant as."""
    node = descend(root, path)
    if error.kind.name != "additionalProperties" or not isinstance(node, MappingNode):
        return []
    part = part_of(kind, error.schema_path)
    unexpected = error.kind.as_dict()["unexpected"][:MAX_FINDINGS]
    return [(*path, near) for key in unexpected if (near := _meant(key, node, part))]


def _meant(key: str, node: MappingNode, part: dict[str, Any]) -> str | None:
    """Return the known key that an unknown one was meant as, best one that takes its value."""
    known = part.get("properties", {})
    absent = sorted(name for name in known if name not in node.entries)
    near = [*near_words(key, absent), *words_within(key, absent)] or near_words(key, sorted(known))
    value = plain(node.entries[key])
    return next((name for name in near if accepts(known[name], value)), next(iter(near), None))


def _report(
    kind: Kind,
    error: jsonschema_rs.ValidationError,
    path: Path,
    root: MappingNode,
    problems: Problems,
) -> None:
    node, part = descend(root, path), part_of(kind, error.schema_path)
    if isinstance(node, ScalarNode) and node.ambiguous:
        problems.give_hint(Rule.AMBIGUOUS_VALUE, node.location, hints.to_settle(node, part))
        return
    if is_unfilled(node):
        return
    name = _name(path, root)
    rule, at, message, hint = Rule.WRONG_VALUE, node.location, "", hints.description(part)
    details = error.kind.as_dict()
    match error.kind.name:
        case "additionalProperties":
            assert isinstance(node, MappingNode)
            for key in details["unexpected"][:MAX_FINDINGS]:
                _unknown_key(key, node, part, name, problems)
            return
        case "required":
            rule = Rule.MISSING_KEY
            missing = details["property"]
            message = f"{name} has no {missing}."
            hint = hints.to_add(missing, part.get("properties", {}).get(missing, {}))
        case "type":
            rule = Rule.WRONG_TYPE
            types = part["type"] if isinstance(part["type"], list) else [part["type"]]
            wanted = " or ".join(_TYPE_NAMES[type_] for type_ in types)
            message = f"{name} must be {wanted}, not {_describe(node, types)}."
            quotes = _quoting(node, types) if "string" in types else ""
            hint = part.get("hint") or hints.to_write(node, part) or quotes or hint
        case "enum":
            options = ["null" if option is None else str(option) for option in part["enum"]]
            message = f"{name} is {_describe(node)}, which is none of {', '.join(options)}."
            if isinstance(node, ScalarNode) and (near := nearest(str(node.value), options)):
                hint = f"Did you mean {near}?"
        case "pattern" if part["pattern"] == r"\S":
            rule, message, hint = Rule.BLANK_TEXT, f"{name} is blank.", ""
        case "pattern" | "maxLength" if is_name(part):
            bare = str(plain(node)).removesuffix(".yaml")
            rule, hint = (
                Rule.BAD_NAME,
                f"Write {bare}, without .yaml." if accepts(part, bare) else "",
            )
            message = f"{name} is {_describe(node)}, which cannot stand in an address."
        case "pattern" if words := _WORDS.fullmatch(part["pattern"]):
            or_word = f"a list, or the word {hints.listed(words[1].split('|'), 'or')}"
            message = f"{name} must be {or_word}, not {_describe(node, ())}."
            # A single word was hardly meant as the item of a list.
            hint = (hints.to_write(node, part) if " " in str(plain(node)) else "") or hint
        case "pattern":
            message = f"{name} is {_describe(node)}, which does not fit the form {part['pattern']}."
        case "propertyNames":
            assert isinstance(node, MappingNode)
            key = details["error"].instance
            rule, at = Rule.UNKNOWN_KEY, node.key_locations[key]
            message = f"{name} has the key {_shorten(key)}, which cannot stand here."
        case "format":
            message = f"{name} is {_describe(node)}, which is no {part['format']}."
        case "maxProperties":
            message = f"{name} holds more than one of {', '.join(sorted(part['properties']))}."
        case "minProperties" | "minItems":
            message = f"{name} is empty."
        case "uniqueItems":
            assert isinstance(node, SequenceNode)
            again = _first_repeat(node)
            message = f"{name} names {_describe(again)} twice."
            at, hint = again.location, "Keep one of the two."
        case _:
            message = f"{name}: {error.message}."
    problems.add(rule, at, message, hint)


def _quoting(node: Node, types: Sequence[str]) -> str:
    """Say which quotes would make text of *node*, if it was meant as such."""
    if isinstance(node, ScalarNode):
        if node.value is not None:
            return "Put quotes round it."
        return "Put quotes round text that begins with #." if node.comment else ""
    if "array" in types:
        return ""
    begin = "{" if isinstance(node, MappingNode) else "["
    what = f"begins with {begin}" if node.flow else "holds a colon and a space"
    return f"Put quotes round text that {what}." if node.flow or begin == "{" else ""


def _first_repeat(node: SequenceNode) -> Node:
    """Return the first item that stands in the list before; the schemas use it on texts only."""
    seen: list[Plain] = []
    for item in node.items:
        if plain(item) in seen:
            return item
        seen.append(plain(item))
    raise ValueError("every item stands there once")


def _unknown_key(
    key: str, node: MappingNode, part: dict[str, Any], name: str, problems: Problems
) -> None:
    near = _meant(key, node, part)
    known = ", ".join(sorted(part.get("properties", {})))
    hint = did_you_mean(near, f"Known here: {known}.")
    message = f"{name} has the unknown key {_shorten(key)}."
    problems.add(Rule.UNKNOWN_KEY, node.key_locations[key], message, hint)


def _name(path: tuple[str | int, ...], root: Node) -> str:
    """Name a place as people say it: ``reasons[0].remedy``, or the file."""
    text, node = "", root
    for step in path:
        text += f"[{step}]" if isinstance(node, SequenceNode) else f".{_shorten(str(step))}"
        node = descend(node, (step,))
    return text.lstrip(".") or "The file"


def _describe(node: Node, wanted: Sequence[str] = ("string",)) -> str:
    """Say what *node* is; text where other types are *wanted* is named as such."""
    if not isinstance(node, ScalarNode):
        return "keys and values" if isinstance(node, MappingNode) else "a list"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    if node.value is None:
        return "nothing"
    shown = _shorten(str(node.value))
    named = isinstance(node.value, str) and "string" not in wanted
    return f'the text "{shown}"' if named else shown


def _shorten(text: str) -> str:
    if not text.strip():
        return '""' if not text else "blank"
    return text if len(text) <= 60 else text[:60] + "..."
