"""Rules for ``code_scan``: each entry says which files to read, and what to look for in them."""

from __future__ import annotations

import re

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, CodeScan
from reasonbook.text.patterns import compile_pattern

_REASON_GROUP = re.compile(r"(?<!\\)(?:\\\\)*\(\?P?<reason>")


def check_code_scan(api: Api, problems: Problems) -> None:
    """Check that every entry can be run; whether it finds anything, the audit tells."""
    for entry in api.code_scan:
        if entry.is_sound(*CodeScan.model_fields):
            _check_entry(entry, problems)


def _check_entry(entry: CodeScan, problems: Problems) -> None:
    if not (entry.files or entry.preset):
        problems.add(
            Rule.CODE_SCAN,
            entry.at(),
            "The entry does not say which files it is about.",
            "Add files, such as `src/**/*.go`, or the preset of a language.",
        )
    if not (entry.pattern or entry.calls or entry.preset):
        problems.add(
            Rule.CODE_SCAN,
            entry.at(),
            "The entry does not say what to look for.",
            "Add calls, a pattern, or the preset of a language.",
        )
    if entry.pattern and entry.calls:
        problems.add(
            Rule.CODE_SCAN,
            entry.key_at("pattern"),
            "The entry has calls and a pattern, of which only one can be looked for.",
            "Make two entries of it.",
        )
    if entry.pattern:
        at = entry.at("pattern")
        compile_pattern(entry.pattern, "pattern", Rule.CODE_SCAN, at, problems)
        if not _REASON_GROUP.search(entry.pattern):
            report_no_reason(entry, problems)


def report_no_reason(entry: CodeScan, problems: Problems) -> None:
    """Say that a pattern does not tell what the reason is."""
    problems.add(
        Rule.CODE_SCAN,
        entry.at("pattern"),
        "pattern does not have the group (?P<reason>...).",
        "Put what is the reason into this group.",
    )
