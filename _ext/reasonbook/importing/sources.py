"""Which kind of source a file is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reasonbook import limits
from reasonbook.catalogue.layout import YAML_SUFFIXES
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.importing.found import Found, SourceError
from reasonbook.importing.openapi.files import is_openapi
from reasonbook.importing.openapi.reader import read_openapi
from reasonbook.importing.readers import markdown_table, rst_table
from reasonbook.importing.readers.delimited import read_delimited
from reasonbook.importing.readers.json_list import read_json_list
from reasonbook.importing.readers.reasons_json import is_export, read_export
from reasonbook.importing.readers.tables import add_tables
from reasonbook.text.files import read_text
from reasonbook.text.json_reader import parse_json

KINDS = "OpenAPI (YAML or JSON), JSON, CSV, TSV, Markdown, reStructuredText or a reasons.json"


@dataclass(frozen=True)
class Wanted:
    """What the user says of a source: its API, its columns, its tables, its envelope."""

    api: str
    columns: Mapping[str, str] = field(default_factory=dict)  # keys by column
    tables: Sequence[str] = ()
    code_at: str | None = None


def read_source(path: Path, wanted: Wanted, problems: Problems) -> Found | None:
    """Return what a file says; None, with *problems*, where it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in YAML_SUFFIXES:
        return read_openapi(path, wanted.code_at, problems)
    if suffix not in (".json", ".csv", ".tsv", ".md", ".markdown", ".rst"):
        raise SourceError(
            f"{display_path(path)} is not a source that can be imported.",
            f"It reads {KINDS}, each by the end of its name.",
        )
    text = read_text(path, problems, limits.SOURCE_BYTES)
    if text is None:
        return None
    if suffix == ".json":
        return _read_json(path, text, wanted, problems)
    if suffix in (".csv", ".tsv"):
        found = Found(path, suffix[1:].upper())
        read_delimited(found, text, wanted.columns)
    else:
        is_rst = suffix == ".rst"
        read_tables = rst_table.read_tables if is_rst else markdown_table.read_tables
        found = Found(path, "reStructuredText" if is_rst else "Markdown")
        tables = read_tables(text, display_path(path))
        add_tables(found, tables, wanted.tables, wanted.columns)
    return found


def _read_json(path: Path, text: str, wanted: Wanted, problems: Problems) -> Found | None:
    parsed = parse_json(text, limits.SOURCE_BYTES)
    if parsed.broken:
        parsed.report(partial(Location, display_path(path)), problems)
        return None
    if is_openapi(parsed.value):
        return read_openapi(path, wanted.code_at, problems)
    if is_export(parsed.value):
        found = read_export(path, parsed, wanted.api)
    else:
        found = Found(path, "JSON")
        read_json_list(found, parsed, wanted.tables, wanted.columns)
    for fault in parsed.faults:
        place = Location(display_path(path), *fault.position)
        found.skip(place, f"{fault.message} The first is read.")
    return found
