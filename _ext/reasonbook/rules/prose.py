"""Rules for prose: something to read in every text, and only known words in code spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser
from reasonbook.format.model import Api, Reason, Record
from reasonbook.format.prose import code_spans, plain_text
from reasonbook.format.prose_size import ProseSize
from reasonbook.text.characters import check_letters, latin
from reasonbook.text.yaml_nodes import Node, ScalarNode, descend

_LIKE_A_REASON = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# Letters and symbols that are invisible.
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def check_prose(api: Api, problems: Problems) -> None:
    """Check that prose can be seen, and its code spans that look like reasons are known words."""
    known = set(api.declared or ()) | set(api.statuses) | set(api.terms)
    known |= schema_words(api.envelope.schema)
    for reason in api.reasons.values():
        known |= {item.code for item in reason.field_codes} | schema_words(reason.details)
    guesser = Guesser(sorted(filter(str.isascii, known)))
    size = ProseSize(problems)
    for record, path, text in prose_texts(api):
        if not size.admits(record, path, text):
            continue
        node = descend(record.source, path)
        if not _is_visible(text):
            message = "The text shows no letter, digit or symbol."
            problems.add(Rule.BLANK_TEXT, node.location, message)
        for span in code_spans(text):
            if not span.isascii() and _LIKE_A_REASON.fullmatch(latin(span)):
                check_letters(span, _span_location(span, text, node), problems)
            if span in known or api.may_declare(span) or not _LIKE_A_REASON.fullmatch(span):
                continue
            near = guesser.nearest(span)
            problems.add(
                Rule.UNKNOWN_CODE_SPAN,
                _span_location(span, text, node),
                f"{span} looks like a reason, but is not a known word of this API.",
                f"Did you mean {near}? Else list the word under terms in api.yaml." if near else "",
            )


def _is_visible(text: str) -> bool:
    """Tell whether anything of a text is seen but its marks."""
    shown = plain_text(text)
    return any(unicodedata.category(c)[0] in "LNS" and c not in _INVISIBLE for c in shown)


def _span_location(span: str, text: str, node: Node) -> Location:
    """Return where a code span is; in a text that the file folds, where the text begins."""
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
    """Yield every prose text of an API with its record and the path in it."""
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
