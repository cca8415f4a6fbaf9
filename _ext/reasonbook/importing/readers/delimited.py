"""Lists in CSV and TSV, as spreadsheets write them."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.importing.columns import Row, add_rows, choose, describe, require_code
from reasonbook.importing.found import Found, SourceError

_DELIMITERS = ",;\t|"
_CELL = re.compile(r'\s*"(?:[^"]|"")*"[^"]*?|[^"]*?', re.DOTALL)


def read_delimited(found: Found, text: str, mapped: Mapping[str, str]) -> None:
    """Add the codes of a list whose first row names its columns."""
    path = display_path(found.path)
    lines = text.splitlines(keepends=True)
    delimiter = "\t" if found.path.suffix == ".tsv" else _delimiter(lines)
    rows = _rows(lines, delimiter, path)
    _, header = next(rows, (1, []))
    at = Location(path)
    header = [cell.strip() for cell in header]
    if not any(header):
        raise SourceError("The file is empty.", "Its first row names the columns.", at)
    if twice := next((name for name in header if name and header.count(name) > 1), ""):
        raise SourceError(f"Two columns are called {twice}.", "Give each a name of its own.", at)
    columns = choose(header, mapped, at)
    require_code(columns, header, at)
    add_rows(found, _as_rows(found, rows, header, lines, delimiter), columns)
    found.notes.append(f"{at}: {describe(columns, header)}")


def _delimiter(lines: Sequence[str]) -> str:
    """Return what separates the cells: in the first row, outside quotes, it is there most often."""
    first = re.sub(r'"(?:[^"]|"")*"', "", lines[0]) if lines else ""
    return max(_DELIMITERS, key=first.count)


def _rows(lines: Sequence[str], delimiter: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the line on which it begins."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                f"The row cannot be read: {error}.",
                "A cell that holds quotes is in quotes, and those inside it are doubled.",
                Location(path, begin),
            ) from None
        if any(cell.strip() for cell in cells):
            yield begin, cells


def _as_rows(
    found: Found,
    rows: Iterator[tuple[int, list[str]]],
    header: Sequence[str],
    lines: Sequence[str],
    delimiter: str,
) -> Iterator[Row]:
    path = display_path(found.path)
    for line, cells in rows:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            found.skip(
                Location(path, line),
                f"The row has {len(cells)} cells, and there are {len(header)} columns; left out.",
            )
            continue
        values = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        yield Row(values, Location(path, line), _Places(lines, line, path, header, delimiter))


class _Places(Mapping[str, Location]):
    """The places of the cells of a row, which are looked for only where they are told."""

    def __init__(
        self, lines: Sequence[str], line: int, path: str, header: Sequence[str], delimiter: str
    ) -> None:
        self._lines, self._line, self._path = lines, line, path
        self._header, self._delimiter = header, delimiter

    def __getitem__(self, name: str) -> Location:
        line, column = self._line, 1
        rest = "".join(itertools.islice(self._lines, line - 1, line + 199))
        cell = re.compile(f"(?:{_CELL.pattern})(?={re.escape(self._delimiter)}|\r?\n|$)", re.DOTALL)
        at = 0
        for known in self._header:
            if known == name:
                break
            match = cell.match(rest, at)
            if match is None:
                break
            at = match.end() + 1
        before = rest[:at]
        line += before.count("\n")
        column = at - (before.rfind("\n") + 1) + 1
        return Location(self._path, line, column)

    def __iter__(self) -> Iterator[str]:
        return iter(self._header)

    def __len__(self) -> int:
        return len(self._header)
