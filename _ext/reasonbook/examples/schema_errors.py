"""What a body breaks of its schema, each at its own place and in words that fit a line."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.format.placeholders import is_unfilled
from reasonbook.schema.compile import CheckedSchema
from reasonbook.text import json_pointer as pointer


def report_schema_errors(
    case: Case, validator: CheckedSchema, value: Any, base: str, rule: Rule, problems: Problems
) -> None:
    """Report every way in which *value*, which stands at the pointer *base*, breaks a schema."""
    if validator.is_valid(value):
        return
    if not validator.bears_errors(value):
        said = f"{base or 'The body'} breaks its schema, perhaps in more ways than can be listed."
        problems.add(rule, case.at(base), said)
        return
    for error in validator.iter_errors(value):
        if is_unfilled(pointer.resolve(value, pointer.join("", *error.instance_path))):
            continue
        where = pointer.join(base, *error.instance_path)
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
        return f"the member {show(error.kind.as_dict()['property'])} is missing"
    written = json.dumps(error.instance, ensure_ascii=False, separators=(",", ":"))
    return error.message.replace(written, show(error.instance), 1)


def show(value: Any) -> str:
    """Return a value as JSON, cut short where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}..."
