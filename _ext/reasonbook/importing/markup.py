"""Texts of sources as prose: HTML in them becomes the little markup that prose has."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

# Names of elements that writers put into cells; <id> and <name> are placeholders.
_TAGS = frozenset(
    """a b big blockquote br code div em font h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s samp
    small span strong sub sup table tbody td th thead tr tt u ul var""".split()  # noqa: SIM905
)
_HIDDEN = ("script", "style")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);")
_CODES = ("code", "kbd", "samp", "tt", "var")
_MARKED = re.compile(r"(?:[-*•]|[0-9]{1,2}[.)]) +(.+)")
_BREAKS = ("br", "p", "div", "li", "tr", "pre")


def has_html(text: str) -> bool:
    """Tell whether a text holds elements of HTML."""
    return any(match[1].lower() in (*_TAGS, *_HIDDEN) for match in _TAG.finditer(text))


def text_of(text: str) -> str:
    """Return a text with its HTML as code spans, links and lines; entities as characters."""
    if has_html(text):
        parser = _Reader()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    elif _ENTITY.search(text):
        text = unescape(text)
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").splitlines())
    return re.sub("\n{2,}", "\n", "\n".join(lines)).strip()


def steps_of(text: str) -> list[str]:
    """Return the items of a list in HTML, or of lines with a mark each, else the text as one."""
    is_html, text = "<li" in text.lower(), text_of(text)
    lines = [line for line in text.splitlines() if line]
    if is_html:
        return lines
    items = [_MARKED.fullmatch(line) for line in lines]
    if len(items) > 1 and all(items):
        return [item[1] for item in items if item]
    return [text] if text else []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _CODES:
            self.parts.append("`")
        elif tag == "a":
            link = dict(attrs).get("href") or ""
            self._links.append(link if link.startswith(("http://", "https://")) else "")
            self.parts.append("[" if self._links[-1] else "")
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag not in _TAGS:  # a placeholder
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden -= 1
        elif tag in _CODES:
            self.parts.append("`")
        elif tag == "a" and self._links:
            link = self._links.pop()
            self.parts.append(f"]({link})" if link else "")
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag not in _TAGS:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._hidden < 1:
            self.parts.append(data)
