"""What an example is held to: one function for each rule, over the same case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs

from . import pointer
from .envelope import find_reason, find_reason_name
from .json_source import JsonText, parse_json
from .location import Location
from .members import undescribed_members
from .model import Api, Reason
from .problems import Problems, Rule
from .schema_check import Validator
from .shape import nearest


@dataclass(frozen=True)
class Case:
    """An error body with what it is held against."""

    api: Api
    reason: Reason
    envelope: Validator
    details: Validator | None
    text: str
    value: Any
    headers: Mapping[str, str] | None  # None where the place shows no headers
    request: str | None
    body_at: Callable[[int, int], Location]
    record_at: Callable[..., Location]

    @cached_property
    def _parsed(self) -> JsonText:
        return parse_json(self.text)

    def at(self, where: str) -> Location:
        """Return the place in the file of the value at a JSON Pointer of the body."""
        return self.body_at(*self._parsed.position(where))

    def name_at(self, where: str) -> Location:
        """Return the place of the name of the member at a JSON Pointer of the body."""
        position = self._parsed.names.get(where)
        return self.body_at(*position) if position else self.at(where)


def check_envelope(case: Case, problems: Problems) -> None:
    """Hold the body against the API's envelope schema, formats included."""
    report_schema_errors(case, case.envelope, case.value, "", Rule.EXAMPLE_ENVELOPE, problems)


def check_members(case: Case, problems: Problems) -> None:
    """Refuse members that neither the envelope's schema nor the reason's details describe."""
    details = case.api.envelope.details
    found = list(undescribed_members(case.api.envelope.schema, case.value, skip=details))
    if details is not None and case.reason.details is not None:
        value = pointer.resolve(case.value, details)
        if not isinstance(value, pointer.Missing):
            found += [
                member._replace(pointer=details + member.pointer)
                for member in undescribed_members(case.reason.details, value)
            ]
    for member in found:
        near = nearest(member.name, member.described)
        problems.add(
            Rule.EXAMPLE_MEMBER,
            case.name_at(member.pointer),
            f"{member.pointer} is not described by the schema.",
            f"Did you mean {near}?" if near else "",
        )


def check_details(case: Case, problems: Problems) -> None:
    """Hold the details against the reason's own schema; without one there must be none."""
    where = case.api.envelope.details
    if where is None:
        return
    value = pointer.resolve(case.value, where)
    if case.reason.details is not None:
        if isinstance(value, pointer.Missing):
            problems.add(
                Rule.EXAMPLE_DETAILS,
                case.at(where),
                f"{where} is missing, but {case.reason.name} has a details schema.",
                "Show the details that the schema describes.",
            )
        elif case.details is not None:
            report_schema_errors(case, case.details, value, where, Rule.EXAMPLE_DETAILS, problems)
    elif not isinstance(value, pointer.Missing):
        problems.add(
            Rule.EXAMPLE_DETAILS,
            case.name_at(where),
            f"{where} is there, but {case.reason.name} has no details schema.",
            "Describe it under details of the reason, or remove it.",
        )


def check_reason(case: Case, problems: Problems) -> None:
    """Hold the reason in the body against the reason that it documents."""
    envelope = case.api.envelope
    name = find_reason_name(envelope, case.value)
    if name == case.reason.name:
        return
    found = find_reason(envelope, case.value)
    if found is None:
        where = envelope.reason if isinstance(envelope.reason, str) else envelope.reason.in_
        problems.add(
            Rule.EXAMPLE_REASON,
            case.at(where),
            f"No reason stands at {where}; {case.reason.name} is documented here.",
        )
        return
    wanted = envelope.reason_prefix + case.reason.name
    problems.add(
        Rule.EXAMPLE_REASON,
        case.at(found.pointer),
        f"{found.pointer} is {_show(found.value)}, but this documents {_show(wanted)}.",
    )


def check_status(case: Case, problems: Problems) -> None:
    """Hold the canonical status against the reason's, or those of its HTTP status."""
    where = case.api.envelope.status
    if where is None or not case.api.statuses:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing):
        return  # whether it must be there, the envelope's schema says
    allowed = (
        [case.reason.status]
        if case.reason.status
        else [s.name for s in case.api.statuses.values() if s.http == case.reason.http]
    )
    if value not in allowed:
        wanted = " or ".join(_show(name) for name in allowed) or "no canonical status"
        problems.add(
            Rule.EXAMPLE_STATUS,
            case.at(where),
            f"{where} is {_show(value)}, but {case.reason.name} has {wanted}.",
        )


def check_http(case: Case, problems: Problems) -> None:
    """Hold an HTTP status that the body repeats against the reason's."""
    where = case.api.envelope.http
    if where is None:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing):
        return
    if isinstance(value, bool) or value not in (case.reason.http, str(case.reason.http)):
        problems.add(
            Rule.EXAMPLE_HTTP,
            case.at(where),
            f"{where} is {_show(value)}, but {case.reason.name} has {case.reason.http}.",
        )


def check_headers(case: Case, problems: Problems) -> None:
    """Hold the headers against what the API promises, and against the body."""
    if case.headers is None:
        return
    shown = {name.lower(): (name, value) for name, value in case.headers.items()}
    for promise in case.api.response_headers:
        if promise.http is not None and case.reason.http not in promise.http:
            continue
        if promise.name.lower() not in shown:
            problems.add(
                Rule.EXAMPLE_HEADER,
                case.record_at("headers"),
                f"The header {promise.name} is missing.",
            )
            continue
        name, value = shown[promise.name.lower()]
        at = case.record_at("headers", name)
        if promise.pattern is not None and not re.fullmatch(promise.pattern, value):
            problems.add(
                Rule.EXAMPLE_HEADER,
                at,
                f"{name} is {_show(value)}, which does not match {promise.pattern}.",
            )
        if promise.equals is not None:
            wanted = pointer.resolve(case.value, promise.equals)
            if not isinstance(wanted, pointer.Missing) and str(wanted) != value:
                problems.add(
                    Rule.EXAMPLE_HEADER,
                    at,
                    f"{name} is {_show(value)}, but {promise.equals} is {_show(wanted)}.",
                )


def check_request(case: Case, problems: Problems) -> None:
    """Hold the request line against the operations that send the reason."""
    operations = case.reason.raised_by
    if case.request is None or isinstance(operations, str):
        return
    if not any(_fits(case.request, operation) for operation in operations):
        problems.add(
            Rule.EXAMPLE_REQUEST,
            case.record_at("request"),
            f"{case.request} is none of the operations that send {case.reason.name}: "
            f"{', '.join(operations)}.",
        )


def _fits(request: str, operation: str) -> bool:
    """Tell whether a request is one of an operation, whose path has names in braces."""
    parts = re.split(r"\{[^}]*\}", operation)
    pattern = "[^/]+".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, request.partition("?")[0]) is not None


#: Every rule for a body that is JSON; each finds its own faults only.
RULES: tuple[Callable[[Case, Problems], None], ...] = (
    check_envelope,
    check_members,
    check_details,
    check_reason,
    check_status,
    check_http,
    check_headers,
    check_request,
)


def report_schema_errors(
    case: Case, validator: Validator, value: Any, base: str, rule: Rule, problems: Problems
) -> None:
    """Report every way in which *value*, which stands at the pointer *base*, breaks a schema."""
    if validator.is_valid(value):
        return
    for error in validator.iter_errors(value):
        where = pointer.join(base, *error.instance_path)
        problems.add(rule, case.at(where), f"{where or 'The body'}: {_say(error)}.")


def _say(error: jsonschema_rs.ValidationError) -> str:
    details = error.kind.as_dict()
    if error.kind.name == "required":
        return f"the member {_show(details['property'])} is missing"
    return str(error.message)


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}..."
