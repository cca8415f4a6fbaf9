"""Checks on an API as a whole, after its files were read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reasonbook.catalogue.names import is_device
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser, did_you_mean
from reasonbook.format.model import Api, Example, HeaderPromise, Reason, Record
from reasonbook.format.prose import code_spans
from reasonbook.format.prose_size import ProseSize
from reasonbook.rules.lifecycle import check_fallbacks, check_lifecycle
from reasonbook.rules.operations import check_operations
from reasonbook.rules.remedies import check_remedy, check_requests
from reasonbook.rules.texts import (
    check_reason_letters,
    check_reason_texts,
    check_visible,
    is_look_alike,
)
from reasonbook.text.characters import check_letters
from reasonbook.text.patterns import Pattern, compile_pattern
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, descend

PAGE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
_LIKE_A_REASON = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def check_api(api: Api, problems: Problems) -> None:
    """Check what one file alone cannot show."""
    _check_reasons(api, problems)
    guesser = Guesser(sorted(filter(str.isascii, api.declared or ())))
    for domain in api.domains:
        for reason in domain.reasons:
            _check_references(api, reason, guesser, problems)
            check_reason_texts(reason, problems)
            check_lifecycle(api, reason, problems)
            check_remedy(reason.name, reason.http, reason.remedy, problems)
            check_requests(reason, problems)
            _check_examples(reason, problems)
    for status in api.http.values():
        if status.remedy:
            check_remedy(f"HTTP {status.code}", status.code, status.remedy, problems)
    statuses = descend(api.source, ("statuses",))
    for name, at in statuses.key_locations.items() if isinstance(statuses, MappingNode) else ():
        if name in api.statuses:  # else there are none, and this is the file
            check_letters(name, at, problems)
    for promise in api.response_headers:
        if promise.pattern is not None:
            header_pattern(promise, problems)
    check_fallbacks(api, problems)
    check_operations(api, problems)
    _check_prose(api, problems)


def header_pattern(promise: HeaderPromise, problems: Problems) -> Pattern:
    """Return the expression that the values of a promised header match."""
    name, at = f"The pattern of {promise.name}", promise.at("pattern")
    return compile_pattern(promise.pattern or ".*", name, Rule.WRONG_VALUE, at, problems)


def _check_reasons(api: Api, problems: Problems) -> None:
    pattern = compile_pattern(
        api.reason_pattern,
        "reason_pattern",
        Rule.REASON_FORMAT,
        api.at("reason_pattern"),
        problems,
    )
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
            plain = check_reason_letters(reason, problems)
            if plain and not pattern.fullmatch(reason.name):
                problems.add(
                    Rule.REASON_FORMAT,
                    at,
                    f"{reason.name} does not fit the form {api.reason_pattern}.",
                )
            if plain and (not PAGE_NAME.fullmatch(reason.slug) or is_device(reason.slug)):
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


def _check_references(api: Api, reason: Reason, guesser: Guesser, problems: Problems) -> None:
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("falls_back_to", i), name) for i, name in enumerate(reason.falls_back_to)),
        *((("see_also", i), name) for i, name in enumerate(reason.see_also)),
    ]
    if reason.deprecated and reason.deprecated.replaced_by:
        named.append((("deprecated", "replaced_by"), reason.deprecated.replaced_by))
    for path, name in named:
        if api.may_declare(name) or not name.isascii():  # that has been reported
            continue
        near = guesser.nearest(name)
        problems.add(
            Rule.UNKNOWN_REASON,
            reason.at(*path),
            f"{name} is no reason of this API.",
            did_you_mean(near),
        )


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
        _check_header_names(example, problems)


def _check_header_names(example: Example, problems: Problems) -> None:
    """Report headers that stand twice: capitals make no difference in their names."""
    first: dict[str, str] = {}
    for name in example.headers:
        if name.lower() in first:
            headers = descend(example.source, ("headers",))
            assert isinstance(headers, MappingNode)
            problems.add(
                Rule.DUPLICATE_KEY,
                headers.key_locations[name],
                f"The header {name} stands above as {first[name.lower()]}: "
                "capitals make no difference.",
            )
        first.setdefault(name.lower(), name)


def _check_prose(api: Api, problems: Problems) -> None:
    """Hold every code span that looks like a reason against what the API knows."""
    known = set(api.declared or ()) | set(api.statuses) | set(api.terms)
    known |= schema_words(api.envelope.schema)
    for reason in api.reasons.values():
        known |= {item.code for item in reason.field_codes} | schema_words(reason.details)
    guesser = Guesser(sorted(filter(str.isascii, known)))
    size = ProseSize(problems)
    for record, path, text in prose_texts(api):
        if not size.admits(record, path, text):
            continue
        check_visible(record, path, text, problems)
        for span in code_spans(text):
            if is_look_alike(span, _LIKE_A_REASON):
                check_letters(
                    span, _span_location(span, text, descend(record.source, path)), problems
                )
            if span in known or api.may_declare(span) or not _LIKE_A_REASON.fullmatch(span):
                continue
            near = guesser.nearest(span)
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
    if not found or not isinstance(node, ScalarNode):
        return node.location
    return node.locate(before.count("\n") + 1, len(before) - before.rfind("\n"))


def schema_words(schema: Any) -> set[str]:
    """Return the enum and const values of a JSON Schema."""
    if isinstance(schema, list):
        return {word for item in schema for word in schema_words(item)}
    if not hasattr(schema, "items"):
        return set()
    listed = schema.get("enum")
    said = [*(listed if isinstance(listed, list) else ()), schema.get("const")]
    words = {word for word in said if isinstance(word, str)}
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
