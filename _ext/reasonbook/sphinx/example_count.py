"""Counts the JSON examples in the files themselves, by other means than those that run them.

If the doctest builder runs fewer than are counted here, some example slipped through untested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

_CODE = ("code-block", "sourcecode", "code")
_OPAQUE = (*_CODE, "raw", "parsed-literal", "math")  # what they hold is no markup
_MYST_DIRECTIVE = re.compile(r"^\{(?P<name>[\w:.+-]+)\}[ \t]*(?P<argument>\S*)")
_COLON_FENCE = re.compile(r"^([ \t]*(?:[->*+][ \t]+)*)(:{3,})", re.MULTILINE)
_INCLUDED_JSON = re.compile(r"^\s*:?language:\s*json\s*$", re.IGNORECASE | re.MULTILINE)
_RST_INDENT = re.compile(r"[ \t]*(?:(?:[-*+]|\(?(?:\d+|[a-zA-Z#])[.)])[ \t]+)*")
_RST_MARK = re.compile(r"\.\.(?:[ \t]+(?P<text>.*))?$")
_RST_DIRECTIVE = re.compile(r"(?P<name>[\w:.+-]+?)::(?:[ \t]+(?P<argument>\S*)|$)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def count_catalogue_examples(root: Path) -> int:
    """Count the examples in the YAML files below *root*, and one envelope for each API."""
    count = 0
    for path in sorted(root.glob("[!._]*/[!.]*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)
        if path.name == "api.yaml":
            count += 1
        else:
            count += sum(len(reason.get("examples") or ()) for reason in data["reasons"])
    return count


def count_page_examples(
    paths: Iterable[Path], suffixes: dict[str, str | None], *, colon_fences: bool
) -> int:
    """Count the JSON blocks written on pages; *suffixes* says which are Markdown."""
    count = 0
    for path in paths:
        kind = next((kind for end, kind in suffixes.items() if path.name.endswith(end)), None)
        text = path.read_text(encoding="utf-8-sig")
        if kind == "markdown":
            count += _count_markdown(_without_colons(text) if colon_fences else text)
        else:
            count += _count_rst(text)
    return count


def _without_colons(text: str) -> str:
    """Write the fences of colons, which MyST may allow, as fences that all Markdown has."""
    return _COLON_FENCE.sub(lambda match: match[1] + "~" * len(match[2]), text)


def _count_markdown(text: str) -> int:
    tokens = MarkdownIt("commonmark").parse(text)
    return sum(_count_fence(t.info.strip(), t.content) for t in tokens if t.type == "fence")


def _count_fence(info: str, content: str) -> int:
    directive = _MYST_DIRECTIVE.match(info)
    if directive is None:
        return (info.split() or [""])[0].lower() == "json"
    name = directive["name"].lower()
    if _is_json(name, directive["argument"], content):
        return 1
    if name in _OPAQUE:
        return 0
    return _count_rst(content) if name == "eval-rst" else _count_markdown(content)


def _is_json(name: str, argument: str, options: str) -> bool:
    """Tell whether a directive shows JSON."""
    if name == "literalinclude":
        return bool(_INCLUDED_JSON.search(options))
    return name == "error-json" or (name in _CODE and argument.lower() == "json")


def _count_rst(text: str) -> int:
    count = 0
    skipped: int | None = None  # the indent of what holds no directives: code, a comment
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if skipped is not None and (not line.strip() or _indent(line) > skipped):
            continue
        skipped = None
        start = _RST_INDENT.match(line)
        assert start
        mark = _RST_MARK.match(line, start.end())
        directive = _RST_DIRECTIVE.match(mark["text"] or "") if mark else None
        if directive:
            name = directive["name"].lower()
            options = "\n".join(takewhile(str.strip, lines[index + 1 :]))
            is_json = _is_json(name, directive["argument"] or "", options)
            count += is_json
            if is_json or name in _OPAQUE:
                skipped = start.end()
        elif line.rstrip().endswith("::") if mark is None else _is_comment(mark["text"]):
            skipped = start.end()
    return count


def _is_comment(text: str | None) -> bool:
    """Tell a comment from targets, footnotes and substitutions."""
    return not text or text[0] not in "_[|"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
