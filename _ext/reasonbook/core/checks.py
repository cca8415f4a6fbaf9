"""Checks on an API as a whole, after its files were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any

from .location import Location
from .model import Api, Reason, Record, Remedy
from .problems import Problems, Rule
from .prose import code_spans
from .shape import nearest
from .yaml_source import Node, Scalar, descend

REQUEST_LINE = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s?#]*)(\?[^\s#]*)?")
PAGE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
_LIKE_A_REASON = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def check_api(api: Api, declared: Set[str], problems: Problems) -> None:
    """Check what one file alone cannot show.

    *declared* holds every reason that the files name, also those too broken to be in the model,
    so that one fault does not echo through every reference to it.
    """
    _check_reasons(api, problems)
    for domain in api.domains:
        for reason in domain.reasons:
            _check_references(reason, declared, problems)
            _check_remedy(reason.name, reason.remedy, problems)
            _check_requests(reason, problems)
            _check_examples(reason, problems)
    for status in api.http.values():
        if status.remedy:
            _check_remedy(f"HTTP {status.code}", status.remedy, problems)
    _check_prose(api, declared, problems)


def _check_reasons(api: Api, problems: Problems) -> None:
    try:
        pattern = re.compile(api.reason_pattern)
    except (re.error, OverflowError, RecursionError) as error:
        problems.add(
            Rule.REASON_FORMAT,
            api.at("reason_pattern"),
            f"reason_pattern is no regular expression: {error}.",
            "Correct the expression.",
        )
        pattern = re.compile(".*", re.DOTALL)
    names: dict[str, Reason] = {}
    slugs: dict[str, Reason] = {}
    for domain in api.domains:
        for reason in domain.reasons:
            at = reason.at("reason")
            if first := names.get(reason.name):
                problems.add(
                    Rule.DUPLICATE_REASON,
                    at,
                    f"{reason.name} stands here a second time; the first is at "
                    f"{first.at('reason')}.",
                )
                continue
            names[reason.name] = reason
            if not pattern.fullmatch(reason.name):
                problems.add(
                    Rule.REASON_FORMAT,
                    at,
                    f"{reason.name} does not fit the form {api.reason_pattern}.",
                )
            if not PAGE_NAME.fullmatch(reason.slug):
                problems.add(
                    Rule.REASON_ADDRESS,
                    at,
                    f"{reason.slug} cannot be a file name everywhere.",
                    "Give it a slug of letters, digits, hyphens and underscores.",
                )
            elif clash := slugs.get(reason.slug.lower()):
                problems.add(
                    Rule.REASON_ADDRESS,
                    at,
                    f"The pages of {reason.name} and {clash.name} would share an address.",
                )
            slugs[reason.slug.lower()] = reason


def _check_references(reason: Reason, known: Set[str], problems: Problems) -> None:
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("falls_back_to", i), name) for i, name in enumerate(reason.falls_back_to)),
        *((("see_also", i), name) for i, name in enumerate(reason.see_also)),
    ]
    if reason.deprecated and reason.deprecated.replaced_by:
        named.append((("deprecated", "replaced_by"), reason.deprecated.replaced_by))
    for path, name in named:
        if name in known:
            continue
        near = nearest(name, sorted(known))
        problems.add(
            Rule.UNKNOWN_REASON,
            reason.at(*path),
            f"{name} is no reason of this API.",
            f"Did you mean {near}?" if near else "",
        )


def _check_remedy(name: str, remedy: Remedy, problems: Problems) -> None:
    if remedy.retry == "after-delay" and not remedy.wait:
        problems.add(
            Rule.REMEDY_WAIT,
            remedy.at("retry"),
            f"{name} is to be tried again after a delay, but no wait says how long.",
        )
    if remedy.wait and remedy.retry != "after-delay":
        problems.add(
            Rule.REMEDY_WAIT,
            remedy.at("wait"),
            f"{name} has a wait, but its retry is {remedy.retry}.",
            "Set retry to after-delay, or remove the wait.",
        )
    for index, wait in enumerate(remedy.wait):
        kinds = (wait.header, wait.pointer, wait.backoff, wait.seconds)
        if sum(kind is not None for kind in kinds) != 1:
            problems.add(
                Rule.REMEDY_WAIT,
                remedy.at("wait", index),
                "A wait is exactly one of header, pointer, backoff or seconds.",
                "Name one; where there are several ways to wait, list them, the best first.",
            )
    for step in remedy.next:
        if step.request:
            _check_request(step.request, step.at("request"), problems)


def _check_requests(reason: Reason, problems: Problems) -> None:
    if not isinstance(reason.raised_by, str):
        for index, operation in enumerate(reason.raised_by):
            _check_request(operation, reason.at("raised_by", index), problems)
    for example in reason.examples:
        if example.request:
            _check_request(example.request, example.at("request"), problems)


def _check_request(line: str, at: Location, problems: Problems) -> None:
    if not REQUEST_LINE.fullmatch(line):
        problems.add(Rule.BAD_REQUEST_LINE, at, f"{line} is no request line.")


def _check_examples(reason: Reason, problems: Problems) -> None:
    if not reason.examples and reason.lifecycle in ("active", "deprecated"):
        problems.add(
            Rule.MISSING_EXAMPLE,
            reason.at("reason"),
            f"{reason.name} is {reason.lifecycle} and has no example.",
        )
    titles: set[str] = set()
    for example in reason.examples:
        if example.title in titles:
            problems.add(
                Rule.DUPLICATE_TITLE,
                example.at("title"),
                f"{reason.name} has another example called {example.title}.",
            )
        titles.add(example.title)


def _check_prose(api: Api, declared: Set[str], problems: Problems) -> None:
    """Hold every code span that looks like a reason against what the API knows."""
    known = set(declared) | set(api.statuses) | set(api.terms) | schema_words(api.envelope.schema)
    for reason in api.reasons.values():
        known |= {item.code for item in reason.field_codes} | schema_words(reason.details)
    for record, path, text in prose_texts(api):
        for span in code_spans(text):
            if span in known or not _LIKE_A_REASON.fullmatch(span):
                continue
            near = nearest(span, sorted(known))
            problems.add(
                Rule.UNKNOWN_CODE_SPAN,
                _span_location(span, text, descend(record.source, path)),
                f"{span} looks like a reason, but this API knows no such word.",
                f"Did you mean {near}? If it is no reason, list it under terms in api.yaml."
                if near
                else "",
            )


def _span_location(span: str, text: str, node: Node) -> Location:
    """Return where a code span stands, else, in a text that the file folds, where that begins."""
    before, found, _ = text.partition(f"`{span}`")
    if not found or not isinstance(node, Scalar):
        return node.location
    return node.locate(before.count("\n") + 1, len(before) - before.rfind("\n"))


def schema_words(schema: Any) -> set[str]:
    """Return the enum and const values of a JSON Schema."""
    if isinstance(schema, list):
        return {word for item in schema for word in schema_words(item)}
    if not hasattr(schema, "items"):
        return set()
    words = {str(word) for word in schema.get("enum", ()) if isinstance(word, str)}
    if isinstance(schema.get("const"), str):
        words.add(schema["const"])
    for value in schema.values():
        words |= schema_words(value)
    return words


def prose_texts(api: Api) -> Iterator[tuple[Record, tuple[str | int, ...], str]]:
    """Yield every prose text of an API with the record and path where it stands."""
    yield api, ("summary",), api.summary
    if api.ai_context:
        yield api, ("ai_context",), api.ai_context
    for note in api.notes:
        yield note, ("text",), note.text
    for section in api.troubleshooting:
        yield section, ("text",), section.text
    for status in api.statuses.values():
        if status.when:
            yield status, ("when",), status.when
    for http in api.http.values():
        yield http, ("meaning",), http.meaning
        for index, fix in enumerate(http.fixes):
            yield http, ("fixes", index), fix
    for domain in api.domains:
        yield domain, ("summary",), domain.summary
        if domain.ai_context:
            yield domain, ("ai_context",), domain.ai_context
        for note in domain.notes:
            yield note, ("text",), note.text
        for reason in domain.reasons:
            yield from _reason_texts(reason)


def _reason_texts(reason: Reason) -> Iterator[tuple[Record, tuple[str | int, ...], str]]:
    yield reason, ("cause",), reason.cause
    for index, fix in enumerate(reason.fix):
        yield reason, ("fix", index), fix
    if reason.ai_context:
        yield reason, ("ai_context",), reason.ai_context
    for code in reason.field_codes:
        yield code, ("meaning",), code.meaning
        if code.fix:
            yield code, ("fix",), code.fix
