"""How a body differs from its schema: each error at its own place, in words that fit a line."""

from __future__ import annotations

from typing import Any

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.case import Case
from reasonbook.format.placeholders import is_unfilled
from reasonbook.schema.compile import CheckedSchema
from reasonbook.text import json_pointer as pointer


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
            shown = case.display.pointer(where) or "The body"
            problems.add(rule, case.at(where), f"{shown}: {case.display.error(error)}.")


def _report_unexpected(
    case: Case, where: str, names: list[str], rule: Rule, problems: Problems
) -> None:
    """Report members that a schema forbids; those that none describes fall under another rule."""
    reported = {member.pointer for member in case.undescribed} if case.is_example else ()
    for here in (pointer.join(where, name) for name in names):
        if here not in reported:
            problems.add(
                rule, case.name_at(here), f"{case.display.pointer(here)} is not allowed here."
            )
