"""Numbers that readers of JSON change: most keep what a double holds (RFC 8259, section 6)."""

from __future__ import annotations

import math
from decimal import Decimal

from reasonbook.text.json_text import MAX_EXACT_INTEGER

MAX_SHOWN = 24
MAX_INTEGER_DIGITS = 17  # with the sign
MAX_DIGITS = 17  # of a double, at the most


def number_fault(text: str) -> str:
    """Say why readers would change a number written as *text*; empty where none would.

    A number is safe if its double, printed again, has the same value, or if it is a fraction of no
    more digits than some writers print of a double. ``9007199254740993.0`` is an integer, too; who
    writes an exponent means a double.
    """
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "..."
    if text.lstrip("-").isdigit():
        if len(text) > MAX_INTEGER_DIGITS or abs(int(text)) > MAX_EXACT_INTEGER:
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
    if not is_fraction and abs(double) > MAX_EXACT_INTEGER and "e" not in text.lower():
        return f"The number {shown} is beyond 2^53 - 1: many readers change it."
    if exact == read or (is_fraction and len(exact.as_tuple().digits) <= MAX_DIGITS):
        return ""
    return f"The number {shown} has too many digits: many readers make it {double!r}."
