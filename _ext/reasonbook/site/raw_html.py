"""What a reader sees of raw HTML on a page: text, ends of lines and blocks, checkboxes."""

from __future__ import annotations

import re
from enum import Enum
from html.parser import HTMLParser

from docutils import nodes


class Mark(Enum):
    """What comes between texts."""

    BREAK = "the line ends"
    BLOCK = "the block ends"
    CHECKED = "[x]"
    UNCHECKED = "[ ]"


# Forms and the like are there to be operated, which text cannot be.
_HIDDEN = frozenset(
    {"audio", "button", "canvas", "form", "iframe", "object", "script", "select", "style", "svg"}
    | {"template", "textarea", "video"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"table", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})
# Without them, numbers would become others: 2<sup>10</sup>.
_RAISED = {"sup": "^", "sub": "_"}


class VisibleText(HTMLParser):
    """Reads the snippets of a run one by one: a tag may end in a later snippet than it began."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._found: list[str | Mark] = []

    @property
    def hides(self) -> bool:
        """Whether what follows is inside something that is not seen."""
        return bool(self._open)

    def read(self, raw: nodes.raw) -> list[str | Mark]:
        """Return the visible parts of a snippet; of another format than HTML, none."""
        if "html" not in str(raw.get("format", "")).split():
            return []
        self._found = []
        self.reset()
        self.feed(raw.astext())
        self.close()
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag begins."""
        values = dict(attrs)
        if self._open:
            if tag == self._open[-1]:
                self._open.append(tag)
        elif tag in _HIDDEN or ("hidden" in values and tag != "input"):
            self._open.append(tag)
        elif tag == "input" and values.get("type") == "checkbox":
            self._found.append(Mark.CHECKED if "checked" in values else Mark.UNCHECKED)
        elif tag == "br":
            self._found.append(Mark.BREAK)
        elif tag == "img":
            self._found.append(values.get("alt") or "")
        elif tag in _RAISED:
            self._found.append(_RAISED[tag])
        else:
            self._separate(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read ``<br/>`` as ``<br>``, and what cannot be empty as browsers do, without its end."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note what a tag ends."""
        if not self._open:
            self._separate(tag)
        elif tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep text, with white space as a browser shows it."""
        if not self._open:
            self._found.append(re.sub(r"\s+", " ", data))

    def _separate(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._found.append(Mark.BLOCK)
        elif tag in _CELLS:
            self._found.append(" ")
