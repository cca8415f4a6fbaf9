"""The operations of an API, where its folder lists them: ``operations.json``.

A list that is there is complete: what is not on it is a slip. What the API's own description
leaves out stands under ``extra``, each with the reason why it is known all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.text.files import read_text
from reasonbook.text.json_characters import check_every_text
from reasonbook.text.json_pointer import join
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText

OPERATIONS_FILE = "operations.json"
# What may stand in a path (RFC 3986), and braces; other characters are percent-encoded there.
_PATH = r"/[!$-;=@-\[\]_a-~]*"
_METHOD = "(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)"
OPERATION = re.compile(f"{_METHOD} {_PATH}")
REQUEST_LINE = re.compile(rf"{_METHOD} ({_PATH})(\?[!$-;=?@-\[\]_a-~]*)?")
_KNOWN_KEYS = ("source", "operations", "extra")
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Operations:
    """What an API can be asked: each operation with the HTTP statuses of its documented errors."""

    path: Path
    source: str | None  # the description that they come from
    statuses: Mapping[str, tuple[int, ...]]
    extra: Mapping[str, str]  # known from elsewhere: operation, and from where

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(map(_form, (*self.statuses, *self.extra)))

    def knows(self, operation: str) -> bool:
        """Tell whether an operation is on the list, whatever its parameters are called."""
        return _form(operation) in self._forms

    def nearest(self, operation: str) -> str | None:
        """Return the operation most like one that is not on the list."""
        method, _, path = operation.partition(" ")
        every = (*self.statuses, *self.extra)
        same = [known for known in every if known.split(" ")[0] == method]
        on_path = [known for known in every if _form(known).split(" ")[1] == _form(path)]
        return nearest(operation, same) or next(iter(on_path), None)


def _form(operation: str) -> str:
    return _PARAMETER.sub("{}", operation)


def read_operations(path: Path, problems: Problems) -> Operations | None:
    """Read the list; None where there is none, or where it is broken, and problems say why."""
    if not path.exists():
        return None
    text = read_text(path, problems)
    if text is None:
        return None
    parsed = parse_json(text)
    before = len(problems)
    check_every_text(text, parsed, display_path(path), problems)
    return None if len(problems) > before else _Reader(parsed, path, problems).read()


class _Reader:
    def __init__(self, parsed: JsonText, path: Path, problems: Problems) -> None:
        self._parsed = parsed
        self._path = path
        self._shown = display_path(path)
        self._problems = problems

    def read(self) -> Operations | None:
        for fault in self._parsed.faults:
            at, hint = Location(self._shown, *fault.position), fault.rule.hint
            self._problems.add(Rule.OPERATIONS_FILE, at, fault.message, hint)
        if self._parsed.faults:
            return None
        data: Any = self._parsed.value
        if not isinstance(data, dict) or not isinstance(data.get("operations"), dict):
            self._refuse("", "The file must hold operations: a JSON object of METHOD /path.")
            return None
        before = len(self._problems)
        for key in data:
            if key not in _KNOWN_KEYS:
                self._refuse(f"/{key}", f"{key} is unknown here.", self._guess(key))
        source, extra = data.get("source"), data.get("extra", {})
        if not isinstance(source, str | None):
            self._refuse("/source", "source must be text.")
        if not isinstance(extra, dict):
            self._refuse("/extra", "extra must be an object of METHOD /path and why.")
            return None
        for operation, statuses in data["operations"].items():
            where = join("/operations", operation)
            self._check_line(operation, where)
            if not _are_statuses(statuses):
                self._refuse(
                    where, f"{operation} needs a list of HTTP statuses, such as [401, 404]."
                )
        for operation, why in extra.items():
            where = join("/extra", operation)
            self._check_line(operation, where)
            if not isinstance(why, str) or not why.strip():
                self._refuse(where, f"{operation} must say why it is known.")
            if operation in data["operations"]:
                self._refuse(where, f"{operation} stands under operations, too.")
        if len(self._problems) > before:
            return None
        statuses = {name: tuple(codes) for name, codes in data["operations"].items()}
        return Operations(self._path, source, statuses, extra)

    def _check_line(self, operation: str, where: str) -> None:
        if not OPERATION.fullmatch(operation):
            self._refuse(where, f"{operation} is not METHOD /path.")

    def _guess(self, key: str) -> str:
        near = nearest(key, _KNOWN_KEYS)
        return did_you_mean(near, f"Known here: {', '.join(_KNOWN_KEYS)}.")

    def _refuse(self, where: str, message: str, hint: str = "") -> None:
        at = self._parsed.location(self._shown, where)
        self._problems.add(Rule.OPERATIONS_FILE, at, message, hint)


def _are_statuses(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(code, int) and not isinstance(code, bool) and 100 <= code <= 599
        for code in value
    )
