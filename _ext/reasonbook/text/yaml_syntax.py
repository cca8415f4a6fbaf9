"""What makes a file no YAML, in the words of those who write prose.

The parser names causes for experts, and the place where it gave up. Most often a text lacks its
quotes, and the place to mend is where that text begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import yaml

from reasonbook.diagnostics.rules import Rule

_QUOTE = "Put quotes round the whole text."
_COMMENT = re.compile(r"\s+#")
_CLOSED_BY = {"[": "]", "{": "}"}


class _Mark(Protocol):
    line: int
    column: int


class Place(NamedTuple):
    """Line and column, both from 0, as the parser counts."""

    line: int
    column: int


class Syntax(NamedTuple):
    """What is wrong with the syntax, and where."""

    place: Place | None
    message: str
    hint: str = ""
    rule: Rule = Rule.YAML_SYNTAX


@dataclass
class Trail:
    """What the parser has read last."""

    lines: Sequence[str]
    scalar: yaml.ScalarEvent | None = None
    opened: list[yaml.Event] = field(default_factory=list)  # brackets and braces still open
    closed: tuple[Place, Place] | None = None  # begin and end of the last that was closed

    def character(self, place: Place | None) -> str:
        """Return the character at a place, or nothing behind the end of its line."""
        if place is None or place.line >= len(self.lines):
            return ""
        return self.lines[place.line][place.column : place.column + 1]

    def comment(self, scalar: yaml.ScalarEvent) -> Place | None:
        """Return where the comment begins that follows a value on its line."""
        end = scalar.end_mark
        if end is None or end.line >= len(self.lines):
            return None
        line, column = self.lines[end.line], end.column
        if len(line) == column:
            return None
        found = _COMMENT.match(line, column)
        return Place(end.line, found.end() - 1) if found else None


def explain(error: yaml.MarkedYAMLError, trail: Trail) -> Syntax:
    """Return what is wrong, where it can be mended, and how."""
    problem, context = error.problem or "", error.context or ""
    start = _place(error.context_mark)
    at = _place(error.problem_mark) or start
    return (
        _quotes(problem, start, at, trail)
        or _brackets(problem, at, trail)
        or _first_character(problem, context, start, at, trail)
        or _escape(problem, at, trail)
        or _block(problem, start, at, trail)
        or _as_it_is(problem, context, start, at)
    )


def _place(mark: _Mark | None) -> Place | None:
    return Place(mark.line, mark.column) if mark else None


def _quotes(problem: str, start: Place | None, at: Place | None, trail: Trail) -> Syntax | None:
    """Explain quotes that do not close, or close too early or too late."""
    last = trail.scalar
    if last is not None and last.style in ("'", '"'):
        begin, end = _place(last.start_mark), _place(last.end_mark)
        assert begin
        assert end
        follows = at is not None and at.line == end.line and "expected key" in problem
        if begin.line != end.line and (follows or start == end):
            return Syntax(
                begin,
                f"The quoted text that begins here ends only on line {end.line + 1}.",
                "Close the quotes where the text ends.",
            )
        if follows:
            inner = "''" if last.style == "'" else '\\"'
            return Syntax(
                at,
                "Something follows the closing quote.",
                f"{_QUOTE[:-1]}; for a quote inside write {inner}.",
            )
    if "end of stream" in problem and start:
        return Syntax(start, "The quoted text that begins here does not end.", "Close the quotes.")
    return None


def _brackets(problem: str, at: Place | None, trail: Trail) -> Syntax | None:
    """Explain brackets and braces: meant as text, or not closed."""
    if trail.closed and "expected key" in problem:
        begin, end = trail.closed
        if at and at.line == end.line and at >= end:
            mark = trail.character(begin)
            return Syntax(begin, f"A value without quotes cannot begin with {mark}.", _QUOTE)
    if trail.opened and problem.startswith("did not find expected"):
        opening = _place(trail.opened[-1].start_mark)
        mark = trail.character(opening)
        if opening and mark in _CLOSED_BY:
            return Syntax(
                opening,
                f"The {mark} that opens here is not closed as it should be.",
                f"Close it with {_CLOSED_BY[mark]}, put commas between what stands in it, "
                "or put quotes round text.",
            )
    return None


def _first_character(
    problem: str, context: str, start: Place | None, at: Place | None, trail: Trail
) -> Syntax | None:
    """Explain text without quotes that begins with a mark of YAML."""
    if trail.character(at) == "\t":
        return Syntax(at, "A tab stands where only spaces may stand.", "Indent with spaces.")
    if "cannot start any token" in problem or "not allowed in this context" in problem:
        mark = trail.character(at)
        if mark == ":":
            return Syntax(
                at,
                "A colon stands where no key can be.",
                "Put quotes round text that holds a colon, or correct the indentation.",
            )
        space = " and a space" if mark in "-?" else ""
        return Syntax(at, f"A value without quotes cannot begin with {mark}{space}.", _QUOTE)
    if start and context.endswith((" an alias", " an anchor", " a tag")):
        mark = trail.character(start)
        return Syntax(start, f"A value without quotes cannot begin with {mark}.", _QUOTE)
    if "<document start>" in problem:
        if at and not any(line.startswith("...") for line in trail.lines[: at.line]):
            return Syntax(
                at,
                "A file must begin with keys and values.",
                "Start from the example in the catalogue format.",
            )
        return Syntax(
            at, "Something follows the end of the document.", "Remove the line of three points."
        )
    if context.endswith(" a block scalar") and start:
        mark = trail.character(start)
        return Syntax(
            start,
            f"After {mark} the text begins on the next line.",
            f"Put quotes round text that begins with {mark}.",
        )
    return None


def _escape(problem: str, at: Place | None, trail: Trail) -> Syntax | None:
    if "Unicode character escape" in problem:
        return Syntax(
            at, "This escape is no character.", "Write the character itself; UTF-8 holds them all."
        )
    if "escape character" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        return Syntax(
            at,
            "This escape is unknown to YAML.",
            "Write \\\\ for a backslash, or use single quotes.",
        )
    return None


def _block(problem: str, start: Place | None, at: Place | None, trail: Trail) -> Syntax | None:
    """Explain lines that do not belong to what is above them."""
    if not problem.endswith(("expected '-' indicator", "expected key", "expected ':'")):
        return None
    begins = start if problem.endswith("expected ':'") else at
    last = trail.scalar
    if last is not None and last.style in (None, "") and last.value and begins:
        end, comment = _place(last.end_mark), trail.comment(last)
        if comment and end and begins.line > end.line:
            return Syntax(
                comment,
                "The text ends before #, since a comment begins there, but goes on below.",
                _QUOTE,
                Rule.CUT_TEXT,
            )
    if problem.endswith("expected ':'"):
        return Syntax(
            start,
            "A key is expected here, with a colon behind it.",
            "Indent text that continues the line above, or put quotes round it.",
        )
    line = start.line + 1 if start else 1
    return Syntax(
        at,
        f"This does not continue the block that begins on line {line}.",
        "Correct the indentation, or put quotes round the whole text.",
    )


def _as_it_is(problem: str, context: str, start: Place | None, at: Place | None) -> Syntax:
    if at and start and start.line != at.line:
        context += f" that begins on line {start.line + 1}"
    said = ": ".join(part for part in (context, problem) if part)
    return Syntax(at, f"This is not YAML: {said}.")
