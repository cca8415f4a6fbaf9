"""How a body differs from its schema: each error at its own place, in words that fit a line."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs

from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.format.placeholders import is_unfilled
from reasonbook.schema.compile import CheckedSchema
from reasonbook.text import json_pointer as pointer

# The validator says of all three that there is no such item.
_HOW_MANY = {"minContains": "too few items are", "maxContains": "too many items are"}


def report_schema_errors(
    case: Case, schema: CheckedSchema, value: Any, at: str, rule: Rule, problems: Problems
) -> None:
    """Report every error of *value*, which is at the pointer *at* of the body, under a schema."""
    if schema.is_valid(value):
        return
    if not schema.can_list_errors(value):
        message = f"{at or 'The body'} has too many errors under its schema to list them."
        problems.add(rule, case.at(at), message)
        return
    for error in schema.iter_errors(value):
        if is_unfilled(pointer.resolve(value, pointer.join("", *error.instance_path))):
            continue
        where = pointer.join(at, *error.instance_path)
        if error.kind.name in ("additionalProperties", "unevaluatedProperties"):
            _report_unexpected(case, where, error.kind.as_dict()["unexpected"], rule, problems)
        else:
            problems.add(rule, case.at(where), f"{where or 'The body'}: {describe(error)}.")


def _report_unexpected(
    case: Case, where: str, names: list[str], rule: Rule, problems: Problems
) -> None:
    """Report members that a schema forbids; those that none describes fall under another rule."""
    reported = {member.pointer for member in case.undescribed}
    for here in (pointer.join(where, name) for name in names):
        if here not in reported:
            problems.add(rule, case.name_at(here), f"{here} is not allowed here.")


def describe(error: jsonschema_rs.ValidationError) -> str:
    """Return what a schema did not find, with a long value cut short."""
    if error.kind.name == "required":
        return f"the member {show_json(error.kind.as_dict()['property'])} is missing"
    if error.kind.name == "contains":
        how = _HOW_MANY.get(str(error.schema_path[-1]), "no item is")
        return f"{how} as contains in the schema asks"
    written = json.dumps(error.instance, ensure_ascii=False, separators=(",", ":"))
    return error.message.replace(written, show_json(error.instance), 1)


def show_json(value: Any) -> str:
    """Return a value as JSON, cut short where it is long."""
    return shorten(json.dumps(value, ensure_ascii=False))
