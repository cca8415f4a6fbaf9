"""An OpenAPI document and the files beside it that it refers to, as one document.

The others are put under a key of the first, and references lead there, so that a pointer into the
whole is all that is needed to read on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from reasonbook.catalogue.document import Document, read_document
from reasonbook.catalogue.layout import YAML_SUFFIXES
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problem, Problems
from reasonbook.importing.found import Found, SourceError
from reasonbook.schema.extract import Extract, extract_schema
from reasonbook.schema.openapi import dialect_of
from reasonbook.text import json_pointer as pointer

_FILES = "x-files-beside"
_CHAIN = 50  # references one after the other; more go in a circle
_INSIDE = re.compile(f"/{_FILES}/([0-9]+)")


def is_openapi(data: Any) -> bool:
    """Tell whether data is an OpenAPI document, or a file of its components."""
    return isinstance(data, dict) and any(
        key in data for key in ("openapi", "swagger", "paths", "components")
    )


def read_bundle(path: Path, found: Found, problems: Problems) -> Bundle | None:
    """Read an OpenAPI document and the files beside it; None where *problems* say why not."""
    document = read_document(path, problems)
    if document is None:
        return None
    at = Location(display_path(path))
    if not is_openapi(document.data):
        raise SourceError(
            "The file is not an OpenAPI document.",
            "It has neither openapi, paths nor components at its top.",
            at,
        )
    bundle = Bundle(document, found)
    if bundle.dialect is None or "swagger" in bundle.data:
        version = bundle.version or f"Swagger {bundle.data.get('swagger')}"
        raise SourceError(
            f"The file is in {version}, which is not read.", "Convert it to OpenAPI 3 first.", at
        )
    return bundle


class Bundle:
    """The documents, as one; every value has a JSON Pointer, and by that its place."""

    def __init__(self, main: Document, found: Found) -> None:
        self._documents = [main]
        self._numbers = {_real(main.path): 0}
        self._found = found
        self.data: dict[str, Any] = {}
        whole, number = self._rewritten(main.data, 0, ""), 1
        files: dict[str, Any] = {}
        while number < len(self._documents):
            files[str(number)] = self._rewritten(self._documents[number].data, number, "")
            number += 1
        self.data = {**whole, _FILES: files}
        self.version = str(self.data.get("openapi", ""))
        # A file that only holds components names no version; 3.0 says more by its own words.
        self.dialect = dialect_of(self.version or "3.0")

    def get(self, where: str) -> Any:
        """Return the value at a pointer, or ``pointer.MISSING``."""
        return pointer.resolve(self.data, where)

    def follow(self, where: str) -> tuple[str, Any]:
        """Return the pointer and the value that references at a pointer lead to."""
        value = self.get(where)
        for _ in range(_CHAIN):
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#"):
                break
            where = unquote(reference[1:])
            value = self.get(where)
        return where, value

    def members(self, where: str) -> Iterator[tuple[str, str, Any]]:
        """Yield name, pointer and value of what an object holds, references followed."""
        value = self.get(where)
        for name in value if isinstance(value, dict) else ():
            yield name, *self.follow(pointer.join(where, name))

    def location(self, where: str) -> Location:
        """Return the place of a value in its file."""
        document, inside = self._inside(where)
        return document.location(inside)

    def fault(self, where: str) -> Problem | None:
        """Return what hinders reading the value at a pointer, such as an alias."""
        document, inside = self._inside(where)
        problems = Problems()
        document.report([inside], [], problems)
        return next((problem for problem in problems if problem.severity == "error"), None)

    def is_main(self, where: str) -> bool:
        """Tell whether a value is in the document itself."""
        return not _INSIDE.match(where)

    def schema(self, where: str) -> Extract:
        """Return a schema, complete in itself."""
        return extract_schema(self.data, where, "", self.dialect)

    def _inside(self, where: str) -> tuple[Document, str]:
        match = _INSIDE.match(where)
        if match is None:
            return self._documents[0], where
        return self._documents[int(match[1])], where[match.end() :]

    def _rewritten(self, value: Any, number: int, where: str) -> Any:
        """Return a value of a document with its references to where they now lead."""
        if isinstance(value, list):
            return [
                self._rewritten(item, number, pointer.join(where, n))
                for n, item in enumerate(value)
            ]
        if not isinstance(value, dict):
            return value
        new = {
            name: self._rewritten(item, number, pointer.join(where, name))
            for name, item in value.items()
        }
        if isinstance(value.get("$ref"), str):
            new["$ref"] = self._reference(value["$ref"], number, pointer.join(where, "$ref"))
        return new

    def _reference(self, reference: str, number: int, where: str) -> str:
        file, _, fragment = reference.partition("#")
        target = number if not file else self._document(file, number, where)
        if target is None:
            return reference
        return f"#/{_FILES}/{target}{fragment}" if target else f"#{fragment}"

    def _document(self, file: str, number: int, where: str) -> int | None:
        """Return the number of a file that is referred to; None where it cannot be read."""
        holder = self._documents[number]
        path = Path(os.path.normpath(holder.path.parent / unquote(file)))
        at = holder.location(where)
        # No document says what else of this machine comes into a catalogue.
        is_document = path.suffix in (*YAML_SUFFIXES, ".json")
        if "://" in file or Path(unquote(file)).is_absolute() or not is_document:
            self._found.skip(at, f"{file} is not in a file beside this one, and is not read.")
            return None
        if (known := self._numbers.get(_real(path))) is not None:
            return known
        problems = Problems()
        document = read_document(path, problems) if path.is_file() else None
        if document is None:
            why = next((f" {p.message}" for p in problems), "")
            self._found.skip(at, f"{display_path(path)} cannot be read.{why}")
            return None
        self._documents.append(document)
        self._numbers[_real(path)] = len(self._documents) - 1
        return len(self._documents) - 1


def _real(path: Path) -> str:
    return os.path.realpath(path)
