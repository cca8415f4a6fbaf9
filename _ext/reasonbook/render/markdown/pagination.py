"""Keeps what agents fetch small: estimates tokens, and cuts long lists into parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: No page of the site but lists of requests, and no index at a usual address, has fewer.
BYTES_PER_TOKEN = 3.05


def estimate_tokens(text: str) -> int:
    """Return no fewer tokens than a tokenizer makes of *text*, as long as addresses are of words.

    Prose has more than four bytes to a token, names and addresses three. An index at an address of
    digits, or of letters that make no words, has up to a tenth more tokens. Tests hold both.
    """
    return math.ceil(len(text.encode()) / BYTES_PER_TOKEN)


@dataclass(frozen=True)
class Continued:
    """How a list goes on: the head of a part, by its number; what leads to its address."""

    head: Callable[[int], str]
    link: Callable[[str], str] = "\nContinued: {}".format


def cut(
    docname: str,
    head: str,
    lines: Sequence[str],
    limit: int,
    address: Callable[[str], str],
    continued: Continued | None = None,
) -> dict[str, str]:
    """Return the pages of a list by name: *head* and as many *lines* as fit, then the rest.

    Each page names the *address* of the next. A line that is too long alone has a page of its own.
    """
    first = head.split("\n\n")[0]
    more = continued or Continued(lambda number: f"{first}\n\n# Part {number}\n")
    pages: list[str] = []
    start = head
    room = limit - 200  # for the line that names the next page
    page: list[str] = []
    size = len(start)
    for line in lines:
        if page and size + len(line) + 1 > room:
            following = more.link(address(f"{docname}.{len(pages) + 2}"))
            pages.append("\n".join([start, *page, following]) + "\n")
            start = more.head(len(pages) + 1)
            page, size = [], len(start)
        page.append(line)
        size += len(line) + 1
    pages.append("\n".join([start, *page]) + "\n")
    return {docname if n == 1 else f"{docname}.{n}": text for n, text in enumerate(pages, 1)}
