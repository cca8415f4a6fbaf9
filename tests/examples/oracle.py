"""What a JSON Schema says of each value of a body, for as much of JSON Schema as samples use.

It is written for the tests alone, so that they do not ask the code under test what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .originals import Original

UNKNOWN = {"allOf", "anyOf", "oneOf", "not", "if", "patternProperties", "prefixItems", "$anchor"}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "number": int | float,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


class Fact(NamedTuple):
    """A value of a body with its schema, and the rule for bodies that break it."""

    pointer: str
    value: Any
    schema: dict[str, Any]
    rule: str

    @property
    def is_described(self) -> bool:
        """Whether this is an object with named members, and so one that has no others."""
        return isinstance(self.value, dict) and "properties" in self.schema

    @property
    def types(self) -> tuple[str, ...]:
        types = self.schema.get("type", ())
        return (types,) if isinstance(types, str) else tuple(types)


def facts(original: Original) -> list[Fact]:
    """Everything that the schemas of the envelope and of the details say of a body."""
    envelope, reason = original.api.envelope, original.reason
    root = dict(envelope.body_schema)
    found = [
        fact
        for fact in _facts(root, root, original.value, "", "example-envelope")
        if envelope.details is None or not fact.pointer.startswith(f"{envelope.details}/")
    ]
    if envelope.details is not None and original.has(envelope.details):
        value, schema = original.at(envelope.details), reason.details
        found += _facts(schema, schema, value, envelope.details, "example-details")
    return found


def _facts(schema: Any, root: Any, value: Any, pointer: str, rule: str) -> Iterator[Fact]:
    if "$ref" in schema:
        for token in schema["$ref"].split("/")[1:]:
            schema = (root if token == "$defs" else schema)[token]
    assert not UNKNOWN & schema.keys(), "teach the oracle"
    yield Fact(pointer, value, schema, rule)
    if isinstance(value, dict):
        for name, item in value.items():
            part = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if part is not None:
                yield from _facts(part, root, item, f"{pointer}/{name}", rule)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _facts(schema["items"], root, item, f"{pointer}/{index}", rule)


def of_another_type(fact: Fact) -> Any:
    """A value of a type that the schema does not name; bool is no number of JSON."""
    allowed = tuple(TYPES[name] for name in fact.types)
    return next(value for value in ("5", 5, {}) if not isinstance(value, allowed))


def ruled_out(fact: Fact) -> Iterator[Any]:
    """Values of the right type that the schema rules out by another keyword."""
    schema = fact.schema
    if "const" in schema or "enum" in schema:
        yield "no such word"
    if "pattern" in schema:
        wrong = f"!{fact.value}"
        assert not re.search(schema["pattern"], wrong)
        yield wrong
    if "minLength" in schema:
        yield "x" * (schema["minLength"] - 1)
    if "minimum" in schema:
        yield schema["minimum"] - 1
    if schema.get("minItems"):
        yield []
    if "maxItems" in schema:
        yield [*fact.value, *fact.value] * schema["maxItems"]
