"""What a value without quotes is: text, number, truth value, nothing, or a matter of dispute."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from reasonbook import limits

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Words that are not text for at least one reader; every other that begins with a letter is.
_WORDS = {*_NULLS, *_BOOLS} | {
    word
    for lower in ["y", "n", "yes", "no", "on", "off"]
    for word in (lower, lower.title(), lower.upper())
}
# What at least one of YAML 1.1, YAML 1.2 and their common readers takes for something but text.
_AMBIGUOUS = re.compile(
    r"""
      (?P<boolean> y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF )   # of YAML 1.1
    | (?P<number>
          [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?       # base 60
        | [-+]?0[xX][0-9a-fA-F_]+ | [-+]?0[oO]?[0-9_]+ | [-+]?0[bB][01_]+
        | [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?    # 1_000, +1, 1., 1.10, 1e3
        | [-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
        | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      )
    | (?P<date> [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t].*)?)   # dates and times
    | = | <<                                                     # marks of YAML 1.1
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTE_OR = {
    "boolean": "Put quotes round it if it is text, else write true or false.",
    "number": "Put quotes round it if it is text, else write a plain number of at most "
    f"{limits.YAML_NUMBER_CHARACTERS} digits, such as 404 or 0.5.",
    "date": "Put quotes round it.",
}


class PlainValue(NamedTuple):
    """The value; where readers disagree, the text itself and how to settle it."""

    value: str | int | float | bool | None
    ambiguous: bool = False
    hint: str = ""


def is_text(text: str) -> bool:
    """Tell whether a value without quotes is text for every reader, as nearly all are."""
    return text[:1].isalpha() and text not in _WORDS


@functools.lru_cache(maxsize=4096)  # numbers and words that come again and again
def read_plain(text: str) -> PlainValue:
    """Read a value without quotes."""
    if is_text(text):
        return PlainValue(text)
    if text in _NULLS:
        return PlainValue(None)
    if text in _BOOLS:
        return PlainValue(_BOOLS[text])
    if _INTEGER.fullmatch(text) and len(text) <= limits.INTEGER_CHARACTERS:
        if abs(int(text)) <= limits.EXACT_INTEGER:
            return PlainValue(int(text))
    elif _FLOAT.fullmatch(text) and len(text) <= limits.YAML_NUMBER_CHARACTERS:
        return PlainValue(float(text))
    found = _AMBIGUOUS.fullmatch(text)
    if found:
        return PlainValue(text, ambiguous=True, hint=_QUOTE_OR.get(found.lastgroup or "", ""))
    return PlainValue(text)
