"""One schema out of a larger document, made complete in itself.

What it refers to is copied into ``$defs``, and nothing else. Each part remembers where in the
document it comes from, so that its faults can be told there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote

from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.schema.openapi import Dialect
from reasonbook.schema.references import (
    ANCHORS,
    DEFINITIONS,
    LISTS,
    NAMED,
    REFERENCES,
    SINGLE,
    Schema,
)
from reasonbook.text import json_pointer as pointer

_LEFT_OUT = DEFINITIONS.union(ANCHORS)
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_NOTES = ("title", "description", "deprecated", "readOnly", "writeOnly", "default")


class ReferenceFault(NamedTuple):
    """A reference that cannot be followed; where it is in the document."""

    pointer: str
    message: str
    hint: str


@dataclass
class Extract:
    """A schema that is complete in itself, and the places in the document of its parts."""

    schema: dict[str, Any]
    origins: dict[str, str] = field(default_factory=dict)  # pointers: in the schema, in the file
    roots: list[str] = field(default_factory=list)  # what was copied from the document, and in it
    ignored: list[str] = field(default_factory=list)  # what has no meaning for the schema
    faults: list[ReferenceFault] = field(default_factory=list)

    def origin(self, where: str) -> str:
        """Return where in the document the part of the schema at a pointer comes from."""
        rest = ""
        while where and where not in self.origins:
            where, _, token = where.rpartition("/")
            rest = f"/{token}{rest}"
        return self.origins[where] + rest


def extract_schema(document: Any, where: str, file: str, dialect: Dialect | None) -> Extract:
    """Copy the schema at the pointer *where* of *document* with what it needs.

    *file* is the name of the document, for references that say it. Without *dialect* the schemas
    are JSON Schema 2020-12 already.
    """
    return _Extractor(document, file, dialect).extract(where)


class _Extractor:
    def __init__(self, document: Any, file: str, dialect: Dialect | None) -> None:
        self._document = document
        self._file = file
        self._dialect = dialect
        self._copies: dict[str, str] = {}  # pointers: in the document, in the schema
        self._pending: list[str] = []
        self._found = Extract({})

    def extract(self, where: str) -> Extract:
        self._copies[where] = ""
        self._found.schema = self._take(where)
        definitions = {}
        while self._pending:
            source = self._pending.pop(0)
            definitions[self._copies[source].removeprefix("/$defs/")] = self._take(source)
        if definitions:
            self._found.schema["$defs"] = definitions
        return self._found

    def _take(self, source: str) -> Any:
        self._found.roots.append(source)
        return self._copy(pointer.resolve(self._document, source), source, self._copies[source])

    def _copy(self, part: Any, source: str, target: str) -> Any:
        if not isinstance(part, Mapping):
            return part
        self._found.origins[target] = source
        meant, is_nullable = self._dialect(part) if self._dialect else (dict(part), False)
        self._found.ignored += [pointer.join(source, key) for key in part.keys() - meant.keys()]
        if not is_nullable:
            return self._copy_keywords(meant, source, target)
        notes = {key: meant.pop(key) for key in _NOTES if key in meant}
        inside = pointer.join(target, "anyOf", 0)
        self._found.origins[inside] = source
        return notes | {"anyOf": [self._copy_keywords(meant, source, inside), {"type": "null"}]}

    def _copy_keywords(self, part: Schema, source: str, target: str) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for keyword, value in part.items():
            here, there = pointer.join(source, keyword), pointer.join(target, keyword)
            if keyword in _LEFT_OUT:
                if keyword in DEFINITIONS:
                    self._found.ignored.append(here)
            elif keyword in REFERENCES and isinstance(value, str):
                reference = self._refer(value, here)
                if reference is not None:
                    copied["$ref"] = reference
            elif keyword in SINGLE:
                copied[keyword] = self._copy(value, here, there)
            elif keyword in LISTS and isinstance(value, list):
                copied[keyword] = [
                    self._copy(item, pointer.join(here, index), pointer.join(there, index))
                    for index, item in enumerate(value)
                ]
            elif keyword in NAMED and isinstance(value, Mapping):
                copied[keyword] = {
                    name: self._copy(item, pointer.join(here, name), pointer.join(there, name))
                    for name, item in value.items()
                }
            else:
                copied[keyword] = value
        return copied

    def _refer(self, reference: str, at: str) -> str | None:
        """Return where a reference leads to in the schema; None, and a fault, if nowhere."""
        file, _, fragment = reference.partition("#")
        if file.removeprefix("./") not in ("", self._file):
            message = f"{reference} leads out of {self._file}, and no other file is read."
            hint = "Bundle the files into one first, so that every reference begins with #."
            self._found.faults.append(ReferenceFault(at, message, hint))
            return None
        where = unquote(fragment)
        if where and not where.startswith("/"):
            where = next(_anchored(self._document, where, ""), where)
        if not _leads(self._document, where):
            message = f"{reference} leads nowhere in {self._file}."
            near = near_pointer(self._document, where) if where.startswith("/") else None
            hint = did_you_mean(near and f"#{near}")
            self._found.faults.append(ReferenceFault(at, message, hint))
            return None
        if where not in self._copies:
            self._copies[where] = f"/$defs/{self._name(where)}"
            self._pending.append(where)
        return f"#{self._copies[where]}"

    def _name(self, where: str) -> str:
        """Return a name for a copy that needs no escapes, and is not taken."""
        last = pointer.tokens(where)[-1] if where else "document"
        name = _ODD.sub("_", last).strip("_") or "schema"
        taken, unique, number = {*self._copies.values()}, name, 1
        while f"/$defs/{unique}" in taken:
            number += 1
            unique = f"{name}_{number}"
        return unique


def near_pointer(document: Any, where: str) -> str | None:
    """Return the pointer that is like one that leads nowhere: with another name where it ends."""
    *above, last = pointer.tokens(where)
    while above and pointer.resolve(document, pointer.join("", *above)) is pointer.MISSING:
        last = above.pop()
    holder = pointer.join("", *above)
    value = pointer.resolve(document, holder)
    near = nearest(last, [*value] if isinstance(value, Mapping) else [])
    if near is None:
        return None
    rest = where[len(pointer.join(holder, last)) :]
    return pointer.join(holder, near) + rest


def _leads(document: Any, where: str) -> bool:
    is_pointer = not where or where.startswith("/")
    return is_pointer and pointer.resolve(document, where) is not pointer.MISSING


def _anchored(value: Any, anchor: str, where: str) -> Iterator[str]:
    """Yield the pointers of the schemas that have an anchor."""
    if isinstance(value, Mapping):
        if any(value.get(keyword) == anchor for keyword in ANCHORS):
            yield where
        for name, item in value.items():
            yield from _anchored(item, anchor, pointer.join(where, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _anchored(item, anchor, pointer.join(where, index))
