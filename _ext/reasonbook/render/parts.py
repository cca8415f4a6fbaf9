"""Keeps what agents fetch small: estimates tokens, and cuts long lists into parts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

#: Agents' fetch tools cut a page after this many characters.
PAGE_LIMIT = 5_000
#: No file for agents is longer than this many characters, but for the one that holds everything.
FILE_LIMIT = 50_000

_PIECES = re.compile(r"[A-Za-z]+|[0-9]{1,3}|\n+|://|\]\(|[^A-Za-z0-9\n]")


def estimate_tokens(text: str) -> int:
    """Return more tokens than a tokenizer makes of *text*, without its vocabulary.

    A test holds that for every page of the site. Words count by their letters, characters outside
    ASCII by their bytes, all others one each; a space goes with what follows it.
    """
    return sum(_tokens(piece) for piece in _PIECES.findall(text))


def _tokens(piece: str) -> int:
    if piece == " ":
        return 0
    if not piece.isascii():
        return len(piece.encode())
    if not piece.isalpha() or len(piece) <= 3:
        return 1
    return math.ceil(len(piece) / (7 if piece.islower() or piece.istitle() else 4))


def cut(head: str, lines: Sequence[str], limit: int, address: Callable[[int], str]) -> list[str]:
    """Return the pages of a list: *head* and as many *lines* as fit, then the rest.

    Each page names the next. *address* gives that of a page by its number, from 2. A line that is
    too long alone stands on a page of its own.
    """
    pages: list[str] = []
    start = head
    room = limit - 200  # for the line that names the next page
    page: list[str] = []
    size = len(start)
    for line in lines:
        if page and size + len(line) + 1 > room:
            following = f"\nContinued: {address(len(pages) + 2)}"
            pages.append("\n".join([start, *page, following]) + "\n")
            start = head.split("\n\n")[0] + f"\n\n# Part {len(pages) + 1}\n"
            page, size = [], len(start)
        page.append(line)
        size += len(line) + 1
    pages.append("\n".join([start, *page]) + "\n")
    return pages
