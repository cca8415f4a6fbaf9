"""Keeps what agents fetch small: estimates tokens, and cuts long lists into parts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

# As tokenizers cut: a word takes one mark or space before it along, marks the line breaks after.
_PIECES = re.compile(
    r"(?P<number> ?[0-9]{1,3})|(?P<word>[^\r\nA-Za-z0-9]?(?:[A-Z]*[a-z]+|[A-Z]+))"
    r"|(?P<marks> ?[^\sA-Za-z0-9]+[\n/]*)|\s"
)
# Words of addresses that are one token, with the mark before them.
_WORDS = """
API HTTP JSON URL account admin api app auth base billing blog book build chat client cloud co
code com common company config contact content control core customer data default dev device dist
doc docs document domain email en error errors event events example export file files free front
github global google group groups help history home html http https id in index info internal io
item items json key latest lib list live local localhost login mail main manager map master md
media member message model module my net network news open order orders org page pages pay payment
platform product products profile project public read reason ref reference report request resource
rest run schema search security server service services session shop site state static status
storage store sub support system tag team test testing text tools txt uk url us user users value
version web work world www
"""
_COMMON = frozenset(_WORDS.split())
# Letters that no language strings together: each may be a token.
_STRANGE = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")


def estimate_tokens(text: str) -> int:
    """Return somewhat more tokens than a tokenizer makes of *text*, without its vocabulary.

    Tests hold that for every page of the site, and for the index at many addresses. Characters
    outside ASCII count by their bytes.
    """
    return sum(_tokens(match) for match in _PIECES.finditer(text))


def _tokens(match: re.Match[str]) -> int:
    piece = match[0]
    if not piece.isascii():
        return len(piece.encode())
    if match.lastgroup == "number":
        return 1 + piece.startswith(" ")
    if match.lastgroup == "word":
        mark = "" if piece[0].isalpha() else piece[0]
        word = piece.removeprefix(mark)
        if word in _COMMON:
            return 1
        # Prose has longer tokens than names and addresses, which follow a mark or nothing.
        letters = 8 if mark == " " and not word.isupper() else 4
        strange = sum(len(run) for run in _STRANGE.findall(word))
        return len(mark.strip()) + strange + math.ceil((len(word) - strange) / letters)
    return math.ceil(len(piece) / 3)


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
