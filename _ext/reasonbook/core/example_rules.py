"""What an example is held to: one function for each rule, over the same case."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs

from . import pointer
from .checks import header_pattern
from .envelope import find_reason, find_reason_name
from .guess import nearest
from .json_source import JsonText, parse_json
from .location import Location
from .members import Undescribed, undescribed_members
from .model import Api, HeaderPromise, Reason
from .operations import REQUEST_LINE
from .problems import Problems, Rule
from .remedy_rules import check_sent_request
from .schema_check import CheckedSchema
from .sent_requests import fits
from .unfilled import is_unfilled


@dataclass(frozen=True)
class Case:
    """An error body with what it is held against."""

    api: Api
    reason: Reason | None  # None where the body names none that is known
    envelope: CheckedSchema
    details: CheckedSchema | None
    text: str
    value: Any
    headers: Mapping[str, str] | None  # None where the place shows no headers
    request: str | None
    body_at: Callable[[int, int], Location]
    record_at: Callable[..., Location]
    reason_leads: Callable[[], bool]  # whether any example has something at envelope.reason

    @cached_property
    def _parsed(self) -> JsonText:
        return parse_json(self.text)

    @cached_property
    def undescribed(self) -> tuple[Undescribed, ...]:
        """The members that neither the envelope's schema nor the reason's details describe."""
        where = self.api.envelope.details
        found = list(undescribed_members(self.api.envelope.schema, self.value, skip=where))
        if where is not None and self.reason is not None and self.details is not None:
            value = pointer.resolve(self.value, where)
            found += [
                member._replace(pointer=where + member.pointer)
                for member in undescribed_members(self.reason.details, value)
            ]
        return tuple(found)

    def at(self, where: str) -> Location:
        """Return the place in the file of the value at a JSON Pointer of the body."""
        return self.body_at(*self._parsed.position(where))

    def name_at(self, where: str) -> Location:
        """Return the place of the name of the member at a JSON Pointer of the body."""
        position = self._parsed.names.get(where)
        return self.body_at(*position) if position else self.at(where)


def is_bearable(case: Case, problems: Problems) -> bool:
    """Tell whether the body can be held against its schemas in a bearable time; report if not."""
    where = case.api.envelope.details or ""
    for schema, value, at in (
        (case.envelope, case.value, ""),
        (case.details, pointer.resolve(case.value, where), where),
    ):
        if schema is not None and not schema.bears(value):
            problems.add(
                Rule.TOO_LARGE,
                case.at(at),
                f"To hold {at or 'the body'} against its schema takes too many steps.",
                "Shorten it, or let the schema refer to itself in fewer places.",
            )
            return False
    return True


def check_envelope(case: Case, problems: Problems) -> None:
    """Hold the body against the API's envelope schema, formats included."""
    report_schema_errors(case, case.envelope, case.value, "", Rule.EXAMPLE_ENVELOPE, problems)


def check_members(case: Case, problems: Problems) -> None:
    """Refuse members that no schema describes, also where the API's own is open."""
    for member in case.undescribed:
        near = nearest(member.name, member.described)
        problems.add(
            Rule.EXAMPLE_MEMBER,
            case.name_at(member.pointer),
            f"{member.pointer} is not described by the schema.",
            f"Did you mean {near}?" if near else "",
        )


def check_details(case: Case, problems: Problems) -> None:
    """Hold the details against the reason's own schema; without one there must be none."""
    where, reason = case.api.envelope.details, case.reason
    if where is None or reason is None:
        return
    value = pointer.resolve(case.value, where)
    if reason.details is not None:
        if isinstance(value, pointer.Missing):
            problems.add(
                Rule.EXAMPLE_DETAILS,
                case.at(where),
                f"{where} is missing, but {reason.name} has a details schema.",
                "Show the details that the schema describes.",
            )
        elif case.details is not None:
            report_schema_errors(case, case.details, value, where, Rule.EXAMPLE_DETAILS, problems)
    elif not isinstance(value, pointer.Missing):
        problems.add(
            Rule.EXAMPLE_DETAILS,
            case.name_at(where),
            f"{where or 'The body'} is there, but {reason.name} has no details schema.",
            "Describe it under details of the reason, or remove it.",
        )


def check_reason(case: Case, problems: Problems) -> None:
    """Hold the reason in the body against the reason that it documents."""
    envelope, reason = case.api.envelope, case.reason
    found, name = find_reason(envelope, case.value), find_reason_name(envelope, case.value)
    if is_unfilled(name) or is_unfilled(reason.name if reason else None):
        return
    if found is None:
        where = envelope.reason if isinstance(envelope.reason, str) else envelope.reason.in_
        if not case.reason_leads():
            message = f"reason is {where}, but no example has anything there."
            problems.add(Rule.ENVELOPE_POINTER, envelope.at("reason"), message)
            return
        problems.add(
            Rule.EXAMPLE_REASON,
            case.at(where),
            f"No reason stands at {where}"
            + (f"; {reason.name} is documented here." if reason else "."),
            "" if reason else "Show an error of this catalogue.",
        )
    elif reason is None:
        if name is not None and case.api.may_declare(name):
            return  # too broken to be held against, which has been reported
        near = nearest(name or "", [*filter(str.isascii, case.api.reasons)])
        problems.add(
            Rule.EXAMPLE_REASON,
            case.at(found.pointer),
            f"The body names {_show(found.value)}, which is no reason of {case.api.title}.",
            f"Did you mean {near}?" if near else "Show an error of this catalogue.",
        )
    elif name != reason.name and not case.api.is_meant(reason.name, name or ""):
        wanted = envelope.reason_prefix + reason.name
        what = found.pointer or "The body"
        problems.add(
            Rule.EXAMPLE_REASON,
            case.at(found.pointer),
            f"{what} is {_show(found.value)}, but this documents {_show(wanted)}.",
        )


def check_status(case: Case, problems: Problems) -> None:
    """Hold the canonical status against the reason's, or those of its HTTP status."""
    where, reason = case.api.envelope.status, case.reason
    if where is None or reason is None or not case.api.statuses:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing) or is_unfilled(value):
        return  # whether it must be there, the envelope's schema says
    allowed = (
        [reason.status]
        if reason.status
        else [s.name for s in case.api.statuses.values() if s.http == reason.http]
    )
    if value not in allowed:
        wanted = " or ".join(_show(name) for name in allowed) or "no canonical status"
        problems.add(
            Rule.EXAMPLE_STATUS,
            case.at(where),
            f"{where} is {_show(value)}, but {reason.name} has {wanted}.",
        )


def check_http(case: Case, problems: Problems) -> None:
    """Hold an HTTP status that the body repeats against the reason's."""
    where, reason = case.api.envelope.http, case.reason
    if where is None or reason is None:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing):
        return
    if isinstance(value, bool) or value not in (reason.http, str(reason.http)):
        problems.add(
            Rule.EXAMPLE_HTTP,
            case.at(where),
            f"{where} is {_show(value)}, but {reason.name} has {reason.http}.",
        )


def check_headers(case: Case, problems: Problems) -> None:
    """Hold the headers against what the API promises, and against the body."""
    if case.headers is None or case.reason is None:
        return
    for name, value in case.headers.items():
        if name.lower() == "content-type":
            _check_media_type(case, name, value, problems)
    for promise in case.api.response_headers:
        if promise.http is not None and case.reason.http not in promise.http:
            continue
        named = [name for name in case.headers if name.lower() == promise.name.lower()]
        for name in named:
            _check_header(case, promise, name, problems)
        if not named:
            problems.add(
                Rule.EXAMPLE_HEADER,
                case.record_at("headers"),
                f"The header {promise.name} is missing.",
            )


def _check_media_type(case: Case, name: str, value: str, problems: Problems) -> None:
    """Hold a Content-Type against the API's; its parameters, such as charset, are its own."""
    wanted = case.api.envelope.media_type
    said, meant = (text.partition(";")[0].strip().lower() for text in (value, wanted))
    if said != meant and not is_unfilled(value):
        problems.add(
            Rule.EXAMPLE_HEADER,
            case.record_at("headers", name),
            f"{name} is {_show(value)}, but the errors of this API are {wanted}.",
            "Show the type that the API sends; media_type under envelope in api.yaml says which.",
        )


def _check_header(case: Case, promise: HeaderPromise, name: str, problems: Problems) -> None:
    assert case.headers is not None
    value, at = case.headers[name], case.record_at("headers", name)
    if (
        promise.pattern
        and not is_unfilled(value)
        and not header_pattern(promise, problems).fullmatch(value)
    ):
        problems.add(
            Rule.EXAMPLE_HEADER,
            at,
            f"{name} is {_show(value)}, which does not match {promise.pattern}.",
        )
    if promise.equals is not None:
        wanted = pointer.resolve(case.value, promise.equals)
        said = wanted if isinstance(wanted, str | pointer.Missing) else json.dumps(wanted)
        if said not in (value, pointer.MISSING):
            problems.add(
                Rule.EXAMPLE_HEADER,
                at,
                f"{name} is {_show(value)}, but {promise.equals} is {_show(wanted)}.",
            )


def check_request(case: Case, problems: Problems) -> None:
    """Hold the request line against the operations that send the reason."""
    if case.request is None:
        return
    at = case.record_at("request")
    check_sent_request(case.request, at, problems)
    operations = case.reason.raised_by if case.reason else "unknown"
    known = case.api.listed_operations
    if case.reason is not None and not isinstance(operations, str):
        if not fits(case.request, operations):
            problems.add(
                Rule.EXAMPLE_REQUEST,
                at,
                f"{case.request} is none of the operations that send {case.reason.name}: "
                f"{', '.join(operations)}.",
            )
    elif (
        known is not None
        and REQUEST_LINE.fullmatch(case.request)
        and not fits(case.request, (*known.statuses, *known.extra))
    ):
        operation = case.request.partition("?")[0]
        near = known.nearest(operation)
        problems.add(
            Rule.UNKNOWN_OPERATION,
            at,
            f"{operation} is none of the operations of this API.",
            f"Did you mean {near}?" if near else "",
        )


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
        return f"the member {_show(error.kind.as_dict()['property'])} is missing"
    written = json.dumps(error.instance, ensure_ascii=False, separators=(",", ":"))
    return error.message.replace(written, _show(error.instance), 1)


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}..."
