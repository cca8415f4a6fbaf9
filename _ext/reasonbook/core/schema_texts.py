"""The texts of a JSON Schema file, which the site shows: what JSON escapes may hide in them."""

from __future__ import annotations

from . import pointer
from .characters import (
    forbidden_character,
    hidden_character,
    report_forbidden,
    report_hidden,
)
from .json_text import JsonText
from .problems import Problems

_SHOWN = ("/description", "/title")


def check_schema_texts(parsed: JsonText, path: str, problems: Problems) -> None:
    """Report the first odd character of every description and title; patterns may hold any."""
    for where in parsed.values:
        if not where.endswith(_SHOWN):
            continue
        text = pointer.resolve(parsed.value, where)
        if not isinstance(text, str):
            continue
        if forbidden := forbidden_character(text):
            report_forbidden(forbidden[1], parsed.location(path, where), problems)
        if hidden := hidden_character(text):
            report_hidden(hidden, parsed.location(path, where), problems)
