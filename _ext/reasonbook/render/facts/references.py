"""Prose of the catalogue, and mentions of what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reasonbook.format import prose
from reasonbook.format.model import Api
from reasonbook.format.prose import Badge, Code, Emphasis, Inline, Paragraph, Reference, Text
from reasonbook.render.facts.statements import Line, line


def inline(text: str, api: Api) -> Line:
    """Return prose of the catalogue, one paragraph; a code that is a reason of the API leads to it.

    Not inside a link, which leads elsewhere.
    """
    return _linked(prose.parse_inline(text), api)


def blocks(text: str, api: Api) -> tuple[prose.Block, ...]:
    """Return prose of the catalogue that may hold several paragraphs and lists."""
    return _linked_blocks(prose.parse_blocks(text), api)


def _linked_blocks(found: Iterable[prose.Block], api: Api) -> tuple[prose.Block, ...]:
    return tuple(
        Paragraph(_linked(block.children, api))
        if isinstance(block, Paragraph)
        else prose.BulletList(tuple(_linked_blocks(item, api) for item in block.items))
        for block in found
    )


def _linked(parts: Iterable[Inline], api: Api) -> Line:
    found: list[Inline] = []
    for part in parts:
        if isinstance(part, Code) and part.text in api.reasons:
            found.append(reason_reference(api.name, part.text))
        elif isinstance(part, Emphasis):
            found.append(replace(part, children=_linked(part.children, api)))
        else:
            found.append(part)
    return tuple(found)


def reason_reference(api: str, name: str, shown: type[Code | Text] = Code) -> Reference:
    """Return a reference to a reason, shown as its name."""
    return Reference("reason", f"{api}/{name}", (shown(name),))


def operation(name: str, api: Api) -> Inline:
    """Return a request line, which leads to the API's operations where they list it."""
    code = Code(name)
    return Reference("endpoint", f"{api.name}/{name}", (code,)) if name in api.operations else code


def http_badge(http: int) -> Badge:
    """Return the label of an HTTP status, of the kind of its class: ``4xx`` or ``5xx``."""
    return Badge(f"http-{http // 100}xx", line(str(http)))
