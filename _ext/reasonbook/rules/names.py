"""Rules for names: reasons and their addresses, field codes, canonical statuses."""

from __future__ import annotations

import re
from functools import partial

from reasonbook.catalogue.names import is_device
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Reason
from reasonbook.text.characters import check_letters
from reasonbook.text.patterns import compile_pattern

PAGE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,118}[A-Za-z0-9])?")


def check_names(api: Api, problems: Problems) -> None:
    """Check that reasons are unique in an API, have its form, and have addresses of their own."""
    form, at = api.reason_pattern, api.at("reason_pattern")
    pattern = compile_pattern(form, "reason_pattern", Rule.REASON_FORMAT, at, problems)
    names: dict[str, Reason] = {}
    slugs: dict[str, Reason] = {}
    for domain in api.domains:
        for reason in domain.reasons:
            if not reason.is_sound("reason"):
                continue
            if first := names.get(reason.name):
                message = f"{reason.name} is defined again; the first is at {first.at('reason')}."
                problems.add(Rule.DUPLICATE_REASON, reason.at("reason"), message)
                continue
            names[reason.name] = reason
            is_ascii = check_letters(reason.name, partial(reason.at, "reason"), problems)
            if is_ascii and not pattern.fullmatch(reason.code):
                message = f"{reason.code} does not fit the form {form}."
                problems.add(Rule.REASON_FORMAT, reason.at("reason"), message)
            if is_ascii and not all(map(_is_page_name, reason.slug_parts)):
                problems.add(
                    Rule.REASON_ADDRESS,
                    reason.at("reason"),
                    f"{reason.slug} is not a valid file name on every system.",
                    "Give it a slug of letters, digits, hyphens and underscores, at most 120.",
                )
            elif clash := slugs.get(reason.slug.lower()):
                message = f"The pages of {reason.name} and {clash.name} would share an address."
                problems.add(Rule.REASON_ADDRESS, reason.at("reason"), message)
            slugs[reason.slug.lower()] = reason


def _is_page_name(name: str) -> bool:
    """Tell whether a page can have this name; index is that of its folder, also in upper case."""
    return PAGE_NAME.fullmatch(name) is not None and not is_device(name) and name.lower() != "index"


def check_field_codes(_: Api, reason: Reason, problems: Problems) -> None:
    """Report letters in field codes that are not what they look like."""
    for item in reason.field_codes:
        check_letters(item.code, partial(item.at, "code"), problems)


def check_status_names(api: Api, problems: Problems) -> None:
    """Report letters in canonical statuses that are not what they look like."""
    for name in api.statuses:
        check_letters(name, partial(api.key_at, "statuses", name), problems)
