"""The fields that a JSON Schema describes, as rows for a table."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reasonbook import limits
from reasonbook.schema.references import References
from reasonbook.text.json_pointer import escape_token

_LIMITS = {
    "pattern": "matches {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
}
_VALUES = ("always {}", "one of {}", "{}")
_BRANCHES = ("anyOf", "oneOf")
_NULL = ("null",)

Limits = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """One member of a body; ``limits`` are phrases whose second part is a value to show as code."""

    pointer: str  # JSON Pointer; the items of a list are written as *
    types: tuple[str, ...]
    required: bool
    description: str
    limits: Limits


def schema_fields(schema: Any) -> tuple[Field, ...]:
    """List the fields of *schema* in its order, each once, and before those inside it.

    A schema that refers to itself is opened once. What is not valid in a schema is passed over.
    """
    return tuple(_by_pointer(_Fields(schema).below(schema, "", frozenset({"#"}))).values())


def has_too_many_fields(schema: Any) -> bool:
    """Tell whether :func:`schema_fields` would leave some out, since no table could hold them."""
    fields = _Fields(schema)
    deque(fields.below(schema, "", frozenset({"#"})), maxlen=0)
    return fields.steps > limits.SCHEMA_FIELDS


class _Fields:
    """Walks through a schema; schemas that refer to each other have no end of paths."""

    def __init__(self, root: Any) -> None:
        self._references = References(root)
        self._parts = 0
        self.steps = 0

    def below(self, schema: Any, pointer: str, opened: frozenset[str]) -> Iterator[Field]:
        """Yield the fields inside of the value at *pointer*; *opened* are references to it."""
        self.steps += 1
        if self.steps > limits.SCHEMA_FIELDS:
            return
        schema, followed = self._references.merged(schema)
        if not isinstance(schema, Mapping) or followed & opened:
            return
        opened |= followed
        required = {name for name in _list(schema, "required") if isinstance(name, str)}
        properties = schema.get("properties")
        for name, member in properties.items() if isinstance(properties, Mapping) else ():
            here = f"{pointer}/{escape_token(name)}"
            yield self._field(member, here, name in required, frozenset())
            yield from self.below(member, here, opened)
        for item in (*_list(schema, "prefixItems"), schema.get("items")):
            yield from self.below(item, f"{pointer}/*", opened)
        for part in _list(schema, "allOf"):
            yield from self.below(part, pointer, opened)
        for keyword in _BRANCHES:
            branches = [
                _by_pointer(self.below(branch, pointer, opened))
                for branch in _list(schema, keyword)
                if not self._is_scalar(branch)
            ]
            yield from _fields_of_any(branches, pointer)

    def _is_scalar(self, schema: Any) -> bool:
        types = self._field(schema, "", False, frozenset()).types
        return bool(types) and {"object", "array"}.isdisjoint(types)

    def _field(self, schema: Any, pointer: str, required: bool, opened: frozenset[str]) -> Field:
        """Return a member, with what its references and parts say of it."""
        self._parts += 1
        schema, followed = self._references.merged(schema)
        if not isinstance(schema, Mapping) or followed & opened:
            return Field(pointer, (), required, "", ())
        said = _field(schema, pointer, required)
        if self._parts > limits.SCHEMA_PARTS:
            return said

        def fields(keyword: str) -> list[Field]:
            parts = _list(schema, keyword)
            return [self._field(part, pointer, required, opened | followed) for part in parts]

        for part in fields("allOf"):
            said = _both(said, part)
        for keyword in _BRANCHES:
            if branches := fields(keyword):
                said = _both(said, _either(branches))
        return said


def _by_pointer(fields: Iterable[Field]) -> dict[str, Field]:
    """Return fields by their pointers; what is said of one in several places holds together."""
    found: dict[str, Field] = {}
    for field in fields:
        known = found.get(field.pointer)
        found[field.pointer] = _both(known, field) if known else field
    return found


def _both(one: Field, other: Field) -> Field:
    """Return a field of which two schemas speak, both of which apply."""
    common = tuple(type_ for type_ in one.types if type_ in other.types)
    lists_values = any(phrase in _VALUES for phrase, _ in one.limits)
    more = (limit for limit in other.limits if not (lists_values and limit[0] in _VALUES))
    return Field(
        one.pointer,
        common or one.types or other.types,
        one.required or other.required,
        one.description or other.description,
        tuple(dict.fromkeys((*one.limits, *more))),
    )


def _either(fields: Sequence[Field]) -> Field:
    """Return a field of which several schemas speak, any of which applies."""
    types = dict.fromkeys(type_ for field in fields for type_ in field.types)
    is_any = not all(field.types for field in fields)
    filled = [field for field in fields if field.types != _NULL] or fields
    return Field(
        fields[0].pointer,
        () if is_any else tuple(sorted(types, key=lambda type_: type_ == "null")),
        all(field.required for field in fields),
        filled[0].description if len(filled) == 1 else "",
        _limits_of_any([field.limits for field in filled]),
    )


def _limits_of_any(each: Sequence[Limits]) -> Limits:
    """Return what holds whichever limits apply: the same ones, or the values of them all."""
    same = tuple(limit for limit in each[0] if all(limit in limits for limits in each))
    values = [[value for phrase, value in limits if phrase in _VALUES] for limits in each]
    if len(each) == 1 or not all(values):
        return same if same == each[0] else tuple(x for x in same if x[0] not in _VALUES)
    listed = dict.fromkeys(value for some in values for value in some)
    others = tuple(limit for limit in same if limit[0] not in _VALUES)
    return (*_listed(tuple(listed)), *others)


def _fields_of_any(branches: Sequence[Mapping[str, Field]], base: str) -> Iterator[Field]:
    """Yield the fields of branches; required is what each demands that has its holder."""
    for pointer in dict.fromkeys(pointer for branch in branches for pointer in branch):
        holder = pointer.rpartition("/")[0]
        while holder.endswith("/*"):
            holder = holder.removesuffix("/*")
        holders = [b for b in branches if len(holder) <= len(base) or holder in b]
        found = [branch[pointer] for branch in branches if pointer in branch]
        demanded = len(found) == len(holders) and all(field.required for field in found)
        yield replace(_either(found), required=demanded)


def _list(schema: Mapping[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def _field(schema: Mapping[str, Any], pointer: str, required: bool) -> Field:
    """Return what a schema says of a member itself."""
    kind = schema.get("type")
    types = (kind,) if isinstance(kind, str) else tuple(map(str, _list(schema, "type")))
    said: list[tuple[str, str]] = []
    if "const" in schema:
        said.append(("always {}", _json(schema["const"])))
    # That it may be null, its type says already.
    values = (v for v in _list(schema, "enum") if v is not None or "null" not in types)
    said += _listed([_json(value) for value in values])
    if "format" in schema and (not types or "string" in types):
        said.append(("format {}", str(schema["format"])))
    said += [
        (phrase.removesuffix("s") if schema[keyword] == 1 else phrase, str(schema[keyword]))
        for keyword, phrase in _LIMITS.items()
        if keyword in schema
    ]
    return Field(pointer, types, required, str(schema.get("description", "")), tuple(said))


def _listed(values: Sequence[str]) -> Limits:
    return tuple(("{}" if index else "one of {}", value) for index, value in enumerate(values))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
