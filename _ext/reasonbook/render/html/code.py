"""Code in colours, with the spans and classes of Pygments.

Most of a reference is JSON and the heads of HTTP, for which Pygments takes most of the time of its
page, so these have lexers of their own; what those do not know is left to Pygments.
"""

from __future__ import annotations

import functools
import re
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from reasonbook.render.facts.statements import CodeBlock

_STRING = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"'
# The name of each group is the class of its token.
_TOKENS = re.compile(
    rf"(?P<w>[ \n\t]+)|(?P<p>[{{}}\[\],:]+)|(?P<nt>{_STRING}(?=[ \n\t]*:))|(?P<s2>{_STRING})"
    r"|(?P<mf>-?[0-9]+(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+))|(?P<mi>-?[0-9]+)"
    r"|(?P<kc>true|false|null)|(?P<other>.)",
    re.DOTALL,
)

_REQUEST = re.compile(r"([A-Za-z][-_A-Za-z]+) ([^ \r\n]+) HTTP/1\.1")
_STATUS = re.compile(r"HTTP/1\.1 (\d{3})(?: (\S[^\r\n]*))?")
_HEADER = re.compile(r"([^\s:]+): (\S[^\r\n]*)")
_VERSION = '<span class="kr">HTTP</span><span class="o">/</span><span class="m">1.1</span>'


def code(block: CodeBlock) -> str:
    """Return a block of code."""
    return (
        f'<div class="rb-{block.kind} highlight-{block.language} notranslate">'
        f"{highlighted(block.text, block.language)}</div>\n"
    )


@functools.lru_cache(maxsize=1024)
def highlighted(text: str, language: str) -> str:
    """Return code as Pygments writes it."""
    own = _OWN.get(language)
    inner = own(text) if own else None
    if inner is None:
        return str(highlight(text, _lexer(language), _formatter()))
    return f'<div class="highlight"><pre><span></span>{inner}\n</pre></div>\n'


def json_spans(text: str) -> str | None:
    """Return the spans of JSON; nothing where some of it is not JSON."""
    found: list[str] = []
    # What is escaped is inside strings, and nothing there means anything to a token.
    for token in _TOKENS.finditer(escape(text.strip("\n"), quote=False)):
        kind, shown = token.lastgroup, token[0]
        if kind == "other":
            return None
        if kind == "w" and "\n" in shown:
            lines = (f'<span class="w">{line}</span>' if line else "" for line in shown.split("\n"))
            found.append("\n".join(lines))
        else:
            found.append(f'<span class="{kind}">{shown}</span>')
    return "".join(found)


def http_spans(text: str) -> str | None:
    """Return the spans of the head of a request or response; nothing where some is not of one."""
    first, *headers = escape(text.strip("\n"), quote=False).split("\n")
    if request := _REQUEST.fullmatch(first):
        method, path = request.groups()
        lines = [f'<span class="nf">{method}</span> <span class="nn">{path}</span> {_VERSION}']
    elif status := _STATUS.fullmatch(first):
        phrase = f' <span class="ne">{status[2]}</span>' if status[2] else ""
        lines = [f'{_VERSION} <span class="m">{status[1]}</span>{phrase}']
    else:
        return None
    for header in headers:
        if not (said := _HEADER.fullmatch(header)):
            return None
        name, value = said.groups()
        start = f'<span class="na">{name}</span><span class="o">:</span>'
        lines.append(f'{start} <span class="l">{value}</span>')
    return "\n".join(lines)


_OWN = {"json": json_spans, "http": http_spans}


@functools.cache
def _lexer(language: str):  # type: ignore[no-untyped-def] # Pygments has no types
    return get_lexer_by_name(language)


@functools.cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter()
