"""JSON Pointers (RFC 6901): into a body, and from what a schema describes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_INDEX = re.compile("0|[1-9][0-9]{0,8}")


class Missing:
    """The type of :data:`MISSING`, since ``None`` is a value of JSON."""


MISSING: Final = Missing()


@functools.lru_cache(maxsize=4096)
def tokens(pointer: str) -> tuple[str, ...]:
    """Split a pointer into its unescaped tokens."""
    return tuple(t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:])


def escape_token(token: str) -> str:
    """Return *token* as it is written in a JSON Pointer."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token  # as nearly every one


def join(pointer: str, *steps: str | int) -> str:
    """Return the pointer *steps* below *pointer*."""
    for step in steps:
        pointer += f"/{escape_token(str(step))}"
    return pointer


def resolve(body: Any, pointer: str) -> Any:
    """Return the value at *pointer*, or :data:`MISSING`."""
    for token in tokens(pointer):
        if body.__class__ is dict:  # as nearly all, and sooner told
            if token not in body:
                return MISSING
            body = body[token]
        elif isinstance(body, Mapping) and token in body:
            body = body[token]
        elif isinstance(body, Sequence) and not isinstance(body, str) and _INDEX.fullmatch(token):
            if int(token) >= len(body):
                return MISSING
            body = body[int(token)]
        else:
            return MISSING
    return body


def resolve_all(body: Any, pattern: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Yield every value that a pointer with the step ``*`` leads to: every item or member.

    With it come its own pointer, and the steps that each ``*`` stood for.
    """
    return _below(body, _between_stars(pattern), "", ())


def _below(
    body: Any, pointers: tuple[str, ...], where: str, steps: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    value = resolve(body, pointers[0])
    if value is MISSING:
        return
    where += pointers[0]
    if len(pointers) == 1:
        yield where, steps, value
    elif isinstance(value, dict | list):
        for name in value if isinstance(value, dict) else range(len(value)):
            inside = join(where, name)
            yield from _below(value[name], pointers[1:], inside, (*steps, str(name)))


@functools.lru_cache(maxsize=4096)
def _between_stars(pattern: str) -> tuple[str, ...]:
    """Return the pointers between the steps that are stars."""
    pointers = [""]
    for token in pattern.split("/")[1:]:
        if token == "*":
            pointers.append("")
        else:
            pointers[-1] += f"/{token}"
    return tuple(pointers)
