"""The shape of catalogue files: which keys, of which types. The shipped JSON Schemas decide.

The same schemas serve editors, so that an editor and the loader cannot disagree.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence as TypedSequence
from importlib import resources
from itertools import islice
from typing import Any, Literal

import jsonschema_rs

from .cut_text import check_texts
from .guess import nearest as nearest
from .location import Location
from .problems import Problems, Rule
from .unfilled import check_filled, is_unfilled
from .yaml_source import Mapping, Node, Plain, Scalar, Sequence, descend, plain

Kind = Literal["api", "domain"]

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


def check_shape(
    kind: Kind, root: Mapping, problems: Problems
) -> list[tuple[str | int, ...]] | None:
    """Hold a file against its schema; return the paths at which it fails, None if everywhere."""
    check_filled(root, problems)
    check_texts(root, problems)
    every = _validator(kind).iter_errors(plain(root))
    errors = [(tuple(error.instance_path), error) for error in islice(every, MAX_FINDINGS)]
    # Of a value of a wrong type nothing else is worth saying, nor that one misspelt is no date.
    found = {(path, error.kind.name) for path, error in errors}
    for path, error in errors:
        said_before = {"type": (), "format": ("type", "pattern")}.get(error.kind.name, ("type",))
        if not any((path, name) in found for name in said_before):
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


def schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of ``api.yaml`` or of a domain file."""
    loaded: dict[str, Any] = _schemas()[kind]
    return loaded


@functools.cache
def _schemas() -> dict[str, Any]:
    folder = resources.files("reasonbook.core") / "schemas"
    return {
        kind: json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
        for kind in ("api", "domain")
    }


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is not fetched")


@functools.cache
def _validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    registry = jsonschema_rs.Registry(
        [(f"json-schema:///{name}.schema.json", schema) for name, schema in _schemas().items()],
        retriever=_refuse,
    )
    return jsonschema_rs.Draft202012Validator(
        _schemas()[kind], registry=registry, validate_formats=True
    )


def _report(
    kind: Kind,
    error: jsonschema_rs.ValidationError,
    path: tuple[str | int, ...],
    root: Mapping,
    problems: Problems,
) -> None:
    node = descend(root, path)
    if isinstance(node, Scalar) and (node.ambiguous or is_unfilled(node)):
        return
    name = _name(path, root)
    part = _subschema(kind, error.schema_path)
    rule, at, message, hint = Rule.WRONG_VALUE, node.location, "", _description(part)
    details = error.kind.as_dict()
    match error.kind.name:
        case "additionalProperties":
            assert isinstance(node, Mapping)
            known = sorted(part.get("properties", {}))
            for key in details["unexpected"][:MAX_FINDINGS]:
                _unknown_key(key, known, name, node.key_locations[key], problems)
            return
        case "required":
            rule = Rule.MISSING_KEY
            missing = details["property"]
            message = f"{name} has no {missing}."
            hint = _description(part.get("properties", {}).get(missing, {}))
        case "type":
            rule = Rule.WRONG_TYPE
            types = part["type"] if isinstance(part["type"], list) else [part["type"]]
            wanted = " or ".join(_TYPE_NAMES[type_] for type_ in types)
            message = f"{name} must be {wanted}, not {_describe(node, types)}."
            if "string" in types and "array" not in types:
                hint = _quoting(node) or hint
        case "enum":
            options = ["null" if option is None else str(option) for option in part["enum"]]
            message = f"{name} is {_describe(node)}, which is none of {', '.join(options)}."
            if isinstance(node, Scalar) and (near := nearest(str(node.value), options)):
                hint = f"Did you mean {near}?"
        case "pattern" if part["pattern"] == r"\S":
            rule, message, hint = Rule.BLANK_TEXT, f"{name} is blank.", ""
        case "pattern" | "maxLength" if part == _schemas()["api"]["$defs"]["name"]:
            rule, hint = Rule.BAD_NAME, ""
            message = f"{name} is {_describe(node)}, which cannot stand in an address."
        case "pattern":
            message = f"{name} is {_describe(node)}, which does not fit the form {part['pattern']}."
        case "propertyNames":
            assert isinstance(node, Mapping)
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
            assert isinstance(node, Sequence)
            again = _first_repeat(node)
            message = f"{name} names {_describe(again)} twice."
            at, hint = again.location, "Keep one of the two."
        case _:
            message = f"{name}: {error.message}."
    problems.add(rule, at, message, hint)


def _quoting(node: Node) -> str:
    """Say which quotes would make text of *node*, if it was meant as such."""
    if not isinstance(node, Scalar):
        begin = "{" if isinstance(node, Mapping) else "["
        what = f"begins with {begin}" if node.flow else "holds a colon and a space"
        return f"Put quotes round text that {what}." if node.flow or begin == "{" else ""
    if node.value is not None:
        return "Put quotes round it."
    return "Put quotes round text that begins with #." if node.comment else ""


def _first_repeat(node: Sequence) -> Node:
    """Return the first item that stands in the list before; the schemas use it on texts only."""
    seen: list[Plain] = []
    for item in node.items:
        if plain(item) in seen:
            return item
        seen.append(plain(item))
    raise ValueError("every item stands there once")


def _unknown_key(
    key: str, known: TypedSequence[str], name: str, location: Location, problems: Problems
) -> None:
    near = nearest(key, known)
    hint = f"Did you mean {near}?" if near else f"Known here: {', '.join(known)}."
    problems.add(Rule.UNKNOWN_KEY, location, f"{name} has the unknown key {_shorten(key)}.", hint)


def _name(path: tuple[str | int, ...], root: Node) -> str:
    """Name a place as people say it: ``reasons[0].remedy``, or the file."""
    text, node = "", root
    for step in path:
        text += f"[{step}]" if isinstance(node, Sequence) else f".{_shorten(str(step))}"
        node = descend(node, (step,))
    return text.lstrip(".") or "The file"


def _describe(node: Node, wanted: TypedSequence[str] = ("string",)) -> str:
    """Say what *node* is; text where other types are *wanted* is named as such."""
    if not isinstance(node, Scalar):
        return "keys and values" if isinstance(node, Mapping) else "a list"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    if node.value is None:
        return "nothing"
    shown = _shorten(str(node.value))
    return f"the text {shown}" if isinstance(node.value, str) and "string" not in wanted else shown


def _shorten(text: str) -> str:
    if not text.strip():
        return '""' if not text else "blank"
    return text if len(text) <= 60 else text[:60] + "..."


def _description(part: Any) -> str:
    return part.get("description", "") if isinstance(part, dict) else ""


def _subschema(kind: Kind, schema_path: TypedSequence[str | int]) -> dict[str, Any]:
    """Return the part of the schema that holds the failed keyword.

    The validator names parts by where they are defined; a path that begins with ``$defs`` may lie
    in either file.
    """
    for name in (kind, "api"):
        part: Any = _schemas()[name]
        for step in list(schema_path)[:-1]:
            part = part.get(step) if isinstance(part, dict) else None
        if isinstance(part, dict):
            return part
    return {}
