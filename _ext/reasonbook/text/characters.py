"""Characters that a catalogue may not hold: those that break a file, and invisible ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule

LINE_BREAK = re.compile(r"\r\n|\r|\n")

# What no YAML file may hold, and beyond that the line breaks that only YAML 1.1 knows (U+0085,
# U+2028, U+2029) and the byte-order mark, which is invisible.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ASCII = bytes((*b"\t\n\r", *range(0x20, 0x7F)))  # what of ASCII it allows
# What changes the direction of its surroundings, has no width, fills a place that stays empty, or
# is a tag that only programs read. Joiners stay, but between letters of ASCII, since emoji and many
# scripts need them, and so do the tags of a flag. So do, beside a letter that is not ASCII, the
# soft hyphen, the space without width and the marks of direction.
_HIDDEN = re.compile(
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    "|(?P<hidden>[\u034f\u115f\u1160\u180e\u202a-\u202e\u2060-\u206f"
    "\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]|(?<=[0-9A-Za-z_])[\u200c\u200d](?=[0-9A-Za-z_])"
    "|(?<![^\\W\0-\x7f])[\xad\u061c\u200b\u200e\u200f](?![^\\W\0-\x7f]))"
)
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<one>.))"
)
_SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}
# Letters of other scripts that fonts draw like those of ASCII; the full-width ones go by their
# compatibility form.
_LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХԚԜаеорсухѕіјԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι‐‑‒–—ǀ",
        "ABESIJKMHOPCTYXQWaeopcyxsijqwABEZHIKMNOPTYXovi-----|",
        strict=True,
    )
)


def forbidden_character(text: str) -> tuple[int, str] | None:
    """Return the place and the name of the first character that no file may hold."""
    if text.isascii() and not text.encode().translate(None, _ASCII):
        return None  # as in most files, and sooner found
    found = _FORBIDDEN.search(text)
    return (found.start(), describe(found[0])) if found else None


def hidden_character(text: str) -> str | None:
    """Return the first invisible character."""
    return next((character for _, character in _hidden(text)), None)


def check_hidden(text: str, path: str, problems: Problems) -> None:
    """Report every invisible character of a whole file."""
    for count, (index, character) in enumerate(_hidden(text)):
        if count == limits.HIDDEN_CHARACTER_FINDINGS:
            break
        before = LINE_BREAK.split(text[:index])
        report_hidden(character, Location(path, len(before), len(before[-1]) + 1), problems)


def report_hidden(character: str, at: Location, problems: Problems) -> None:
    """Report an invisible character."""
    message = f"{describe(character)} is invisible."
    problems.add(Rule.HIDDEN_CHARACTER, at, message)


def check_escaped(
    text: str, lines: Sequence[str], start: Location, end: tuple[int, int], problems: Problems
) -> None:
    """Report characters that are escapes in double quotes; *lines* are those of the file.

    *start* is where the quotes open and *end* where they close, as line and column from 1.
    """
    if not (_FORBIDDEN.search(text) or any(_hidden(text))):
        return
    known = len(problems)
    for number in range(start.line, end[0] + 1):
        line = lines[number - 1]
        first = start.column - 1 if number == start.line else 0
        last = end[1] - 1 if number == end[0] else len(line)
        for found in _ESCAPE.finditer(line, first, last):
            character = _unescape(found)
            at = Location(start.path, number, found.start() + 1)
            if any(_hidden(character)):
                report_hidden(character, at, problems)
            elif _FORBIDDEN.search(character):
                report_forbidden(describe(character), at, problems)
            if len(problems) == known + limits.HIDDEN_CHARACTER_FINDINGS:
                return


def report_forbidden(name: str, at: Location, problems: Problems) -> None:
    """Report a character that no file may hold."""
    problems.add(Rule.FORBIDDEN_CHARACTER, at, f"{name} is not allowed in a catalogue.")


def _hidden(text: str) -> Iterator[tuple[int, str]]:
    # Most texts are ASCII, in which nothing is hidden, and the search is slow.
    for found in () if text.isascii() else _HIDDEN.finditer(text):
        if found["hidden"]:
            yield found.start(), found[0]


def _unescape(found: re.Match[str]) -> str:
    digits = found["x"] or found["u"] or found["U"]
    if digits:
        return chr(min(int(digits, 16), 0x10FFFF))
    return _SHORT_ESCAPES.get(found["one"], " ")


def describe(character: str) -> str:
    """Name a character by its number and, where it has one, its name in Unicode."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def visible(text: str) -> str:
    """Return *text* without invisible characters."""
    return "".join(letter for letter in text if hidden_character(letter) is None)


def latin(text: str) -> str:
    """Return *text* with every letter that only looks like one of ASCII replaced by that."""
    likes = (_LOOK_ALIKES.get(character, character) for character in text)
    return unicodedata.normalize("NFKC", "".join(likes))


def check_letters(name: str, find_place: Callable[[], Location], problems: Problems) -> bool:
    """Report the first letter of a code that is not ASCII; tell whether all are ASCII."""
    if name.isascii():
        return True
    # An invisible one has been reported already.
    seen = visible(name)
    foreign = next((letter for letter in seen if not letter.isascii()), None)
    if foreign is None:
        return seen == name
    alike = "a space" if latin(foreign) == " " else latin(foreign)
    looks = f", which looks like {alike}" if alike.isascii() and alike.isprintable() else ""
    problems.add(Rule.LOOK_ALIKE_LETTER, find_place(), f"{name} holds {describe(foreign)}{looks}.")
    return False
