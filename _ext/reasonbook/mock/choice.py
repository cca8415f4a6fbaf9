"""Which error a request asks for: by the header Prefer, or by a trigger in what it sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from reasonbook import limits
from reasonbook.text.json_reader import parse_json

#: What a trigger begins with: a value that stands in a request where any other could.
TRIGGER = "mock:"
#: Preferences that name what is asked for; without a name, success would be a wrong answer.
_NAMING = ("reason", "example", "outside", "http", "code")
_PREFERENCE = re.compile(r'([!#$%&\'*+.^`|~\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^,;"]*)')


class WrongChoiceError(ValueError):
    """A request asks for something in a way that cannot be read."""


@dataclass(frozen=True)
class Choice:
    """What a request asks for."""

    reason: str | None = None
    example: str | None = None  # the title of one
    http: int | None = None
    outside: str | None = None  # the name of an answer in no envelope
    delay: float = 0

    @property
    def is_made(self) -> bool:
        """Whether the request asks for anything but what it would get anyway."""
        return self != Choice()


def read_preferences(text: str) -> Choice:
    """Read what ``Prefer: reason=NAME, example="A title"`` asks for (RFC 7240).

    Other preferences are passed over. Prism's ``code`` counts as ``http``.
    """
    found: dict[str, str] = {}
    for name, value in _PREFERENCE.findall(text):
        plain = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value.strip()
        found.setdefault(name.lower(), plain)
    if empty := next((name for name in _NAMING if found.get(name) == ""), None):
        raise WrongChoiceError(f"{empty} is empty; it names what is asked for.")
    http = found.get("http") or found.get("code")
    if http is not None and not re.fullmatch("[2-5][0-9][0-9]", http):
        raise WrongChoiceError(f"{http} is not an HTTP status from 200 to 599.")
    return Choice(
        found.get("reason"),
        found.get("example"),
        int(http) if http else None,
        found.get("outside"),
        _seconds(found.get("delay", "0")),
    )


def read_triggers(path: str, query: str, body: bytes) -> Choice:
    """Return what the first trigger asks for: a value of path, query, form or JSON."""
    values: list[str] = [unquote(step) for step in path.split("/")]
    values += [value for _, value in parse_qsl(query)]
    text = body.decode(errors="replace")
    parsed = parse_json(text)
    form = (value for _, value in parse_qsl(text))
    values += form if parsed.broken else _strings(parsed.value)
    for value in values:
        if value.startswith(TRIGGER):
            said = value.removeprefix(TRIGGER)
            is_name = said and "=" not in said
            return Choice(said) if is_name else read_preferences(said or "reason=")
    return Choice()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        inner: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
        for each in inner:
            yield from _strings(each)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", text) or float(text) > limits.MOCK_SECONDS:
        raise WrongChoiceError(
            f"{text} is not a delay in seconds, from 0 to {limits.MOCK_SECONDS}."
        )
    return float(text)
