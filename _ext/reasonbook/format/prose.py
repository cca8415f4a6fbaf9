"""Prose: a small, safe subset of CommonMark, parsed once for every rendering.

Code, emphasis, strong and links with http, https or mailto; in blocks also paragraphs and bullet
lists. Everything else (HTML, images, headings, ordered lists, entities) stays the text it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reasonbook import limits

LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code span."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text; strong where ``strong`` is true."""

    children: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another site."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; each item holds blocks."""

    items: tuple[tuple[Block, ...], ...]


Inline = Text | Code | Emphasis | Link
Block = Paragraph | BulletList


@functools.lru_cache(maxsize=4096)
def parse_blocks(text: str) -> tuple[Block, ...]:
    """Parse text that may hold several paragraphs and bullet lists."""
    tokens = _parser().parse(text)
    blocks, _ = _blocks(tokens, 0)
    return blocks


@functools.lru_cache(maxsize=16384)
def parse_inline(text: str) -> tuple[Inline, ...]:
    """Parse text of one paragraph; line breaks are spaces."""
    (token,) = _parser().parseInline(" ".join(text.split("\n")).strip())
    return _inlines(token.children or [])


def code_spans(text: str) -> Iterator[str]:
    """Yield the content of every code span in *text*."""
    pending: list[Inline | Block] = list(parse_blocks(text))
    while pending:
        node = pending.pop(0)
        if isinstance(node, Code):
            yield node.text
        elif isinstance(node, BulletList):
            pending[:0] = [block for item in node.items for block in item]
        elif not isinstance(node, Text):
            pending[:0] = node.children


def plain_text(text: str) -> str:
    """Return *text* on one line, without its marks, for titles and descriptions."""
    words: list[str] = []

    def visit(nodes: Sequence[Inline | Block]) -> None:
        for node in nodes:
            if isinstance(node, Text | Code):
                words.append(node.text)
            elif isinstance(node, BulletList):
                for item in node.items:
                    visit(item)
            else:
                visit(node.children)
            if isinstance(node, Paragraph):
                words.append(" ")

    visit(parse_blocks(text))
    return " ".join("".join(words).split())


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
    """Leave ordered lists alone: a text that begins with a number is no list."""
    first = state.src[state.bMarks[start] + state.tShift[start] :][:1]
    return first in ("*", "-", "+") and list_block(state, start, end, silent)


def _image_as_text(state: StateInline, silent: bool) -> bool:
    """Take ``![`` as text, so that what follows is no link either."""
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
