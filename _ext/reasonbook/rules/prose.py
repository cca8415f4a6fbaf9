"""Rules for prose: something to read in every text, and only known words in code spans."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser
from reasonbook.format.faults import Steps
from reasonbook.format.model import Api
from reasonbook.format.prose import code_spans, is_simple, plain_text
from reasonbook.format.prose_texts import ProseSize, prose_texts
from reasonbook.format.record import Record
from reasonbook.text.characters import check_letters, latin
from reasonbook.text.yaml_nodes import ScalarNode, descend

#: The keys whose texts may hold paragraphs and lists.
_BLOCKS = ("ai_context", "text", "fix")
_HEADING = re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE)
_BULLET = re.compile(r"^ {0,3}[*+-] ", re.MULTILINE)
_LEFT_OVER = re.compile(r"\*\*|(?<![\w`])`(?!`)")
_LIKE_A_REASON = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# Letters and symbols that are invisible.
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def check_prose(api: Api, problems: Problems) -> None:
    """Check that prose can be seen, and its code spans that look like reasons are known words."""
    words = _KnownWords(api)
    for file in (api, *api.domains):
        size = ProseSize(problems)
        for record, path, text in prose_texts(file):
            if size.admits(record, path, text):
                _check_marks(record, path, text, problems)
                words.check_spans(record, path, text, problems)


def _check_marks(record: Record, path: Steps, text: str, problems: Problems) -> None:
    if not _is_visible(text):
        message = "The text shows no letter, digit or symbol."
        problems.add(Rule.BLANK_TEXT, record.at(*path), message)
    elif mark := _raw_mark(text, is_block=path[0] in _BLOCKS):
        message = f"Readers would see {mark} as it is written: it means nothing here."
        problems.add(Rule.RAW_MARK, record.at(*path), message)


class _KnownWords:
    """What code spans of an API may name that looks like a reason."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known = set(api.reasons) | set(api.statuses) | set(api.terms)
        for envelope in (api.envelope, *api.envelopes.values()):
            self._known |= schema_words(envelope.body_schema)
        for reason in api.reasons.values():
            self._known.add(reason.code)
            self._known.update(item.code for item in reason.field_codes)
            if reason.details:
                self._known |= schema_words(reason.details)
        self._guesser = Guesser(sorted(filter(str.isascii, self._known)))

    def check_spans(self, record: Record, path: Steps, text: str, problems: Problems) -> None:
        """Report code spans in a text that look like reasons but are no known words."""
        for span in code_spans(text) if "`" in text else ():
            if not span.isascii() and _LIKE_A_REASON.fullmatch(latin(span)):
                check_letters(span, partial(_span_location, span, text, record, path), problems)
            if span in self._known or self._api.may_have(span):
                continue
            if not _LIKE_A_REASON.fullmatch(span):
                continue
            near = self._guesser.nearest(span)
            problems.add(
                Rule.UNKNOWN_CODE_SPAN,
                _span_location(span, text, record, path),
                f"{span} looks like a reason, but is not a known word of this API.",
                f"Did you mean {near}? Else list the word under terms in api.yaml." if near else "",
            )


def _raw_mark(text: str, *, is_block: bool) -> str:
    """Return a mark that is shown as it is, though it was hardly meant so."""
    found = _HEADING.search(text) if "#" in text else None
    if not found and not is_block and ("\n" in text or not text[:1].isalnum()):
        found = _BULLET.search(text)
    if not found and ("*" in text or ("`" in text and not is_simple(text))):
        shown = plain_text(text)
        if "**" in shown or "`" in shown:
            found = _LEFT_OVER.search(shown)
    return found[0].strip() if found else ""


def _is_visible(text: str) -> bool:
    """Tell whether anything of a text is seen but its marks."""
    if text[:1].isascii() and text[:1].isalpha():
        return True  # no mark begins so
    shown = plain_text(text)
    return any(unicodedata.category(c)[0] in "LNS" and c not in _INVISIBLE for c in shown)


def _span_location(span: str, text: str, record: Record, path: Steps) -> Location:
    """Return where a code span is; in a text that the file folds, where the text begins."""
    node = descend(record.node, path)
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
        if not isinstance(value, str):
            words |= schema_words(value)
    return words
