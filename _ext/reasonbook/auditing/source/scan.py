"""The scan of a source tree by the ``code_scan`` of an API: every place that names a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.auditing.source.globs import glob_pattern
from reasonbook.auditing.source.presets import PRESETS
from reasonbook.auditing.source.sites import Finder, Site, by_pattern, in_calls
from reasonbook.auditing.source.tree import SourceFile, SourceTree
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, CodeScan
from reasonbook.render.wording import number
from reasonbook.rules.code_scan import report_no_reason
from reasonbook.text.patterns import Pattern, compile_pattern

# A literal of one word is more often something else than a reason that is not documented.
_SEVERAL_WORDS = re.compile(r"[^\W_]+[_.-]\w")


@dataclass
class Scan:
    """What the source names, and what of it was read."""

    sites: list[Site] = field(default_factory=list)  # each place once
    computed: list[Site] = field(default_factory=list)  # where the reason cannot be seen
    unread: list[Location] = field(default_factory=list)  # links to folders elsewhere
    files: int = 0  # that the globs fit
    searched: int = 0  # of them, those that hold what only_if says
    is_complete: bool = True  # whether every entry of code_scan could be used
    sees_sub_reasons: bool = False


def scan_source(folder: Path, api: Api, problems: Problems) -> Scan:
    """Find every place in a folder that names a reason of an API."""
    if not api.code_scan:
        problems.add(
            Rule.CODE_SCAN,
            api.at(),
            "The API does not say where its source names its reasons.",
            "Add code_scan to api.yaml, such as `code_scan: [{preset: go, calls: NewError}]`.",
        )
        return Scan(is_complete=False)
    tree, scan = SourceTree(folder, problems), Scan()
    sites: dict[Any, Site] = {}
    read: dict[str, bool] = {}
    for entry in api.code_scan:
        finder = _finder(entry, api, problems)
        if finder is None:
            scan.is_complete = False
            continue
        scan.sees_sub_reasons |= "(?P<sub_reason>" in (entry.pattern or "")
        found = False
        files = _files(entry, tree, problems)
        searched = [file for file in files if not entry.only_if or file.holds(entry.only_if)]
        for file in searched:
            for site in _limited(finder, file, entry, problems):
                found = True
                if site.reason not in api.terms:
                    sites.setdefault(site.at, site)
        read |= dict.fromkeys((file.shown for file in files), False) | read
        read |= dict.fromkeys((file.shown for file in searched), True)
        if not found:
            _report_nothing(entry, folder, files, searched, problems)
            scan.is_complete = False
    scan.unread = [Location(display_path(folder / link)) for link in sorted(tree.unread)]
    scan.files, scan.searched = len(read), sum(read.values())
    for _, site in sorted(sites.items()):
        (scan.sites if site.reason else scan.computed).append(site)
    return scan


def _files(entry: CodeScan, tree: SourceTree, problems: Problems) -> list[SourceFile]:
    preset = PRESETS[entry.preset] if entry.preset else None
    wanted = entry.files or (preset.files if preset else ())
    left_out = entry.except_files + (preset.except_files if preset else ())
    patterns = [
        compile_pattern(glob_pattern(globs), key, Rule.CODE_SCAN, entry.at(key), problems)
        if globs
        else None
        for key, globs in (("files", wanted), ("except_files", left_out))
    ]
    return [*tree.files(patterns[0], patterns[1])] if patterns[0] else []


def _finder(entry: CodeScan, api: Api, problems: Problems) -> Finder | None:
    """Return what finds the places of an entry; None, and a problem, where that is not possible."""
    if entry.pattern:
        pattern = _compiled(entry.pattern, entry, problems)
        return by_pattern(pattern, api, lambda reason: True) if pattern else None
    at = api.at("reason_pattern")
    form = compile_pattern(api.reason_pattern, "reason_pattern", Rule.CODE_SCAN, at, problems)
    if entry.calls:
        return in_calls(entry.calls, form.fullmatch, api)
    if entry.preset:
        return by_pattern(PRESETS[entry.preset].pattern, api, _counts_as_reason(api, form))
    return None  # `check` says so


def _counts_as_reason(api: Api, form: Pattern) -> Callable[[str], bool]:
    """Return what tells whether a literal is meant as a reason."""
    others = {*api.statuses}
    others |= {field.code for reason in api.reasons.values() for field in reason.field_codes}

    def counts(literal: str) -> bool:
        if literal in api.reasons or literal in api.sub_reasons:
            return True
        is_meant = literal not in others and _SEVERAL_WORDS.search(literal) is not None
        return is_meant and form.fullmatch(literal)

    return counts


def _compiled(text: str, entry: CodeScan, problems: Problems) -> Any:
    """Compile a pattern for the engine that takes time in proportion to the text."""
    at = entry.at("pattern")
    try:
        import re2
    except ModuleNotFoundError:
        problems.add(
            Rule.CODE_SCAN,
            at,
            "Scanning by a pattern needs google-re2, which is not installed.",
            "Install it with `pip install 'reasonbook[scan]'`, or use calls, which need nothing.",
        )
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(text, options)
    except re2.error as error:
        said = error.args[0].decode() if error.args else ""
        problems.add(
            Rule.CODE_SCAN,
            at,
            f"pattern is not a regular expression of RE2: {said}.",
            "Correct it; RE2 does not look around, and does not refer back to a group.",
        )
        return None
    if "reason" not in compiled.groupindex:  # then every match were a computed one
        report_no_reason(entry, problems)
        return None
    return compiled


def _limited(finder: Finder, file: SourceFile, entry: CodeScan, problems: Problems) -> list[Site]:
    found = [*islice(finder(file), limits.SCAN_MATCHES + 1)]
    if len(found) > limits.SCAN_MATCHES:
        problems.add(
            Rule.CODE_SCAN,
            entry.at("pattern"),
            f"More than {limits.SCAN_MATCHES:,} places in {file.shown} fit.",
            "Write a pattern that fits reasons only, or leave the file out by except_files.",
        )
    return found[: limits.SCAN_MATCHES]


def _report_nothing(
    entry: CodeScan,
    folder: Path,
    files: list[SourceFile],
    searched: list[SourceFile],
    problems: Problems,
) -> None:
    """Say why an entry found nothing."""
    if not files:
        message = f"No file in {display_path(folder)} fits files."
        problems.add(Rule.CODE_SCAN, entry.at("files"), message, "Correct it, or name the folder.")
    elif not searched:
        message = f"The text is nowhere in {number(len(files), 'file')}."
        problems.add(Rule.CODE_SCAN, entry.at("only_if"), message)
    else:
        where = number(len(searched), "file")
        key = "calls" if entry.calls else "pattern"
        what = "None of these is called" if entry.calls else "The pattern fits nothing"
        problems.add(Rule.CODE_SCAN, entry.at(key), f"{what} in {where}.")
