"""Counts the JSON examples in the files themselves, by other means than those that run them.

If the doctest builder runs fewer than are counted here, some example slipped through untested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

_CODE_DIRECTIVES = ("code-block", "sourcecode", "code")
_RST_DIRECTIVE = re.compile(r"^(?P<indent>[ \t]*)\.\. (?P<name>[a-z-]+)::[ \t]*(?P<argument>\S*)")
_MYST_DIRECTIVE = re.compile(r"^\{(?P<name>[\w-]+)\}[ \t]*(?P<argument>\S*)")
_COLON_FENCE = re.compile(r"^[ \t]*:{3,}[ \t]*(\{[\w-]+\}.*)$")
_INCLUDED_JSON = re.compile(r"^\s*:language:\s*json\s*$", re.IGNORECASE | re.MULTILINE)


def count_catalogue_examples(root: Path) -> int:
    """Count the examples in the YAML files below *root*, and one envelope for each API."""
    count = 0
    for path in sorted(root.glob("[!._]*/*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        if path.name == "api.yaml":
            count += 1
        else:
            count += sum(len(reason.get("examples") or ()) for reason in data["reasons"])
    return count


def count_page_examples(paths: Iterable[Path], suffixes: dict[str, str | None]) -> int:
    """Count the JSON blocks written on pages; *suffixes* says which are Markdown."""
    count = 0
    for path in paths:
        kind = next((kind for end, kind in suffixes.items() if path.name.endswith(end)), None)
        text = path.read_text(encoding="utf-8-sig")
        count += _count_markdown(text) if kind == "markdown" else _count_rst(text)
    return count


def _count_markdown(text: str) -> int:
    count = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "fence":
            count += _count_fence(token.info.strip(), token.content)
        elif token.type == "inline":
            for line in token.content.split("\n"):
                if colon := _COLON_FENCE.match(line):
                    directive = _MYST_DIRECTIVE.match(colon[1])
                    count += bool(directive and directive["name"] == "error-json")
    return count


def _count_fence(info: str, content: str) -> int:
    directive = _MYST_DIRECTIVE.match(info)
    if directive is None:
        return (info.split() or [""])[0].lower() == "json"
    name = directive["name"]
    if name == "error-json":
        return 1
    if name in _CODE_DIRECTIVES:
        return directive["argument"].lower() == "json"
    if name == "literalinclude":
        return bool(_INCLUDED_JSON.search(content))
    return _count_markdown(content)


def _count_rst(text: str) -> int:
    count = 0
    skipped: int | None = None  # the indent of a block of code that is no JSON
    lines = text.split("\n")
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if skipped is not None and (not line.strip() or indent > skipped):
            continue
        skipped = None
        directive = _RST_DIRECTIVE.match(line)
        if directive is None:
            continue
        name, argument = directive["name"], directive["argument"]
        if name == "error-json" or (name in _CODE_DIRECTIVES and argument.lower() == "json"):
            count += 1
        elif name in _CODE_DIRECTIVES:
            skipped = indent
        elif name == "literalinclude":
            options = "\n".join(lines[index + 1 : index + 12]).split("\n\n")[0]
            count += bool(_INCLUDED_JSON.search(options))
    return count
