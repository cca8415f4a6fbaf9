"""What schemas and ``x-`` keys say of codes, and which schema error responses share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reasonbook.importing.columns import Row
from reasonbook.importing.openapi.files import Bundle
from reasonbook.text import json_pointer as pointer

_BRANCHES = ("allOf", "anyOf", "oneOf")
#: Keys that others use for what each value of an enum means.
_MEANINGS = ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description")


class EnumCode(NamedTuple):
    """A code that a schema lists, and what it says of it."""

    code: str
    meaning: str
    where: str


def enum_codes(bundle: Bundle, schema: str, place: str) -> Iterator[EnumCode]:
    """Yield the codes that a schema lists for the value at a place of the body."""
    for where in _at(bundle, schema, pointer.tokens(place)):
        for at in _closure(bundle, where):
            part = bundle.get(at)
            meanings = _meanings(part)
            values = part.get("enum")
            listed = [*enumerate(values)] if isinstance(values, list) else []
            for index, value in listed:
                if _may_be_code(value):
                    meaning = meanings.get(value, meanings.get(index, ""))
                    yield EnumCode(str(value), meaning, pointer.join(at, "enum", index))
            if _may_be_code(part.get("const")):
                yield EnumCode(str(part["const"]), "", pointer.join(at, "const"))


def _may_be_code(value: Any) -> bool:
    """Tell whether a value of an enum may be a code; a number that is an HTTP status is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return isinstance(value, str) and value != ""
    return not 100 <= value <= 599


def described_at(bundle: Bundle, schema: str, place: str) -> Iterator[str]:
    """Yield the pointers of the schemas that one has for the value at a place of the body."""
    yield from _at(bundle, schema, pointer.tokens(place))


def is_required(bundle: Bundle, schema: str, place: str) -> bool:
    """Tell whether a body must have the value at a place."""
    holder, _, name = place.rpartition("/")
    parts = (at for where in described_at(bundle, schema, holder) for at in _closure(bundle, where))
    required = (bundle.get(at).get("required") for at in parts)
    return any(isinstance(names, list) and name in names for names in required)


def describes(bundle: Bundle, schema: str, place: str) -> bool:
    """Tell whether a schema describes the value at a place of the body."""
    return any(True for _ in described_at(bundle, schema, place))


def shared_schema(bundle: Bundle, schemas: Sequence[str], place: str) -> str | None:
    """Return the named schema that most of some schemas refer to, and that has the place."""
    counted: dict[str, int] = {}
    for schema in schemas:
        for where in dict.fromkeys(_named(bundle, schema)):
            counted[where] = counted.get(where, 0) + 1
    likely = sorted(counted, key=lambda where: -counted[where])
    found = next((where for where in likely if describes(bundle, where, place)), None)
    if found is None and len({*schemas}) == 1:
        return next((where for where in schemas if describes(bundle, where, place)), None)
    return found


def _named(bundle: Bundle, where: str, levels: int = 10) -> Iterator[str]:
    """Yield the schemas that one refers to for the whole body."""
    part = bundle.get(where)
    if not isinstance(part, dict) or not levels:
        return
    if "$ref" in part:
        target, _ = bundle.follow(where)
        if target != where:
            yield target
            yield from _named(bundle, target, levels - 1)
    branches = part.get("allOf")
    for index in range(len(branches)) if isinstance(branches, list) else ():
        yield from _named(bundle, pointer.join(where, "allOf", index), levels - 1)


def _closure(bundle: Bundle, where: str, seen: set[str] | None = None) -> Iterator[str]:
    """Yield the pointers of a schema, and of all that it applies to the same value."""
    seen = set() if seen is None else seen
    at, part = bundle.follow(where)
    if not isinstance(part, dict) or at in seen:
        return
    seen.add(at)
    yield at
    for keyword in _BRANCHES:
        branches = part.get(keyword)
        for index in range(len(branches)) if isinstance(branches, list) else ():
            yield from _closure(bundle, pointer.join(at, keyword, index), seen)


def _at(bundle: Bundle, where: str, steps: Sequence[str]) -> Iterator[str]:
    """Yield the pointers of the schemas of a part of the value."""
    if not steps:
        yield where
        return
    for at in _closure(bundle, where):
        keyword = ("items",) if steps[0] == "*" else ("properties", steps[0])
        inner = pointer.join(at, *keyword)
        if isinstance(bundle.get(inner), dict):
            yield from _at(bundle, inner, steps[1:])


def _meanings(part: dict[str, Any]) -> dict[Any, str]:
    """Return what a schema says of the values of its enum, by value or by their number."""
    for key in _MEANINGS:
        said = part.get(key)
        if isinstance(said, dict):
            return {name: text.strip() for name, text in said.items() if isinstance(text, str)}
        if isinstance(said, list):
            return {n: text.strip() for n, text in enumerate(said) if isinstance(text, str)}
    return {}


def extension_rows(bundle: Bundle, where: str) -> Iterator[tuple[str, Row]]:
    """Yield what a key such as ``x-error-codes`` lists: codes, texts by code, or objects."""
    value = bundle.get(where)
    items: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        items = enumerate(value)
    for name, item in items:
        at = pointer.join(where, name)
        row: dict[str, Any] = {} if isinstance(value, list) else {"code": name}
        if isinstance(item, str):
            row = {**row, "cause": item} if row else {"code": item}
        elif isinstance(item, dict):
            row |= item
        yield at, Row(row, bundle.location(at))
