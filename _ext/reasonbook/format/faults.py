"""What is wrong with the shape of a file, in words, each fault at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, near_words, nearest, words_within
from reasonbook.format import hints
from reasonbook.format.kinds import NAME, NOT_BLANK, ONE_LINE
from reasonbook.format.placeholders import is_unfilled
from reasonbook.format.schemas import Part, Schema
from reasonbook.text.yaml_nodes import (
    MappingNode,
    Node,
    Plain,
    ScalarNode,
    SequenceNode,
    descend,
    plain,
)

Steps = tuple[str | int, ...]

#: What pydantic calls the faults that all come down to a value of the wrong type.
_WRONG_TYPE = re.compile(
    r"(string|int|float|bool|tuple|dict|model)(_attributes)?_type|int_from_float"
)
_WRONG_UNION = ("union_tag_invalid", "union_tag_not_found")
BAD_KEY = "bad_key"
_TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys and values",
    "null": "nothing",
}


@dataclass(frozen=True)
class Fault:
    """One fault as pydantic tells it, at the path of the data (without the tags of unions)."""

    path: Steps
    kind: str
    message: str  # as pydantic words it


def report_faults(
    faults: Sequence[Fault],
    schema: Schema,
    root: MappingNode,
    problems: Problems,
    rule: Rule | None,
) -> set[Steps]:
    """Report the faults of a file, under one *rule* if given.

    Returns where the keys belong that misspelt ones were most likely meant as.
    """
    return _Reporter(schema, root, problems, rule).report(faults)


class _Reporter:
    """Says what is wrong in a file, in words."""

    def __init__(
        self, schema: Schema, root: MappingNode, problems: Problems, rule: Rule | None
    ) -> None:
        self._schema = schema
        self._root = root
        self._problems = problems
        self._rule = rule

    def report(self, faults: Sequence[Fault]) -> set[Steps]:
        """Report every fault, but of a misspelt key not also that it is missing."""
        misspelt = {path for fault in faults for path in self._misspelt(fault)}
        for fault in faults:
            if fault.kind != "missing" or fault.path not in misspelt:
                self._report(fault)
        return misspelt

    def _misspelt(self, fault: Fault) -> list[Steps]:
        """Return the place of the key that an unknown one is most like."""
        if fault.kind != "extra_forbidden":
            return []
        *above, key = fault.path
        node, part = descend(self._root, tuple(above)), self._schema.part_at(above)
        near = self._near(str(key), node, part)
        is_absent = isinstance(node, MappingNode) and near not in node.entries
        return [(*above, near)] if near and is_absent else []

    def _near(self, key: str, node: Node, part: Part) -> str | None:
        """Return the known key most like an unknown one, best one that takes its value."""
        assert isinstance(node, MappingNode)
        known = self._members(part)
        absent = sorted(name for name in known if name not in node.entries)
        near = [*near_words(key, absent), *words_within(key, absent)] or near_words(
            key, sorted(known)
        )
        value = plain(node.entries[key])
        fitting = (name for name in near if self._schema.accepts(known[name], value))
        return next(fitting, next(iter(near), None))

    def _members(self, part: Part) -> dict[str, Part]:
        forms = self._schema.branches(part)
        return {key: member for form in forms for key, member in form.get("properties", {}).items()}

    def _report(self, fault: Fault) -> None:
        path, kind = fault.path, fault.kind
        if kind == "extra_forbidden":
            self._unknown_key(path)
            return
        if kind == "missing":
            self._missing_key(path)
            return
        if kind == BAD_KEY:
            self._bad_key(path)
            return
        node = descend(self._root, path)
        part = self._schema.resolved(self._schema.part_at(path))
        if isinstance(node, ScalarNode) and node.ambiguous:
            hint = hints.to_settle(node, part, self._schema)
            self._problems.give_hint(Rule.AMBIGUOUS_VALUE, node.location, hint)
        elif kind in _WRONG_UNION and isinstance(node, MappingNode) and self._members(part):
            self._wrong_keys(path, node, part)
        elif is_unfilled(node):
            pass  # which is all that is wrong with it, and has been reported
        elif _WRONG_TYPE.fullmatch(kind) or kind in _WRONG_UNION:
            self._wrong_type(path, node, part)
        else:
            self._wrong_value(fault, node, part)

    def _missing_key(self, path: Steps) -> None:
        *above, key = path
        part = self._schema.part_at(path)
        message = f"{name_of(tuple(above))} has no {key}."
        hint = hints.to_add(str(key), part, self._schema)
        self._add(Rule.MISSING_KEY, descend(self._root, tuple(above)), message, hint)

    def _unknown_key(self, path: Steps) -> None:
        *above, last = path
        key, node, part = str(last), descend(self._root, tuple(above)), self._schema.part_at(above)
        assert isinstance(node, MappingNode)
        known = ", ".join(sorted(self._members(part)))
        message = f"{name_of(tuple(above))} has the unknown key {shorten(key)}."
        hint = did_you_mean(self._near(key, node, part), f"Known here: {known}.")
        self._problems.add(self._rule or Rule.UNKNOWN_KEY, node.key_location(key), message, hint)

    def _bad_key(self, path: Steps) -> None:
        *above, key = path
        node = descend(self._root, tuple(above))
        assert isinstance(node, MappingNode)
        name, hint = name_of(tuple(above)), self._schema.part_at(above)["description"]
        message = f"{name} has the key {shorten(str(key))}, which is not allowed here."
        at = node.key_location(str(key))
        self._problems.add(self._rule or Rule.UNKNOWN_KEY, at, message, hint)

    def _wrong_keys(self, path: Steps, node: MappingNode, part: Part) -> None:
        """Report a record that is none of several kinds, or more than one at once."""
        name, known = name_of(path), self._members(part)
        for key in node.entries:
            if key not in known:
                self._unknown_key((*path, key))
        forms = self._schema.branches(part)
        kinds = [key for form in forms for key in form.get("required", ())]
        there = [key for key in kinds if key in node.entries]
        if node.entries.keys() <= known.keys():
            which = f"has {hints.listed(there, 'and')}" if there else "has none"
            message = f"{name} {which}; it must have exactly one of {hints.listed(kinds, 'or')}."
            rule = Rule.REMEDY_WAIT if "seconds" in kinds else Rule.WRONG_VALUE
            self._add(rule, node, message, "Name one; to name several, list them, the best first.")

    def _wrong_type(
        self, path: Steps, node: Node, part: Part, rule: Rule = Rule.WRONG_TYPE
    ) -> None:
        forms = self._schema.branches(part)
        types = [*dict.fromkeys(type_ for form in forms for type_ in _types(form))]
        words = [str(word) for form in forms if "type" not in form for word in form.get("enum", ())]
        wanted = hints.listed([_TYPE_NAMES[type_] for type_ in types], "or")
        if words:
            wanted = f"{wanted}, or the word {hints.listed(words, 'or')}"
        quotes = _quoting(node, types) if "string" in types and not words else ""
        hint = hints.to_write(node, part, self._schema) or quotes or part.get("description", "")
        message = f"{name_of(path)} must be {wanted}, not {describe(node, types)}."
        self._add(rule, node, message, part.get("hint") or hint)

    def _wrong_value(self, fault: Fault, node: Node, part: Part) -> None:
        name, hint = name_of(fault.path), part.get("description", "")
        shown = describe(node)
        forms = self._schema.branches(part)
        patterns = [form["pattern"] for form in forms if "pattern" in form]
        rule, message = Rule.WRONG_VALUE, f"{name} is {shown}; {fault.message}."
        match fault.kind:
            case "literal_error":
                words = [word for form in forms for word in form.get("enum", ())]
                options = ["null" if word is None else str(word) for word in words]
                if len(forms) > 1:
                    is_number = any("integer" in _types(form) for form in forms)
                    self._wrong_type(fault.path, node, part, Rule.WRONG_TYPE if is_number else rule)
                    return
                message = f"{name} is {shown}, which is not one of {', '.join(options)}."
                if isinstance(node, ScalarNode) and (near := nearest(str(node.value), options)):
                    hint = f"Did you mean {near}?"
            case "string_pattern_mismatch" | "string_too_long" if NAME in patterns:
                bare = str(plain(node)).removesuffix(".yaml")
                fits = self._schema.accepts(part, bare)
                rule, hint = Rule.BAD_NAME, f"Write {bare}, without .yaml." if fits else ""
                message = f"{name} is {shown}, which cannot be part of an address."
            case "string_pattern_mismatch" if ONE_LINE in patterns and str(plain(node)).strip():
                message, hint = f"{name} has a line break.", "Write it on one line."
            case "string_pattern_mismatch" if {NOT_BLANK, ONE_LINE} & {*patterns}:
                rule, message, hint = Rule.BLANK_TEXT, f"{name} is blank.", ""
            case "string_pattern_mismatch":
                form = next(iter(patterns), "")
                message = f"{name} is {shown}, which does not fit the form {form}."
            case "not_a_date":
                message = f"{name} is {shown}, which is not a date."
            case "too_short":
                message = f"{name} is empty."
            case "repeated":
                assert isinstance(node, SequenceNode)
                node, hint = _first_repeat(node), "Keep one of the two."
                message = f"{name} names {describe(node)} twice."
        self._add(rule, node, message, hint)

    def _add(self, rule: Rule, node: Node, message: str, hint: str = "") -> None:
        self._problems.add(self._rule or rule, node.location, message, hint)


def _types(form: Part) -> list[str]:
    found = form.get("type", [])
    return [found] if isinstance(found, str) else found


def _quoting(node: Node, types: Sequence[str]) -> str:
    """Say which quotes would make text of *node*, if it was meant as such."""
    if isinstance(node, ScalarNode):
        if node.value is not None:
            return "Put quotes round it."
        return "Put quotes round text that begins with #." if node.comment else ""
    if isinstance(node, SequenceNode) and "array" in types:
        return ""
    begin = "{" if isinstance(node, MappingNode) else "["
    what = f"begins with {begin}" if node.flow else "holds a colon and a space"
    return f"Put quotes round text that {what}." if node.flow or begin == "{" else ""


def _first_repeat(node: SequenceNode) -> Node:
    """Return the first item that is in the list before; such lists hold texts only."""
    seen: list[Plain] = []
    for item in node.items:
        if plain(item) in seen:
            return item
        seen.append(plain(item))
    raise ValueError("every item is there once")


def name_of(path: Steps) -> str:
    """Name a place as people say it: ``reasons[0].remedy``, or the file."""
    named = (f"[{step}]" if isinstance(step, int) else f".{shorten(step)}" for step in path)
    return "".join(named).lstrip(".") or "The file"


def describe(node: Node, wanted: Sequence[str] = ("string",)) -> str:
    """Say what *node* is; text where other types are *wanted* is named as such."""
    if not isinstance(node, ScalarNode):
        return "keys and values" if isinstance(node, MappingNode) else "a list"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    if node.value is None:
        return "nothing"
    text = str(node.value)
    shown = shorten(text) if text.strip() else "blank" if text else '""'
    named = isinstance(node.value, str) and "string" not in wanted
    return f'the text "{shown}"' if named else shown
