"""Where a file names a reason: in a call of what makes errors, or where a pattern fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
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
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
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
# Between the name and the bracket: Body in ApiError<Body>(...), or in New[Body](...) of Go.
_TYPES = r"(?:<[^<>(){}\n]*>|\[[\w.*, ]+\])?"
_BEFORE = 100  # characters, of which those say so
# After a literal that is a whole argument.
_ENDS = re.compile(r"\s*[,)}\].;]|[ \t\r]*\n(?!\s*[\"'`+])")
# After a literal for which another one may stand: x ? "A" : "B" and "A" if x else "B".
_OR_ELSE = re.compile(r"\s*:|\s+(?:if|else)\b")
# The word for a status among arguments says that it is one.
_STATUS_WORD = re.compile(r"status|code|http|\bSC_", re.IGNORECASE)
_STATUS_NUMBER = re.compile(r"[45][0-9][0-9]")
_SHORT = 60


def in_calls(names: Sequence[str], is_reason: Callable[[str], bool], api: Api) -> Finder:
    """Return what finds the calls of what makes errors.

    Of the literals inside the brackets that have the form of a reason, a documented one counts
    first; of a choice between two, both do. A call without any is a place where the reason is
    computed.
    """
    # Neither the elements of a slice nor an empty value, which Go writes alike.
    called = re.compile(
        rf"(?<![\w\]])({'|'.join(map(re.escape, names))})(?:{_TYPES}(?=\s*\()|(?=\{{(?!\}})))"
    )

    def find(file: SourceFile) -> Iterator[Site]:
        text = file.text
        for call in called.finditer(text):
            if _DEFINES.search(text, max(0, call.start() - _BEFORE), call.start()):
                continue
            literals: list[re.Match[str]] = []
            statuses: list[SentStatus | None] = []
            for token in _arguments(text, call.end()):
                if token[0].startswith(_QUOTES):
                    if is_reason(_inside(token)) and _is_whole(token):
                        literals.append(token)
                elif _STATUS_NUMBER.fullmatch(token[0]) or _STATUS_WORD.search(token[0]):
                    statuses.append(read_status(token[0], api))
            status = next(filter(None, statuses), None) or read_status(call[1], api)
            documented = [token for token in literals if _inside(token) in api.reasons]
            for token in [*_chosen(literals)] or (documented or literals)[:1]:
                at = file.location(token.start() + token[0].index(_inside(token)))
                yield Site(at, _inside(token), status, call[1])
            if not literals:
                yield Site(file.location(call.start()), "", status, call[1])

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


def _inside(literal: re.Match[str]) -> str:
    """Return a literal without its quotes."""
    quotes = 3 if literal[0].startswith(('"""', "'''")) else 1
    return literal[0][quotes:-quotes]


def _is_whole(literal: re.Match[str]) -> bool:
    """Tell whether a literal is an argument of its own, not a part of one that is computed."""
    if _is_choice(literal):
        return True
    is_part = _before(literal).endswith(("+", *_QUOTES))
    return not is_part and _ENDS.match(literal.string, literal.end()) is not None


def _chosen(literals: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield those of some literals between which the program chooses."""
    for literal, other in zip_longest(literals, literals[1:]):
        if _is_choice(literal):
            yield literal
            if other and not _is_choice(other) and _before(other).endswith((":", "else")):
                yield other


def _is_choice(literal: re.Match[str]) -> bool:
    """Tell whether a literal is the first of two between which the program chooses."""
    other = _OR_ELSE.match(literal.string, literal.end())
    return other is not None and (":" not in other[0] or _before(literal).endswith("?"))


def _before(literal: re.Match[str]) -> str:
    """Return the text before a literal without the space between them."""
    return literal.string[max(0, literal.start() - _BEFORE) : literal.start()].rstrip()


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
