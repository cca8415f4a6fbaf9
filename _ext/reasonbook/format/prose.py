"""Prose: a small, safe subset of CommonMark, parsed once for every rendering.

Code, emphasis, strong and links with http, https or mailto; in blocks also paragraphs and bullet
lists. Everything else (HTML, images, headings, ordered lists, entities) stays the text it is.
References, badges and what is shortened do not come from a text: the site's own words have them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Literal
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reasonbook import limits

ReferenceKind = Literal[
    "api",
    "domain",
    "reason",
    "accordion",
    "status",
    "http",
    "endpoint",
    "operation-class",
    "envelope",
]
# Of a line of words and code spans, without the marks that mean something, or may to a parser.
_BEGINS_PLAINLY = re.compile("[A-Za-z0-9`]")
_ENDS_PLAINLY = re.compile("[!-~]")
_MARKS = "*_[]\\"
_IS_PLAIN_CODE = re.compile("[!-~](?:[ -~]*[!-~])?")
LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code span; ``whole`` where it may not break over lines."""

    text: str
    whole: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text; strong where ``strong`` is true."""

    children: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another site; ``bare`` where it is shown as its address."""

    url: str
    children: tuple[Inline, ...]
    bare: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """What leads to something of the catalogue, such as the ``reason`` ``shop/CARD_DECLINED``."""

    kind: ReferenceKind
    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short label, in a colour of its kind."""

    kind: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """What is said in full to people, and briefly to agents, who pay for each word."""

    children: tuple[Inline, ...]
    brief: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline text; its kind is for styles."""

    children: tuple[Inline, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; each item holds blocks. Its kind is for styles."""

    items: tuple[tuple[Block, ...], ...]
    kind: str = ""


Inline = Text | Code | Emphasis | Link | Reference | Badge | Shortened
Block = Paragraph | BulletList
_LEAVES = (Text, Code)


@functools.lru_cache(maxsize=4096)
def parse_blocks(text: str) -> tuple[Block, ...]:
    """Parse text that may hold several paragraphs and bullet lists."""
    if simple := _simple(text):
        return (Paragraph(simple),)
    tokens = _parser().parse(text)
    blocks, _ = _blocks(tokens, 0)
    return blocks


@functools.lru_cache(maxsize=16384)
def parse_inline(text: str) -> tuple[Inline, ...]:
    """Parse text of one paragraph; line breaks are spaces."""
    line = " ".join(text.split("\n")).strip()
    if simple := _simple(line):
        return simple
    (token,) = _parser().parseInline(line)
    return _inlines(token.children or [])


def _simple(text: str) -> tuple[Inline, ...]:
    """Return what the parser finds in a simple text, only much sooner; of others nothing."""
    found: list[Inline] = []
    for index, part in enumerate(_simple_parts(text)):
        if part:
            found.append(Code(part) if index % 2 else Text(part))
    return tuple(found)


@functools.lru_cache(maxsize=64)  # asked of a text several times, one after the other
def _simple_parts(text: str) -> list[str]:
    """Return words and code spans by turns of a line with nothing else; of others nothing.

    Most texts are so.
    """
    parts = text.split("`")
    words, codes = parts[::2], parts[1::2]
    if (
        len(parts) % 2 == 0  # a backtick is left over
        or not (_BEGINS_PLAINLY.match(text) and _ENDS_PLAINLY.match(text[-1]))
        or not (outside := "".join(words)).isprintable()
        or any(mark in outside for mark in _MARKS)
        or not all(words[1:-1])  # two backticks, which may be one mark
        or not all(map(_IS_PLAIN_CODE.fullmatch, codes))
    ):
        return []
    return parts


def is_simple(text: str) -> bool:
    """Tell whether *text* is one line of words and code spans, with nothing else in it."""
    return bool(_simple_parts(text))


def code_spans(text: str) -> Iterator[str]:
    """Yield the content of every code span in *text*."""
    if parts := _simple_parts(text):
        return iter(parts[1::2])
    return (leaf.text for leaf in _leaves(parse_blocks(text)) if isinstance(leaf, Code))


def plain_text(text: str) -> str:
    """Return *text* on one line, without its marks, for titles and descriptions."""
    if parts := _simple_parts(text):
        return " ".join("".join(parts).split())
    return text_of(parse_blocks(text))


def text_of(nodes: Iterable[Inline | Block]) -> str:
    """Return the text of what was parsed on one line, without its marks."""
    return " ".join("".join(leaf.text for leaf in _leaves(nodes)).split())


def _leaves(nodes: Iterable[Inline | Block]) -> Iterator[Text | Code]:
    """Yield the texts and codes of *nodes*, with a space after each paragraph."""
    for node in nodes:
        if isinstance(node, _LEAVES):
            yield node
        elif isinstance(node, BulletList):
            for item in node.items:
                yield from _leaves(item)
        else:
            yield from _leaves(node.children)
        if isinstance(node, Paragraph):
            yield Text(" ")


Change = Callable[[Inline], tuple[Inline, ...]]


def rewrite(parts: Iterable[Inline], change: Change) -> tuple[Inline, ...]:
    """Return what *change* makes of each part, from the inside out; texts side by side merge."""
    found: list[Inline] = []
    for part in parts:
        for new in change(part if isinstance(part, _LEAVES) else _rewritten_inside(part, change)):
            if isinstance(new, Text) and found and isinstance(last := found[-1], Text):
                found[-1] = Text(last.text + new.text)
            else:
                found.append(new)
    return tuple(found)


def _rewritten_inside(part: Inline, change: Change) -> Inline:
    assert not isinstance(part, _LEAVES)
    children = rewrite(part.children, change)
    if isinstance(part, Shortened):
        return Shortened(children, rewrite(part.brief, change))
    is_same = len(children) == len(part.children) and all(map(is_, children, part.children))
    return part if is_same else replace(part, children=children)


def rewrite_blocks(blocks: Iterable[Block], change: Change) -> tuple[Block, ...]:
    """Return blocks with each line rewritten."""
    return tuple(
        Paragraph(rewrite(block.children, change), block.kind)
        if isinstance(block, Paragraph)
        else BulletList(tuple(rewrite_blocks(i, change) for i in block.items), block.kind)
        for block in blocks
    )


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": limits.PROSE_LEVELS})
    parser.enable(["list", "backticks", "emphasis", "link", "escape", "newline"])
    parser.block.ruler.at("list", _bullet_list, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "image_as_text", _image_as_text)
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    return parser


def _as_written(url: str) -> str:
    return url


def _is_safe_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _bullet_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave ordered lists alone: a text may begin with a number."""
    first = state.src[state.bMarks[start] + state.tShift[start] :][:1]
    return first in ("*", "-", "+") and list_block(state, start, end, silent)


def _image_as_text(state: StateInline, silent: bool) -> bool:
    """Take ``![`` as text, so that what follows is not a link either."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


def _blocks(tokens: list[Token], index: int) -> tuple[tuple[Block, ...], int]:
    """Read blocks until the enclosing container closes; return them and the index after."""
    blocks: list[Block] = []
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.type == "inline":
            blocks.append(Paragraph(_inlines(token.children or [])))
        elif token.type == "bullet_list_open":
            items: list[tuple[Block, ...]] = []
            while tokens[index].type == "list_item_open":
                item, index = _blocks(tokens, index + 1)
                items.append(item)
            index += 1
            blocks.append(BulletList(tuple(items)))
        elif token.type == "list_item_close":
            break
    return tuple(blocks), index


def _inlines(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    stack: list[list[Inline]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token)
            stack.append([])
        elif token.nesting == -1:
            start, children = opened.pop(), tuple(stack.pop())
            stack[-1].append(
                Link(str(start.attrs["href"]), children)
                if start.type == "link_open"
                else Emphasis(children, strong=start.type == "strong_open")
            )
        elif token.type == "code_inline":
            stack[-1].append(Code(token.content))
        else:
            text = " " if token.type in ("softbreak", "hardbreak") else token.content
            last = stack[-1][-1] if stack[-1] else None
            if isinstance(last, Text):
                stack[-1][-1] = Text(last.text + text)
            elif text:
                stack[-1].append(Text(text))
    return tuple(stack[0])
