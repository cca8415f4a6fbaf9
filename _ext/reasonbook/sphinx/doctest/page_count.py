"""Counts the JSON blocks of a page in its text, by other means than those that run them.

What it cannot be sure of it leaves out, so that it never counts what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from markdown_it import MarkdownIt

# Not asked of Pygments, which the runner asks.
_JSON = ("json", "json-object", "jsonld", "json-ld")
_CODE = ("code-block", "sourcecode", "code")
# What they hold is no markup.
_OPAQUE = (
    *_CODE,
    *("raw", "parsed-literal", "math", "csv-table", "productionlist", "prompt", "code-cell"),
    *("testcode", "testsetup", "testcleanup", "testoutput", "doctest"),
    *("graphviz", "digraph", "graph", "mermaid", "plantuml", "uml"),
)
_MYST_DIRECTIVE = re.compile(r"^\{(?P<name>[\w:.+-]+)\}[ \t]*(?P<argument>.*)")
_COLON_FENCE = re.compile(r"^([ \t]*(?:[->*+][ \t]+)*)(:{3,})([ \t]*\w)?", re.MULTILINE)
_OPTION = re.compile(r"^[ \t]*:?(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"(-?\d+)?")
_RST_INDENT = re.compile(r"[ \t]*(?:(?:[-*+]|\(?(?:\d+|[a-zA-Z#])[.)])[ \t]+)*")
_RST_MARK = re.compile(r"\.\.(?:[ \t]+(?P<text>.*))?$")
_RST_DIRECTIVE = re.compile(r"(?P<name>[\w:.+-]+?)::(?:[ \t]+(?P<argument>.*)|$)")


@dataclass(frozen=True)
class PageSettings:
    """What the configuration says of all pages."""

    srcdir: Path
    suffixes: Mapping[str, str | None]  # and which are Markdown
    colon_fences: bool
    language: str  # of blocks that name none
    prolog: str = ""  # of pages in reStructuredText
    epilog: str = ""


def count_page_examples(path: Path, settings: PageSettings) -> int:
    """Count the JSON blocks written on a page, and in the files that it includes."""
    ends = settings.suffixes.items()
    kind = next((kind for end, kind in ends if path.name.endswith(end)), None)
    text = path.read_text(encoding="utf-8-sig")
    page = _Page(path.parent, settings, settings.language)
    if kind == "markdown":
        return page.count_markdown(text)
    return page.count_rst(f"{settings.prolog}\n\n{text}\n\n{settings.epilog}")


@dataclass
class _Page:
    """A page that is read from its top to its end."""

    folder: Path
    settings: PageSettings
    language: str  # which the page may change as it goes on
    included: list[tuple[Path, str]] = field(default_factory=list)

    def count_markdown(self, text: str) -> int:
        if self.settings.colon_fences:
            text = _COLON_FENCE.sub(_as_tildes, text)
        tokens = MarkdownIt("commonmark").parse(text)
        return sum(
            self._count_fence(t.info.strip(), t.content) for t in tokens if t.type == "fence"
        )

    def _count_fence(self, info: str, content: str) -> int:
        directive = _MYST_DIRECTIVE.match(info)
        if directive is None:
            return self._is_json(info)
        name, argument = directive["name"].lower(), directive["argument"]
        if name == "include":
            return self._count_included(argument, _options(content), is_markdown=True)
        if self._shows_json(name, argument, content):
            return 1
        if name in _OPAQUE:
            return 0
        return self.count_rst(content) if name == "eval-rst" else self.count_markdown(content)

    def count_rst(self, text: str) -> int:
        count = 0
        skipped: int | None = None  # the indent of what holds no directives: code, a comment
        lines = text.expandtabs(8).split("\n")
        for index, line in enumerate(lines):
            if skipped is not None and (not line.strip() or _indent(line) > skipped):
                continue
            skipped = None
            start = _RST_INDENT.match(line)
            assert start
            mark = _RST_MARK.match(line, start.end())
            directive = _RST_DIRECTIVE.match(mark["text"] or "") if mark else None
            if directive:
                name, argument = directive["name"].lower(), directive["argument"] or ""
                below = "\n".join(takewhile(str.strip, lines[index + 1 :]))
                if name == "include":
                    options = _options(below)
                    is_markdown = options.get("parser", "").startswith(("myst", "markdown"))
                    count += self._count_included(argument, options, is_markdown=is_markdown)
                is_json = self._shows_json(name, argument, below)
                count += is_json
                if is_json or name in _OPAQUE:
                    skipped = start.end()
            elif line.rstrip().endswith("::") if mark is None else _is_comment(mark["text"]):
                skipped = start.end()
                count += mark is None and self._is_json("") and _has_block(lines, index, skipped)
        return count

    def _shows_json(self, name: str, argument: str, content: str) -> bool:
        """Tell whether a directive shows JSON; it may also say what those after it show."""
        if name == "highlight":
            self.language = argument
        if name == "literalinclude":
            options = _options(content)
            return "diff" not in options and self._is_json(options.get("language", ""))
        return name == "error-json" or (name in _CODE and self._is_json(argument))

    def _is_json(self, said: str) -> bool:
        """Tell whether code is JSON by what is said of it, or else by what is said of all."""
        words = said.split() or self.language.split() or [""]
        return words[0].lower() in _JSON

    def _count_included(self, argument: str, options: dict[str, str], *, is_markdown: bool) -> int:
        # Also in a file that is included, names begin at the folder of the page.
        root = self.settings.srcdir if argument.startswith("/") else self.folder
        path = root / argument.strip().lstrip("/")
        place = (path, str(options))
        if "literal" in options or not path.is_file() or place in self.included:
            return 0
        text = _clip(path.read_text(encoding="utf-8-sig", errors="replace"), options)
        if "code" in options:
            return bool(text) and self._is_json(options["code"])
        self.included.append(place)
        count = self.count_markdown(text) if is_markdown else self.count_rst(text)
        self.included.pop()
        return count


def _as_tildes(match: re.Match[str]) -> str:
    """Write a fence of colons, which MyST may allow, as one that all Markdown has.

    One with a bare word is a division of the page, not code.
    """
    return f"{match[1]}{'~' * len(match[2])}{'{div}' if match[3] else ''}{match[3] or ''}"


def _options(text: str) -> dict[str, str]:
    """Return the options of a directive without content of its own."""
    return {match["name"]: match["value"].strip("'\"") for match in _OPTION.finditer(text)}


def _clip(text: str, options: dict[str, str]) -> str:
    """Return the part of an included file that the options name, nothing where it is not there."""
    start, end = (options.get(name, "") for name in ("start-line", "end-line"))
    if not _NUMBER.fullmatch(start) or not _NUMBER.fullmatch(end):
        return ""
    lines = text.splitlines()[int(start or 0) : int(end) if end else None]
    text = "\n".join(lines)
    if "start-after" in options:
        text = text.partition(options["start-after"])[2]
    if "end-before" in options:
        before, found, _ = text.partition(options["end-before"])
        text = before if found else ""
    return text


def _has_block(lines: list[str], index: int, indent: int) -> bool:
    """Tell whether an indented block follows a line, after one that is empty."""
    below = lines[index + 1 :]
    first = next(filter(str.strip, below), "")
    is_line_block = lines[index].lstrip().startswith("|")
    return below[:1] != [first] and _indent(first) > indent and not is_line_block


def _is_comment(text: str | None) -> bool:
    """Tell a comment from targets, footnotes and substitutions."""
    return not text or text[0] not in "_[|"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
