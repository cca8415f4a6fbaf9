"""Suggestions: which known word is most like one that is not known."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Sequence

from reasonbook import limits

_GAP = re.compile(r"[\s_-]+")


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word most like *word*, or None where none is near.

    Capitals, and what separates the parts of a word, make no difference.
    """
    return next(iter(near_words(word, known)), None)


def did_you_mean(near: str | None, otherwise: str = "") -> str:
    """Return the hint for what :func:`nearest` found; *otherwise* where it found nothing."""
    return f"Did you mean {near}?" if near else otherwise


def near_words(word: str, known: Sequence[str]) -> list[str]:
    """Return up to three known words that are like *word*, the most like it first."""
    return [*_near_words(word, tuple(known))]


@functools.lru_cache(maxsize=1024)  # many files may have the same unknown key
def _near_words(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if len(word) > limits.SUGGESTION_WORD_CHARACTERS:
        return ()
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(_fold(name), name)
    near = difflib.get_close_matches(_fold(word), folded, cutoff=0.6)
    return tuple(folded[name] for name in near)


def words_within(word: str, known: Sequence[str]) -> list[str]:
    """Return the known words that are parts of *word*, as ``http`` is one of ``http_status``."""
    parts = _fold(word).split("_")
    return [name for name in known if _fold(name) in parts]


def _fold(word: str) -> str:
    return _GAP.sub("_", word.strip()).lower()


class Guesser:
    """Suggests among the same words, but not more often than anybody would read."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known
        self._left = limits.SUGGESTIONS

    def nearest(self, word: str) -> str | None:
        """Return the known word most like *word*, or None where none is near, or after many."""
        self._left -= 1
        return nearest(word, self._known) if self._left >= 0 else None
