"""JSON Schemas made from the model: for editors, and to read hints from."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import jsonschema_rs
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from reasonbook.format.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Part = dict[str, Any]
# One of them fits every kind of value that must be there.
_STAND_INS: list[Any] = [
    "faulty",
    "2000-01-01",
    "",
    "https://example.com/",
    "0123456789abcdef",
    100,
    False,
    [],
]


class Generator(GenerateJsonSchema):
    """Writes schemas as people would: without titles, and null beside the type it belongs to."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave titles out: they only repeat the keys."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Allow null by type, not by a branch of its own."""
        inner = self.generate_inner(schema["schema"])
        if "enum" in inner:
            return {**inner, "enum": [*inner["enum"], None]}
        if isinstance(inner.get("type"), str):
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [*inner.get("anyOf", [inner]), {"type": "null"}]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Write words as a list of words, also where there is only one."""
        return {"enum": [*schema["expected"]]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave defaults out: a key that is left out is not written."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Hold the names of members to their kind, too."""
        names = self.generate_inner(schema.get("keys_schema", {"type": "str"}))
        found: JsonSchemaValue = {"type": "object"}
        if names != {"type": "string"}:
            found["propertyNames"] = {key: said for key, said in names.items() if key != "type"}
        if schema.get("values_schema", {}).get("type") != "any":
            found["additionalProperties"] = self.generate_inner(schema["values_schema"])
        if "min_length" in schema:
            found["minProperties"] = schema["min_length"]
        return found

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Leave out what is said of a record in code."""
        found = super().model_schema(schema)
        return {key: said for key, said in found.items() if key not in ("title", "description")}


@functools.cache
def schema_of(model: type[Record], mode: JsonSchemaMode = "validation") -> Part:
    """Return the JSON Schema of what a record is read from, or of how it is exported."""
    return model.model_json_schema(mode=mode, schema_generator=Generator)


@functools.lru_cache(maxsize=1024)  # a fault that many files have asks the same each time
def _validator(model: type[Record], part: str) -> jsonschema_rs.Draft202012Validator:
    """Return what validates a part of the schema of a record; the part is JSON."""
    whole = {"$defs": schema_of(model).get("$defs", {}), **json.loads(part)}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


class Schema:
    """The schema of a file, and questions about its parts."""

    def __init__(self, model: type[Record]) -> None:
        self._model = model
        self._root = schema_of(model)

    def resolved(self, part: Part) -> Part:
        """Return a part together with what it refers to; its own words go before those."""
        if "$ref" not in part:
            return part
        found = self._root["$defs"][part["$ref"].rpartition("/")[2]]
        return {**self.resolved(found), **{key: v for key, v in part.items() if key != "$ref"}}

    def branches(self, part: Part) -> list[Part]:
        """Return the forms that a value may have: one, or those of a union."""
        part = self.resolved(part)
        several = part.get("oneOf") or part.get("anyOf") or ()
        return [form for branch in several for form in self.branches(branch)] or [part]

    def accepts(self, part: Part, value: Any) -> bool:
        """Tell whether a part accepts a value."""
        return _validator(self._model, json.dumps(part)).is_valid(value)

    def part_at(self, path: Sequence[str | int]) -> Part:
        """Return the part for the value at a path; empty where the schema has none."""
        part: Part = self._root
        for step in path:
            part = next(self._below(part, step), {})
        return part

    def _below(self, part: Part, step: str | int) -> Iterator[Part]:
        for form in self.branches(part):
            if isinstance(step, int):
                if "items" in form:
                    yield form["items"]
            elif step in form.get("properties", {}):
                yield form["properties"][step]
            elif isinstance(form.get("additionalProperties"), dict):
                yield form["additionalProperties"]

    def stand_in(self, part: Part, value: Any) -> Any:
        """Return a value that fits a part, as near as may be to the faulty one."""
        form = self.branches(part)[0]
        types = form.get("type", ())
        if "enum" in form:
            return "unknown" if "unknown" in form["enum"] else form["enum"][0]
        if "object" in types:
            members = form.get("properties", {})
            found = {key: self.stand_in(members[key], None) for key in form.get("required", ())}
            if not found and form.get("minProperties"):
                found["faulty"] = self.stand_in(form["additionalProperties"], None)
            return found
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        tried = ([str(value)] if is_number else []) + _STAND_INS
        return next(other for other in tried if self.accepts(form, other))
