"""Plain CommonMark with pipe tables, written from prose and data.

Everything in a text comes out as that text again, whatever characters it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from reasonbook.format import prose

# Characters that mean something inside a line, wherever they are; and the end of a heading.
_SPECIAL = re.compile(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#(?=#*\s*$)")
# What an address may hold beside letters and digits; anything else could end it.
_IN_ADDRESS = "!#$%&'()*+,-./:;=?@[]_{|}~"
_LINE_BREAK = re.compile(r"[\r\n]+")
# What means something at the start of a line only.
_LINE_START = re.compile(r"^\s*(?:[#+>-]|\d+(?=[.)]))")


def escape(text: str, *, first: bool = True) -> str:
    """Return *text* so that it is read as itself; *first* where it begins a block."""
    escaped = _SPECIAL.sub(lambda match: "\\" + match[0], _on_one_line(text))
    start = _LINE_START.match(escaped) if first else None
    if start is None:
        return escaped
    if start[0][-1].isdigit():  # an ordered list: the mark after the number is what counts
        return f"{start[0]}\\{escaped[start.end() :]}"
    return f"{escaped[: start.end() - 1]}\\{escaped[start.end() - 1 :]}"


def _on_one_line(text: str) -> str:
    return text if text.isprintable() else _LINE_BREAK.sub(" ", text)


def code(text: str) -> str:
    """Return *text* as a code span."""
    text = _on_one_line(text)
    fence = _fence(text)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    if text[:1] == text[-1:] == " " and text.strip():
        pad = " "
    return f"{fence}{pad}{text}{pad}{fence}"


def _fence(text: str, least: int = 1) -> str:
    """Return more backticks than there are side by side in *text*."""
    runs = map(len, re.findall("`+", text)) if "`" in text else ()
    return "`" * max(least, max(runs, default=0) + 1)


def inline(text: str) -> str:
    """Return prose of one paragraph on one line."""
    return line(prose.parse_inline(text))


def blocks(text: str, indent: str = "") -> str:
    """Return prose of several paragraphs and lists; *indent* goes before every line but the first.

    Blocks are separated by a blank line, so that the text can be an item of a list.
    """
    return _indented(parsed_blocks(prose.parse_blocks(text)), indent)


def _indented(text: str, indent: str) -> str:
    return text.replace("\n", "\n" + indent).replace("\n" + indent + "\n", "\n\n")


def bullet_list(items: Iterable[str], mark: str = "-") -> str:
    """Return a list; the items are Markdown."""
    return "\n".join(f"{mark} {_indented(item, '  ')}".rstrip() for item in items)


def labelled(name: str, text: str) -> str:
    """Return prose after a label: on its line, or below it where the prose begins with a list."""
    first, *_ = prose.parse_blocks(text)
    return f"{name}{' ' if isinstance(first, prose.Paragraph) else chr(10) * 2}{blocks(text)}"


def cell(text: str) -> str:
    """Return Markdown on one line for a cell of a pipe table."""
    return " ".join(text.split("\n")).replace("|", "\\|").strip() or " "


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a pipe table; the cells are Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell(text) for text in line)} |" for line in lines)


def link(text: str, url: str) -> str:
    """Return a link; *text* is Markdown."""
    url = quote(url, safe=_IN_ADDRESS)
    return f"[{text}](<{url}>)" if re.search(r"[()]", url) else f"[{text}]({url})"


def autolink(url: str) -> str:
    """Return an address that is shown as it is, and is a link to itself."""
    return f"<{quote(url, safe=_IN_ADDRESS)}>"


def fenced(text: str, language: str) -> str:
    """Return *text* as a block of code, byte for byte but for a final line break."""
    fence = _fence(text, 3)
    end = "" if text.endswith("\n") else "\n"
    return f"{fence}{language}\n{text}{end}{fence}"


def parsed_blocks(parts: Iterable[prose.Block]) -> str:
    """Return blocks of prose, with a blank line between them."""
    return "\n\n".join(
        line(part.children)
        if isinstance(part, prose.Paragraph)
        else bullet_list(map(parsed_blocks, part.items))
        for part in parts
    )


def line(parts: tuple[prose.Inline, ...]) -> str:
    """Return inline prose; marks that would run together with what is beside them go."""
    written = _inlines(parts)
    if "*" not in written or prose.parse_inline(written) == parts:
        return written
    return _inlines(prose.rewrite(parts, _without_emphasis))


def _without_emphasis(part: prose.Inline) -> tuple[prose.Inline, ...]:
    return part.children if isinstance(part, prose.Emphasis) else (part,)


def _inlines(parts: Sequence[prose.Inline]) -> str:
    return "".join(_inline(part, first=index == 0) for index, part in enumerate(parts))


def _inline(part: prose.Inline, *, first: bool = False) -> str:
    if isinstance(part, prose.Text):
        return escape(part.text, first=first)
    if isinstance(part, prose.Code):
        return code(part.text)
    inner = _inlines(part.children)
    if isinstance(part, prose.Link):
        return autolink(part.url) if part.bare else link(inner, part.url)
    if isinstance(part, prose.Emphasis):
        mark = "**" if part.strong else "*"
        return f"{mark}{inner}{mark}"
    return inner
