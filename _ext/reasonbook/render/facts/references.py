"""Prose of the catalogue, and mentions of what it holds."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from reasonbook.format import prose
from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Badge, Code, Inline, Reference, Text
from reasonbook.format.reasons import OperationClass
from reasonbook.render.facts.statements import Line, joined, line


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


def titled(name: Inline, reason: Reason | None) -> Line:
    """Return the name of a reason with its title, where it has one."""
    return line(name, f" – {reason.title}" if reason and reason.title else "")


def operation(name: str, api: Api) -> Inline:
    """Return a request line, which leads to the API's operations where they list it."""
    code, listed = Code(name), api.listed_name(name)
    if listed not in api.operations:
        return code
    return Reference("endpoint", f"{api.name}/{listed}", (code,))


def operations(raised_by: str | tuple[str, ...] | OperationClass, api: Api) -> Line:
    """Return the operations that send an error; nothing where they are not known."""
    if raised_by == "any":
        return line("any operation")
    if isinstance(raised_by, OperationClass):
        return _operation_class(raised_by.class_, api)
    return joined(operation(name, api) for name in raised_by) if raised_by != "unknown" else ()


def _operation_class(name: str, api: Api) -> Line:
    """Return a class of operations with what tells them."""
    told = class_members(name, api)
    return line("any of the class ", operation_class(name, api), ": " if told else "", told)


def operation_class(name: str, api: Api) -> Inline:
    """Return the name of a class of operations, which leads to what it is."""
    code = Code(name)
    if name not in api.operation_classes or not api.operations:
        return code
    return Reference("operation-class", f"{api.name}/{name}", (code,))


def class_members(name: str, api: Api) -> Line:
    """Return what tells the operations of a class; nothing where it is all of them."""
    pattern = api.operation_classes.get(name)
    told: list[Inline | Line] = []
    if pattern:
        told += map(Code, pattern.methods or ())
        told += [Code(pattern.path)] if pattern.path else []
        told += [line("not ", Code(pattern.except_path))] if pattern.except_path else []
        codes = joined((Code(str(code)) for code in pattern.http or ()), " or ")
        told += [line("documented with ", codes)] if codes else []
    return joined(told)


@functools.cache
def http_badge(http: int) -> Badge:
    """Return the label of an HTTP status, of the kind of its class: ``4xx`` or ``5xx``."""
    return Badge(f"http-{http // 100}xx", line(str(http)))


def badges(codes: Iterable[int]) -> Line:
    """Return the labels of several."""
    return joined(map(http_badge, codes), " ")
