"""Lists in JSON: an array of objects, at the top or below it, or an object with codes as keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.importing.columns import Row, add_rows, choose, describe, require_code
from reasonbook.importing.found import Found, SourceError
from reasonbook.text.json_pointer import join, resolve
from reasonbook.text.json_text import JsonText

#: The columns of an object with codes as keys, and texts as values.
KEY, VALUE = "code", "value"
_LEVELS = 3  # below the top, at which a list is looked for


def read_json_list(
    found: Found, parsed: JsonText, wanted: Sequence[str], mapped: Mapping[str, str]
) -> None:
    """Add the codes of the only list that has some, or of that at a JSON Pointer."""
    path = display_path(found.path)
    where = _chosen(parsed, path, wanted, mapped)
    entries = _entries(resolve(parsed.value, where), where)
    header = [*dict.fromkeys(name for _, entry in entries for name in entry)]
    at = parsed.location(path, where)
    columns = choose(header, mapped, at)
    require_code(columns, header, at)
    add_rows(found, (_row(parsed, path, pointer, entry) for pointer, entry in entries), columns)
    found.notes.append(f"{at}: {describe(columns, header)}")


def _row(parsed: JsonText, path: str, where: str, entry: Mapping[str, Any]) -> Row:
    places = {name: parsed.location(path, join(where, name)) for name in entry}
    at = Location(path, *parsed.position(where))
    values = {name: parsed.decimals.get(join(where, name), value) for name, value in entry.items()}
    return Row(values, at, places)


def _chosen(parsed: JsonText, path: str, wanted: Sequence[str], mapped: Mapping[str, str]) -> str:
    """Return the pointer of the list to read."""
    if wanted:
        where = wanted[0]
        if not _entries(resolve(parsed.value, where), where):
            raise SourceError(
                f"There is no list of objects at {where}.",
                "--table takes a JSON Pointer to it, such as /errors.",
                Location(path),
            )
        return where
    lists = [*_lists(parsed.value, "", _LEVELS)]
    with_codes = [where for where in lists if _has_codes(parsed, path, where, mapped)]
    fitting = with_codes or lists
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise SourceError(
            "There is no list of objects in it.",
            "Codes are read from an array of objects, or from an object with codes as keys.",
            Location(path),
        )
    raise SourceError(
        f"There are {len(fitting)} lists that may hold the codes.",
        "Choose with --table POINTER: " + ", ".join(where or '""' for where in fitting) + ".",
        Location(path),
    )


def _has_codes(parsed: JsonText, path: str, where: str, mapped: Mapping[str, str]) -> bool:
    entries = _entries(resolve(parsed.value, where), where)
    header = [*dict.fromkeys(name for _, entry in entries for name in entry)]
    try:
        return "code" in choose(header, mapped, Location(path)).values()
    except SourceError:
        return False


def _lists(value: Any, where: str, levels: int) -> Iterator[str]:
    """Yield the pointers of the lists that may hold codes; none that is inside another."""
    if _entries(value, where):
        yield where
    elif isinstance(value, dict) and levels:
        for name, inner in value.items():
            yield from _lists(inner, join(where, name), levels - 1)


def _entries(value: Any, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the objects of a list with their pointers; none where it is something else."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [(join(where, index), item) for index, item in enumerate(value)]
    if not isinstance(value, dict) or len(value) < 2:
        return []
    if all(isinstance(item, dict) for item in value.values()):
        return [(join(where, key), {KEY: key, **item}) for key, item in value.items()]
    return []
