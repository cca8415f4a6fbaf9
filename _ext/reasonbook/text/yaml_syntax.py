"""The commonest mistakes in YAML, explained to those who write prose.

The parser names causes for experts, and the place where it gave up. Most often a text lacks its
quotes, and the place to fix is where that text begins. The rest is reported in the parser's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import yaml

from reasonbook.diagnostics.rules import Rule
from reasonbook.text.yaml_spaces import TAB_MESSAGE, Mark, odd_space_in

_QUOTE = "Put quotes round the whole text."
_COMMENT = re.compile(r"\s+#")


class _ParserMark(Protocol):
    line: int
    column: int


class Explanation(NamedTuple):
    """What is wrong with the syntax, and where; without a hint, the rule's own is used."""

    mark: Mark | None
    message: str
    hint: str = ""
    rule: Rule = Rule.YAML_SYNTAX


@dataclass
class Trail:
    """What the parser has read last."""

    lines: Sequence[str]
    scalar: yaml.ScalarEvent | None = None
    opened: list[yaml.Event] = field(default_factory=list)  # brackets and braces still open
    closed: tuple[Mark, Mark] | None = None  # begin and end of the last that was closed

    def character(self, mark: Mark | None) -> str:
        """Return the character at a mark, or nothing behind the end of its line."""
        if mark is None or mark.line >= len(self.lines):
            return ""
        return self.lines[mark.line][mark.column : mark.column + 1]

    def comment(self, scalar: yaml.ScalarEvent) -> Mark | None:
        """Return where the comment begins that follows a value on its line."""
        end = scalar.end_mark
        if end is None or end.line >= len(self.lines):
            return None
        line, column = self.lines[end.line], end.column
        if len(line) == column:
            return None
        found = _COMMENT.match(line, column)
        return Mark(end.line, found.end() - 1) if found else None


def explain(error: yaml.MarkedYAMLError, trail: Trail) -> Explanation:
    """Return what is wrong, where it can be fixed, and how."""
    problem, context = error.problem or "", error.context or ""
    start = _mark(error.context_mark)
    at = _mark(error.problem_mark) or start
    if trail.opened and problem.startswith("did not find expected"):
        return _in_other_words(problem, context, start, _mark(trail.opened[-1].start_mark))
    near = [mark.line for mark in (at, start) if mark]
    if odd := odd_space_in((*near, *(line - 1 for line in near)), trail.lines):
        return Explanation(odd.mark, odd.message, odd.hint)
    return (
        _quotes(problem, start, at, trail)
        or _first_character(problem, context, start, at, trail)
        or _block(problem, start, at, trail)
        or _in_other_words(problem, context, start, at)
    )


def _mark(mark: _ParserMark | None) -> Mark | None:
    return Mark(mark.line, mark.column) if mark else None


def _quotes(problem: str, start: Mark | None, at: Mark | None, trail: Trail) -> Explanation | None:
    """Explain quotes that do not close, or close too early or too late."""
    last = trail.scalar
    if last is not None and last.style in ("'", '"'):
        begin, end = _mark(last.start_mark), _mark(last.end_mark)
        assert begin
        assert end
        follows = at is not None and at.line == end.line and "expected key" in problem
        if begin.line != end.line and (follows or start == end):
            message = f"The quoted text that begins here ends only on line {end.line + 1}."
            return Explanation(begin, message, "Close the quotes where the text ends.")
        if follows:
            inner = "''" if last.style == "'" else '\\"'
            hint = f"{_QUOTE[:-1]}; for a quote inside write {inner}."
            return Explanation(at, "Something follows the closing quote.", hint)
    if "end of stream" in problem and start:
        message = "The quoted text that begins here does not end."
        return Explanation(start, message, "Close the quotes.")
    return None


def _first_character(
    problem: str, context: str, start: Mark | None, at: Mark | None, trail: Trail
) -> Explanation | None:
    """Explain text without quotes that begins with a character that is special in YAML."""
    if trail.character(at) == "\t":
        return Explanation(at, TAB_MESSAGE, "Indent with spaces.")
    begin = None
    if "cannot start any token" in problem or "not allowed in this context" in problem:
        begin = at
        if trail.character(at) == ":":
            return Explanation(
                at,
                "A colon is used where no key is possible.",
                "Put quotes round text that holds a colon, or correct the indentation.",
            )
    elif context.endswith((" an alias", " an anchor", " a tag", " a block scalar")):
        begin = start
    elif trail.closed and at and "expected key" in problem:
        closed_from, closed_to = trail.closed
        begin = closed_from if at.line == closed_to.line and at >= closed_to else None
    if begin is None:
        return None
    mark = trail.character(begin)
    space = " and a space" if mark in "-?" else ""
    message = f"A value without quotes cannot begin with {mark}{space}."
    return Explanation(begin, message, _QUOTE)


def _block(problem: str, start: Mark | None, at: Mark | None, trail: Trail) -> Explanation | None:
    """Explain lines that do not belong to what is above them."""
    if not problem.endswith(("expected '-' indicator", "expected key", "expected ':'")):
        return None
    begins = start if problem.endswith("expected ':'") else at
    last = trail.scalar
    if last is not None and last.style in (None, "") and last.value and begins:
        end, comment = _mark(last.end_mark), trail.comment(last)
        if comment and end and begins.line > end.line:
            message = "The text ends before #, since a comment begins there, but goes on below."
            return Explanation(comment, message, _QUOTE, Rule.CUT_TEXT)
    if problem.endswith("expected ':'"):
        return Explanation(
            start,
            "A key is expected here, with a colon after it.",
            "Indent text that continues the line above, or put quotes round it.",
        )
    line = start.line + 1 if start else 1
    return Explanation(
        at,
        f"This does not continue the block that begins on line {line}.",
        "Correct the indentation, or put quotes round the whole text.",
    )


def _in_other_words(problem: str, context: str, start: Mark | None, at: Mark | None) -> Explanation:
    """Return what the parser says."""
    if at and start and start.line != at.line:
        context += f" that begins on line {start.line + 1}"
    message = ": ".join(part for part in (context, problem) if part)
    return Explanation(at, f"The YAML is not valid: {message}.")
