"""Strict JSON (RFC 8259, I-JSON limits): every value keeps its line and column.

The standard library's parser keeps the last of duplicate keys, accepts NaN and gives no positions.
It reads what is clearly sound, which is nearly all there is, and twenty times as fast; the places
are found when something is to be shown at one.
"""

from __future__ import annotations

import bisect
import json
import math
import re
from decimal import Decimal
from functools import partial

from reasonbook import limits
from reasonbook.diagnostics.problems import shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.characters import describe
from reasonbook.text.json_pointer import escape_token
from reasonbook.text.json_text import Fault, Json, JsonText, Places, Position

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_STRING_START = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Half characters, as they are and as escapes.
_NEEDS_CARE = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")


def parse_json(text: str, most: int | None = None, faults: int | None = None) -> JsonText:
    """Parse JSON strictly; all faults are collected, and some end the reading.

    Text of more than *most* characters is not read at all, nor what follows after so many *faults*.
    """
    most = most or limits.JSON_CHARACTERS
    if len(text) > most:
        message = f"The text has more than {most:,} characters."
        fault = Fault(Position(1, 1), message, Rule.TOO_LARGE, "Shorten it.")
        return JsonText(None, (fault,), broken=True)
    try:
        return JsonText(_sound_value(text), find_places=partial(_places, text))
    except (ValueError, RecursionError):
        parser = _Parser(text, faults or limits.JSON_FINDINGS)
    try:
        value = parser.parse()
    except _SyntaxError as error:
        return JsonText(None, (*parser.faults, error.fault), broken=True)
    return JsonText(
        value,
        tuple(parser.faults),
        decimals=parser.decimals,
        find_places=lambda: Places(parser.values, parser.names),
    )


def _sound_value(text: str) -> Json:
    """Return the value of a text without any fault or fraction; ValueError where it may have one.

    Everything that is refused here is read again with care, so this may refuse too much.
    """
    if not (text.isascii() and "\\u" not in text) and _NEEDS_CARE.search(text):
        raise ValueError
    value: Json = _DECODER.decode(text)
    if text.count("{") + text.count("[") >= limits.JSON_LEVELS and _is_deep(value):
        raise ValueError
    return value


def _is_deep(value: Json) -> bool:
    """Tell whether a value is nested in more levels than are read."""
    row, levels = [value], 0
    while row:
        levels += 1
        row = [
            inner
            for outer in row
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return levels > limits.JSON_LEVELS


def _members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members


def _integer(digits: str) -> int:
    if len(digits) >= limits.INTEGER_CHARACTERS - 1:  # which may be beyond what doubles hold
        raise ValueError
    return int(digits)


def _refuse(_: str) -> Json:
    raise ValueError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_integer,
    parse_float=_refuse,
    parse_constant=_refuse,
)


def _places(text: str) -> Places:
    """Return the places in a text that is known to be sound."""
    parser = _Parser(text, limits.JSON_FINDINGS)
    parser.parse()
    return Places(parser.values, parser.names)


class _SyntaxError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Parser:
    def __init__(self, text: str, most_faults: int) -> None:
        self.text = text
        self._most_faults = most_faults
        self.index = 0
        self.faults: list[Fault] = []
        self.values: dict[str, Position] = {}
        self.names: dict[str, Position] = {}
        self.decimals: dict[str, str] = {}
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def parse(self) -> Json:
        if self.text.startswith("\ufeff"):
            message = "There is a byte-order mark before the JSON."
            raise _SyntaxError(Fault(Position(1, 1), message))
        value = self._value("", 1)
        self._skip()
        if self.index < len(self.text):
            raise self._error(f"Text follows the end of the JSON: {self._near()}.")
        return value

    def _position(self, index: int | None = None) -> Position:
        at = self.index if index is None else index
        line = bisect.bisect_right(self._lines, at)
        return Position(line, at - self._lines[line - 1] + 1)

    def _error(self, message: str, rule: Rule = Rule.JSON_SYNTAX) -> _SyntaxError:
        if self.text.startswith(("//", "/*", "#"), self.index):
            message = "JSON has no comments."
        character, hint = self.text[self.index : self.index + 1], ""
        if character > "~" and not character.isprintable():
            message = f"{describe(character)} is not allowed here."
            hint = "Write a space in its place, or remove it."
        # The end is that of what is written: a YAML block ends on the line after it.
        at = min(self.index, len(self.text.rstrip(" \t\r\n")))
        return _SyntaxError(Fault(self._position(at), message, rule, hint))

    def _note(self, fault: Fault) -> None:
        """Note a fault that does not hinder reading, unless there are too many."""
        if len(self.faults) == self._most_faults:
            message = f"After {self._most_faults} faults the rest of the JSON is not read."
            raise _SyntaxError(Fault(fault.position, message, Rule.TOO_LARGE))
        self.faults.append(fault)

    def _near(self) -> str:
        near = self.text[self.index : self.index + 12]
        return json.dumps(near, ensure_ascii=False) if near else "the end of the text"

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.index)
        assert match
        self.index = match.end()

    def _value(self, pointer: str, depth: int) -> Json:
        self._skip()
        self.values[pointer] = self._position()
        if depth > limits.JSON_LEVELS:
            message = f"The JSON is nested more than {limits.JSON_LEVELS} levels deep."
            raise self._error(message, Rule.TOO_DEEP)
        start = self.text[self.index : self.index + 1]
        if start == "{":
            return self._object(pointer, depth)
        if start == "[":
            return self._array(pointer, depth)
        if start == '"':
            return self._string()
        if number := _NUMBER.match(self.text, self.index):
            return self._number(number, pointer)
        word = _WORD.match(self.text, self.index)
        if word and word[0] in _WORDS:
            self.index = word.end()
            return _WORDS[word[0]]
        if not start:
            raise self._error("The JSON ends where a value is expected.")
        if start in "}]":
            raise self._error(
                "A comma is followed by nothing."
                if self.text[: self.index].rstrip(" \t\r\n").endswith(",")
                else f"A value is expected before {start}."
            )
        raise self._error(f"This is not a valid JSON value: {word[0] if word else self._near()}.")

    def _object(self, pointer: str, depth: int) -> Json:
        members: dict[str, Json] = {}
        self.index += 1
        self._skip()
        if self._take("}"):
            return members
        while True:
            self._skip()
            if not self.text.startswith('"', self.index):
                trailing = self.text.startswith("}", self.index)
                raise self._error(
                    "A comma is followed by nothing."
                    if trailing
                    else f"A member name in double quotes is expected, not {self._near()}."
                )
            position = self._position()
            name = self._string()
            member = f"{pointer}/{escape_token(name)}"
            self._skip()
            if not self._take(":"):
                raise self._error(f"A colon is expected after the name {json.dumps(name)}.")
            if name in members:
                message = f"The member {json.dumps(name)} is there twice."
                self._note(Fault(position, message, Rule.JSON_DUPLICATE_MEMBER))
                kept = self.values, self.names, self.decimals
                self.values, self.names, self.decimals = {}, {}, {}
                self._value(member, depth + 1)
                self.values, self.names, self.decimals = kept
            else:
                self.names[member] = position
                members[name] = self._value(member, depth + 1)
            self._skip()
            if self._take("}"):
                return members
            if not self._take(","):
                raise self._error(f"A comma or }} is expected, not {self._near()}.")

    def _array(self, pointer: str, depth: int) -> Json:
        items: list[Json] = []
        self.index += 1
        self._skip()
        if self._take("]"):
            return items
        while True:
            items.append(self._value(f"{pointer}/{len(items)}", depth + 1))
            self._skip()
            if self._take("]"):
                return items
            if not self._take(","):
                raise self._error(f"A comma or ] is expected, not {self._near()}.")

    def _take(self, character: str) -> bool:
        found = self.text.startswith(character, self.index)
        self.index += found
        return found

    def _string(self) -> str:
        match = _STRING.match(self.text, self.index)
        if not match:
            begin = _STRING_START.match(self.text, self.index)
            assert begin
            self.index = begin.end()
            rest = self.text[self.index : self.index + 1]
            if rest == "\\":
                raise self._error("JSON has no such escape.")
            raise self._error(
                "The string is not closed on its line."
                if rest in ("", "\n", "\r")
                else f"The control character U+{ord(rest):04X} must be escaped in a string."
            )
        start = self.index
        self.index = match.end()
        value: str = json.loads(match[0]) if "\\" in match[0] else match[0][1:-1]
        if _HALF_CHARACTER.search(value):
            message = "The string holds half of a surrogate pair."
            self._note(Fault(self._position(start), message, Rule.JSON_UNSAFE_VALUE))
            # What cannot be encoded would stop those that read on.
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value

    def _number(self, match: re.Match[str], pointer: str) -> int | float:
        start, self.index = self.index, match.end()
        follow = self.text[self.index : self.index + 1]
        if follow and (follow.isalnum() or follow in "._+-"):
            self.index = start
            raise self._error(f"This is not a valid JSON number: {self._near()}.")
        if message := _number_fault(match[0]):
            self._note(Fault(self._position(start), message, Rule.JSON_UNSAFE_VALUE))
        if match[1] is None and match[2] is None:
            return int(match[0][: limits.INTEGER_DIGITS_READ])
        self.decimals[pointer] = match[0]
        value = float(match[0])
        return 0 if math.isinf(value) else value


def _number_fault(text: str) -> str:
    """Say why readers would change a number written as *text*; empty where none would.

    Most keep what a double holds (RFC 8259, section 6). A number is safe if its double, printed
    again, has the same value, or if it is a fraction of no more digits than some writers print of a
    double. ``9007199254740993.0`` is an integer, too; who writes an exponent means a double.
    """
    shown = shorten(text)
    if text.lstrip("-").isdigit():
        if len(text) > limits.INTEGER_CHARACTERS or abs(int(text)) > limits.EXACT_INTEGER:
            return f"The integer {shown} is beyond 2^53 - 1: many readers change it."
        return ""
    double = float(text)
    if math.isinf(double):
        return f"The number {shown} is too large."
    if double == 0:
        has_digits = text.lower().partition("e")[0].strip("-0.")
        return f"The number {shown} is too small: many readers take it for 0." if has_digits else ""
    exact, read = Decimal(text), Decimal(repr(double))
    is_fraction = exact != exact.to_integral_value()
    if not is_fraction and abs(double) > limits.EXACT_INTEGER and "e" not in text.lower():
        return f"The number {shown} is beyond 2^53 - 1: many readers change it."
    if exact == read or (is_fraction and len(exact.as_tuple().digits) <= limits.DOUBLE_DIGITS):
        return ""
    return f"The number {shown} has too many digits: many readers make it {double!r}."
