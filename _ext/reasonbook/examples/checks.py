"""What is checked of an example: one function for each rule, all of the same case."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.examples.case import Case
from reasonbook.examples.display import show_json
from reasonbook.examples.envelope import Found, code_at, find_reasons, first_pointer, shown_place
from reasonbook.examples.exchange import check_headers, check_request
from reasonbook.examples.schema_errors import report_schema_errors
from reasonbook.examples.waits import check_waits
from reasonbook.format.model import HeaderPlace
from reasonbook.format.placeholders import is_unfilled
from reasonbook.text import json_pointer as pointer


def check_case(case: Case, problems: Problems) -> None:
    """Check a body by every rule, unless that would take too long, which is reported."""
    where = case.shape.details or ""
    for schema, at in ((case.envelope, ""), (case.details, where)):
        if schema is not None and not schema.can_check(
            pointer.resolve(case.value, at), len(case.text)
        ):
            problems.add(
                Rule.TOO_LARGE,
                case.at(at),
                f"Validating {at or 'the body'} by its schema takes too many steps.",
                "Shorten it, or let the schema refer to itself in fewer places.",
            )
            return
    for rule in RULES if case.is_example else RULES_OF_ANSWERS:
        rule(case, problems)


def check_envelope(case: Case, problems: Problems) -> None:
    """Validate the body by the API's envelope schema, formats included."""
    report_schema_errors(case, case.envelope, case.value, "", Rule.EXAMPLE_ENVELOPE, problems)


def check_members(case: Case, problems: Problems) -> None:
    """Report members that no schema describes, also where the API's own is open."""
    for member in case.undescribed:
        problems.add(
            Rule.EXAMPLE_MEMBER,
            case.name_at(member.pointer),
            f"{member.pointer} is not described by the schema.",
            did_you_mean(nearest(member.name, member.described)),
        )


def check_details(case: Case, problems: Problems) -> None:
    """Validate the details by the reason's own schema; without one there must be none."""
    where, reason = case.shape.details, case.reason
    if where is None or reason is None:
        return
    value = pointer.resolve(case.value, where)
    if reason.details is not None:
        if isinstance(value, pointer.Missing):
            if reason.details_sent == "sometimes":
                return
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
    """Compare the codes in the body with the reason that it documents, and with all there are."""
    envelope, reason = case.shape, case.reason
    if not envelope.is_sound("reason") or (reason and not reason.is_sound("reason")):
        return
    found = find_reasons(envelope, case.body, case.headers)
    if any(is_unfilled(each.name) for each in found) or is_unfilled(
        reason.name if reason else None
    ):
        return
    if not found:
        if not _may_name_none(case):
            _report_no_reason(case, problems)
        return
    names = [each.name for each in found]
    for each in found:
        if each.name not in case.api.reasons and (reason is None or len(found) > 1):
            _report_unknown(case, each, problems)
    documented = reason is None or reason.name in names
    # An error with a second level that is not listed is documented by the reason alone.
    if not documented and reason and not reason.sub_reason:
        documented = any(
            name and name.startswith(f"{reason.code}/") and name not in case.api.reasons
            for name in names
        )
    if reason is not None and not documented:
        first = found[0]
        shown = _shown(case, first) if "/" not in (first.name or "") else show_json(first.name)
        wanted = reason.name
        if not reason.sub_reason and envelope.reason_prefix:
            wanted = envelope.reason_prefix[0] + wanted
        problems.add(
            Rule.EXAMPLE_REASON,
            case.at(first.pointer),
            f"{first.where} is {shown}, but this documents {show_json(wanted)}.",
        )


def _shown(case: Case, found: Found) -> str:
    return case.body.decimals.get(found.pointer) or show_json(found.value)


def _may_name_none(case: Case) -> bool:
    """Tell whether a body alone may name no reason: where a header does, or there are none yet."""
    in_header = any(isinstance(place, HeaderPlace) for place in case.shape.reason)
    return case.reason is None and (in_header or not case.api.reasons)


def _report_no_reason(case: Case, problems: Problems) -> None:
    envelope, reason = case.shape, case.reason
    places = " or ".join(map(shown_place, envelope.reason))
    if not case.any_reason_found():
        message = f"reason is {places}, but no example has anything there."
        problems.add(Rule.ENVELOPE_POINTER, envelope.at("reason"), message)
        return
    problems.add(
        Rule.EXAMPLE_REASON,
        case.at(first_pointer(envelope)),
        f"There is no reason at {places}"
        + (f", but this documents {reason.name}." if reason else "."),
        "" if reason else "Show an error of this catalogue.",
    )


def _report_unknown(case: Case, found: Found, problems: Problems) -> None:
    name = found.name or ""
    is_listed = name.partition("/")[0] in case.api.reasons  # then it documents all below it
    if not case.api.is_complete or not case.api.reasons or (is_listed and "/" in name):
        return
    problems.add(
        Rule.EXAMPLE_REASON,
        case.at(found.pointer),
        f"The body names {_shown(case, found)}, which is not a reason of {case.api.title}.",
        did_you_mean(
            nearest(name, [*filter(str.isascii, case.api.reasons)]),
            "Show an error of this catalogue.",
        ),
    )


def check_status(case: Case, problems: Problems) -> None:
    """Compare the canonical status with the reason's, or those of its HTTP status."""
    where, reason = case.shape.status, case.reason
    if where is None or not reason or not reason.http_codes or not case.api.statuses:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing) or is_unfilled(value):
        return  # whether it must be there, the envelope's schema says
    allowed = (
        [reason.status]
        if reason.status
        else [s.name for s in case.api.statuses.values() if s.http in reason.http_codes]
    )
    if value not in allowed:
        wanted = " or ".join(show_json(name) for name in allowed) or "no canonical status"
        problems.add(
            Rule.EXAMPLE_STATUS,
            case.at(where),
            f"{where} is {case.display.value(value)}, but {reason.name} has {wanted}.",
        )


def check_http(case: Case, problems: Problems) -> None:
    """Compare an HTTP status that the body repeats with the reason's."""
    where, reason = case.shape.http, case.reason
    codes = case.http_codes
    if where is None or not reason or not codes:
        return
    value = pointer.resolve(case.value, where)
    if isinstance(value, pointer.Missing):
        return
    if isinstance(value, bool) or value not in (*codes, *map(str, codes)):
        wanted = " or ".join(map(str, codes))
        has = f"{reason.name} has" if case.is_example else "the HTTP status is"
        problems.add(
            Rule.EXAMPLE_HTTP,
            case.at(where),
            f"{where} is {case.display.value(value)}, but {has} {wanted}.",
        )


def check_message(case: Case, problems: Problems) -> None:
    """Report a blank message, and one that is not that which the reason is known to have.

    Only a source can know that an API really sends a blank one.
    """
    where, reason = case.shape.message, case.reason
    value = pointer.MISSING if where is None else pointer.resolve(case.value, where)
    if where is None or not isinstance(value, str) or is_unfilled(value):
        return
    if not value.strip() and case.origin not in ("observed", "documented"):
        hint = "Show the text that the API sends."
        problems.add(Rule.EXAMPLE_MESSAGE, case.at(where), f"{where} is blank.", hint)
    elif reason and reason.message is not None and not _fits(value, reason.message):
        problems.add(
            Rule.EXAMPLE_MESSAGE,
            case.at(where),
            f"{where} is {case.display.value(value)}, which does not fit the message of "
            f"{reason.name}.",
        )


def _fits(text: str, template: str) -> bool:
    """Tell whether a text has the fixed parts of a template in their order, and more in each gap.

    One pass over the text: a regular expression could take very long.
    """
    first, *others = _fixed_parts(template)
    if not others:
        return text == first
    *middle, last = others
    at = len(first) + 1  # each gap holds one character at least
    for part in middle:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part) + 1
    return text.startswith(first) and text.endswith(last) and len(text) - len(last) >= at


@functools.lru_cache(maxsize=4096)
def _fixed_parts(template: str) -> list[str]:
    return re.split(r"(?:\{[^{}]*\})+", template)


def check_codes_of_fields(case: Case, problems: Problems) -> None:
    """Report codes inside the details that the reason does not list."""
    where, reason = case.shape.field_code, case.reason
    if where is None or reason is None:
        return
    for at, _, value in pointer.resolve_all(case.value, where):
        listed = [item.code for item in reason.field_codes]
        code = code_at(at, value, case.body)
        if code is not None and code not in listed and not is_unfilled(value):
            shown = case.display.value(value) if isinstance(value, str) else case.display.code(code)
            problems.add(
                Rule.EXAMPLE_DETAILS,
                case.at(at),
                f"{case.display.pointer(at)} is {shown}, which is not listed under field_codes.",
                did_you_mean(nearest(code, listed), "List it with what it means."),
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
    check_waits,
    check_message,
    check_codes_of_fields,
)

#: Those for what an API really sent: it may hold more than is described.
RULES_OF_ANSWERS: tuple[Callable[[Case, Problems], None], ...] = (
    check_envelope,
    check_details,
    check_status,
    check_http,
    check_headers,
    check_codes_of_fields,
)
