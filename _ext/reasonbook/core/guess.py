"""Which known word was meant by one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

# A guess among thousands of words takes milliseconds, and a broken file may ask for thousands.
MAX_GUESSES = 50
_MAX_LENGTH = 100


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word most like *word*, or None where none is near."""
    if len(word) > _MAX_LENGTH:
        return None
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), None)


class Guesser:
    """Guesses among the same words again and again, as long as somebody may read it."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known
        self._left = MAX_GUESSES

    def nearest(self, word: str) -> str | None:
        """Return the known word most like *word*, or None where none is near, or after many."""
        self._left -= 1
        return nearest(word, self._known) if self._left >= 0 else None
