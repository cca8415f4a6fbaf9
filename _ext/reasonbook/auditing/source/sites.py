"""Where a file names a reason: in a call of what makes errors, or where a pattern fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from reasonbook import limits
from reasonbook.auditing.source.statuses import SentStatus, read_status
from reasonbook.auditing.source.tree import SourceFile
from reasonbook.diagnostics.location import Location
from reasonbook.format.model import Api


class Site(NamedTuple):
    """A place that names a reason."""

    at: Location
    reason: str  # REASON or REASON/SUB; empty where it is computed
    status: SentStatus | None
    written: str  # what stands there


Finder = Callable[[SourceFile], Iterator[Site]]

_TOKEN = re.compile(
    r'"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|`(?:\\.|[^`\\])*`"
    r"|[(\[{]|[)\]}]"
    r"|\w+(?:(?:\.|::)\w+)*",
    re.DOTALL,
)
_QUOTES = ("'", '"', "`")
# Before the name of a constructor: it is not called here, but defined or extended.
_DEFINES = re.compile(
    r"\b(?:class|func|function|fun|fn|def|struct|type|interface|record|enum|extends|implements|"
    r"public|protected|private)\s+$|\bfunc\s*\([^()]*\)\s*$"
)
_BEFORE = 100  # characters, of which those say so
# After a literal that is a whole argument.
_ENDS = re.compile(r"\s*[,)}\].;]|[ \t\r]*\n(?!\s*[\"'`+])")
# The word for a status among arguments says that it is one.
_STATUS_WORD = re.compile(r"status|code|http|\bSC_", re.IGNORECASE)
_STATUS_NUMBER = re.compile(r"[45][0-9][0-9]")
_SHORT = 60


def in_calls(names: Sequence[str], is_reason: Callable[[str], bool], api: Api) -> Finder:
    """Return what finds the calls of what makes errors.

    Of the literals inside the brackets that have the form of a reason, a documented one counts
    first. A call without any is a place where the reason is computed.
    """
    # Neither the elements of a slice nor an empty value, which Go writes alike.
    called = re.compile(rf"(?<![\w\]])(?:{'|'.join(map(re.escape, names))})(?=\s*\(|\{{(?!\}}))")

    def find(file: SourceFile) -> Iterator[Site]:
        text = file.text
        for call in called.finditer(text):
            if _DEFINES.search(text, max(0, call.start() - _BEFORE), call.start()):
                continue
            literals: list[re.Match[str]] = []
            statuses: list[SentStatus | None] = []
            for token in _arguments(text, call.end()):
                if token[0].startswith(_QUOTES):
                    if is_reason(token[0][1:-1]) and _is_whole(token):
                        literals.append(token)
                elif _STATUS_NUMBER.fullmatch(token[0]) or _STATUS_WORD.search(token[0]):
                    statuses.append(read_status(token[0], api))
            status = next(filter(None, statuses), None) or read_status(call[0], api)
            documented = [token for token in literals if token[0][1:-1] in api.reasons]
            if literals:
                token = (documented or literals)[0]
                yield Site(file.location(token.start() + 1), token[0][1:-1], status, call[0])
            else:
                yield Site(file.location(call.start()), "", status, call[0])

    return find


def _arguments(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the literals and words between a bracket and the one that closes it."""
    depth = 0
    for token in _TOKEN.finditer(text, start, start + limits.SCAN_CALL_CHARACTERS):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
            if depth == 0:
                return
        else:
            yield token


def _is_whole(literal: re.Match[str]) -> bool:
    """Tell whether a literal is an argument of its own, not a part of one that is computed."""
    before = literal.string[: literal.start()].rstrip()[-1:]
    return before not in ("+", *_QUOTES) and _ENDS.match(literal.string, literal.end()) is not None


def by_pattern(pattern: Any, api: Api, counts: Callable[[str], bool]) -> Finder:
    """Return what finds the places that a compiled pattern fits, of Python's engine or of RE2.

    A match without the group ``reason`` is a place where the reason is computed.
    """
    groups = pattern.groupindex

    def find(file: SourceFile) -> Iterator[Site]:
        for match in pattern.finditer(file.text):
            said = {name: match[number] for name, number in groups.items()}
            reason, sub = said.get("reason"), said.get("sub_reason")
            if reason is None:
                at = file.location(match.start())
                yield Site(at, "", None, " ".join(match[0].split())[:_SHORT])
            elif counts(reason):
                status = read_status(said["status"], api) if said.get("status") else None
                name = f"{reason}/{sub}" if sub else reason
                at = file.location(match.start(groups["reason"]))
                yield Site(at, name, status, match[0])

    return find
