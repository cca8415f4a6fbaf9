"""Characters in JSON files that may not be in texts which the site and messages show."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.text import json_pointer as pointer
from reasonbook.text.characters import (
    check_hidden,
    forbidden_character,
    hidden_character,
    report_forbidden,
    report_hidden,
)
from reasonbook.text.json_text import JsonText

_SHOWN = ("/description", "/title")


def check_schema_texts(parsed: JsonText, path: str, problems: Problems) -> None:
    """Report the first odd character of every description and title; patterns may hold any."""
    for where in parsed.values:
        if not where.endswith(_SHOWN):
            continue
        text = pointer.resolve(parsed.value, where)
        if not isinstance(text, str):
            continue
        _report(text, parsed, path, where, problems)


def check_every_text(text: str, parsed: JsonText, path: str, problems: Problems) -> None:
    """Report odd characters of a whole file; of names and values with escapes the first of each."""
    check_hidden(text, path, problems)
    if "\\u" not in text or parsed.broken:
        return
    for where in parsed.values:
        name = pointer.tokens(where)[-1:]
        value = pointer.resolve(parsed.value, where)
        for said in (*name, value):
            if isinstance(said, str):
                _report(said, parsed, path, where, problems)


def _report(text: str, parsed: JsonText, path: str, where: str, problems: Problems) -> None:
    if forbidden := forbidden_character(text):
        report_forbidden(forbidden[1], parsed.location(path, where), problems)
    if hidden := hidden_character(text):
        report_hidden(hidden, parsed.location(path, where), problems)
