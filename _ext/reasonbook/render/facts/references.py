"""Prose of the catalogue, and mentions of what it holds."""

from __future__ import annotations

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.format.prose import Badge, Code, Inline, Reference, Text
from reasonbook.render.facts.statements import Line, line


def inline(text: str, api: Api) -> Line:
    """Return prose of one paragraph; a code that is a reason of the API leads to it."""
    return prose.rewrite(prose.parse_inline(text), _links(api))


def blocks(text: str, api: Api) -> tuple[prose.Block, ...]:
    """Return prose that may hold several paragraphs and lists."""
    return prose.rewrite_blocks(prose.parse_blocks(text), _links(api))


def _links(api: Api) -> prose.Change:
    def link(part: Inline) -> Line:
        if isinstance(part, Code) and part.text in api.reasons:
            return (mention(api.name, part.text),)
        return (part,)

    return link


def mention(api: str, reason: str, shown: type[Code | Text] = Code) -> Reference:
    """Return a reference to a reason, shown as its name."""
    return Reference("reason", f"{api}/{reason}", (shown(reason),))


def operation(name: str, api: Api) -> Inline:
    """Return a request line, which leads to the API's operations where they list it."""
    code = Code(name)
    return Reference("endpoint", f"{api.name}/{name}", (code,)) if name in api.operations else code


def http_badge(http: int) -> Badge:
    """Return the label of an HTTP status, of the kind of its class: ``4xx`` or ``5xx``."""
    return Badge(f"http-{http // 100}xx", line(str(http)))
