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
        if isinstance(body, (dict, Mapping)) and token in body:
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
    if "*" not in pattern:
        value = resolve(body, pattern)
        if value is not MISSING:
            yield pattern, (), value
        return
    found: list[tuple[str, tuple[str, ...], Any]] = [("", (), body)]
    for token in tokens(pattern):
        following: list[tuple[str, tuple[str, ...], Any]] = []
        for where, steps, value in found:
            if token == "*":
                names = range(len(value)) if isinstance(value, list) else value
                inside = names if isinstance(value, dict | list) else ()
                following += [
                    (join(where, name), (*steps, str(name)), value[name]) for name in inside
                ]
            else:
                below = resolve(value, "/" + escape_token(token))
                if below is not MISSING:
                    following.append((join(where, token), steps, below))
        found = following
    yield from found
