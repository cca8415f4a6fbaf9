"""Tables of a page: which of them holds the codes, and its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.importing.columns import Row, add_rows, choose, describe, require_code
from reasonbook.importing.found import Found, SourceError

#: In place of the number of a table.
ALL = "all"
# What is text and not prose; marks of a code span in it are of the page, and not sent.
_NO_PROSE = ("title", "message")
_CODE = re.compile(r"(`+) ?(.+?) ?\1")


@dataclass(frozen=True)
class Cell:
    """A cell of a table, as the source writes it."""

    text: str
    at: Location


@dataclass(frozen=True)
class Table:
    """A table of a page, and the heading above it."""

    heading: str
    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    at: Location

    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return [cell.text for cell in self.header]


def add_tables(
    found: Found, tables: Sequence[Table], wanted: Sequence[str], mapped: Mapping[str, str]
) -> None:
    """Add the codes of the tables that hold some, or of those that are *wanted*."""
    for table in _chosen(found.path, tables, wanted, mapped):
        header = table.columns()
        columns = choose(header, mapped, table.at)
        require_code(columns, header, table.at)
        add_rows(found, [_row(row, header, columns, found) for row in table.rows], columns)
        found.notes.append(f"{table.at}: {describe(columns, header)}")


def _row(
    cells: Sequence[Cell], header: Sequence[str], columns: Mapping[str, str], found: Found
) -> Row:
    pairs = dict(zip(header, cells, strict=False))
    at = cells[0].at if cells else Location(display_path(found.path))
    places = {name: cell.at for name, cell in pairs.items()}
    texts = {name: cell.text for name, cell in pairs.items()}
    for name in texts:
        if columns.get(name) in _NO_PROSE:
            texts[name] = _CODE.sub(r"\2", texts[name])
    return Row(texts, at, places)


def _chosen(
    path: Path, tables: Sequence[Table], wanted: Sequence[str], mapped: Mapping[str, str]
) -> list[Table]:
    at = Location(display_path(path))
    if not tables:
        raise SourceError("There is no table in it.", "Codes are read from tables only.", at)
    if wanted and ALL not in wanted:
        return [_named(tables, name, at) for name in wanted]
    fitting = [table for table in tables if _has_codes(table, mapped)]
    if len(tables) == 1 or (len(fitting) > 1 and wanted):
        return [*tables] if len(tables) == 1 else fitting
    if len(fitting) == 1:
        return fitting
    raise SourceError(
        f"There are {len(fitting) or len(tables)} tables that may hold the codes.",
        f"Choose with --table N, --table HEADING or --table {ALL}: {_listed(tables)}.",
        at,
    )


def _has_codes(table: Table, mapped: Mapping[str, str]) -> bool:
    try:
        return "code" in choose(table.columns(), mapped, table.at).values()
    except SourceError:
        return False


def _named(tables: Sequence[Table], name: str, at: Location) -> Table:
    """Return a table by its number, its heading, or the name of a column."""
    if name.isdecimal() and 1 <= int(name) <= len(tables):
        return tables[int(name) - 1]
    for table in tables:
        if name.casefold() in map(str.casefold, (table.heading, *table.columns())):
            return table
    raise SourceError(
        f"There is no table {name}.", f"There are {len(tables)}: {_listed(tables)}.", at
    )


def _listed(tables: Sequence[Table]) -> str:
    return "; ".join(
        f"{number} on line {table.at.line} ({', '.join(table.columns())})"
        for number, table in enumerate(tables, 1)
    )
