"""Which column of a list holds what: said by the user, or by a name that has one meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.importing.found import Found, FoundReason, SourceError
from reasonbook.importing.markup import steps_of, text_of
from reasonbook.text.json_pointer import join

#: What a column may be mapped to, each with the names that say so by themselves, best first.
NAMES: dict[str, tuple[str, ...]] = {
    "code": ("error code", "error codes", "reason code", "error reason", "code", "reason", "error"),
    "http": (
        "http status code",
        "http return code",
        "http response code",
        "http status",
        "http code",
        "http",
        "status code",
        "status",
    ),
    "title": ("title", "name", "error name"),
    "message": ("message", "error message"),
    "cause": ("cause", "causes", "description", "error description", "meaning", "explanation"),
    "fix": ("fix", "solution", "resolution", "remedy", "recommended action", "action"),
    "docs_url": ("docs url", "documentation url", "docs", "documentation", "url", "link"),
    "operations": ("operations", "operation", "endpoints", "endpoint"),
    "domain": ("domain",),
}
#: For a column that is not wanted.
IGNORE = "ignore"
KEYS = (*NAMES, IGNORE)

_HTTP = re.compile(r"(?:HTTP[ /]*)?([1-5][0-9]{2})(?:[ :(-]+[A-Za-z][\w '()-]*)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,/;|\n]|\bor\b|\band\b)\s*")
_URL = re.compile(r"https?://[!#-;=?-\[\]_a-{}~]+")
_LINK = re.compile(r"\[[^\]]*\]\((https?://[^\s)]+)\)")


@dataclass
class Row:
    """An entry of a list: its values by column, its place and theirs."""

    values: Mapping[str, Any]
    at: Location
    places: Mapping[str, Location] = field(default_factory=dict)

    def place(self, column: str) -> Location:
        """Return where a value is."""
        return self.places.get(column, self.at)


def fold(name: str) -> str:
    """Return the words of a column's name: ``statusCode`` and ``Status_code`` are the same."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))


def choose(header: Sequence[str], mapped: Mapping[str, str], at: Location) -> dict[str, str]:
    """Return the column for each key that has one; *mapped* is what the user says, by column."""
    folded: dict[str, str] = {}
    for column in header:
        folded.setdefault(fold(column), column)
    chosen: dict[str, str] = {}
    for column, key in mapped.items():
        known = column if column in header else folded.get(fold(column))
        if known is None:
            near = nearest(column, header)
            raise SourceError(
                f"There is no column {column}.",
                did_you_mean(near, f"The columns are {', '.join(header)}."),
                at,
            )
        chosen[known] = key
    taken = set(chosen.values())
    for key, names in NAMES.items():
        if key not in taken:
            columns = (folded[name] for name in names if name in folded)
            guessed = next((column for column in columns if column not in chosen), None)
            if guessed is not None:
                chosen[guessed] = key
    return {column: chosen[column] for column in header if column in chosen}


def require_code(columns: Mapping[str, str], header: Sequence[str], at: Location) -> None:
    """Refuse a list of which nobody said where its codes are."""
    if "code" not in columns.values():
        raise SourceError(
            "No column is known to hold the codes.",
            f"Name it with --map code=COLUMN; the columns are {', '.join(header)}.",
            at,
        )


def add_rows(found: Found, rows: Iterable[Row], columns: Mapping[str, str]) -> None:
    """Add the codes of a list to what was found."""
    again: dict[str, list[Location]] = {}
    for row in rows:
        reason = read_row(row, columns, found)
        if reason is not None:
            if reason.code in found.reasons:
                again.setdefault(reason.code, []).append(reason.at)
            found.add(reason)
    for code, places in again.items():
        known = found.reasons[code]
        why = f"{code} is in {len(places) + 1} rows, first at {known.at}; they are joined"
        if known.differing:
            why += f", without {' and '.join(sorted(known.differing))}, on which they differ"
        found.skip(places[0], f"{why}.")


def describe(columns: Mapping[str, str], header: Iterable[str]) -> str:
    """Say which column was read as what."""
    said = [f"{column} is read as {key}" for column, key in columns.items()]
    rest = [column for column in header if column not in columns]
    said += [f"attributes: {', '.join(rest)}"] if rest else []
    return "; ".join(said)


def read_row(row: Row, columns: Mapping[str, str], found: Found) -> FoundReason | None:
    """Return what a row says; what cannot be read as its column means becomes an attribute."""
    by_key = {key: column for column, key in columns.items()}
    said = row.values.get(by_key["code"])
    if isinstance(said, bool | dict | list):
        found.skip(row.place(by_key["code"]), "The code is neither a text nor a number.")
        return None
    code = _plain(said)
    if not code:
        found.skip(row.place(by_key["code"]), "The row has no code.")
        return None
    reason = FoundReason(code, row.place(by_key["code"]))
    for column, value in row.values.items():
        key = columns.get(column)
        if value is None or value == "" or key in ("code", IGNORE):
            continue
        if key is None:
            _add_attributes(reason, column, value)
        elif why := _set(reason, key, value):
            _add_attributes(reason, column, value)
            found.skip(row.place(column), f"{column} of {code} {why}; kept as an attribute.")
    return reason


def _set(reason: FoundReason, key: str, value: Any) -> str:
    """Set what a column says; return why it does not fit, empty where it does."""
    if isinstance(value, dict):
        return "is not a text"
    if key == "http":
        statuses = read_http(value)
        reason.http = statuses
        return "" if statuses else "is not an HTTP status"
    if key == "docs_url":
        text = _plain(value)
        link = _LINK.fullmatch(text)
        address = link[1] if link else text
        reason.docs_url = address if _URL.fullmatch(address) else ""
        return "" if reason.docs_url else "is not an address"
    if key in ("cause", "fix"):
        steps = [step for part in _listed(value) for step in steps_of(str(part))]
        (reason.causes if key == "cause" else reason.fix).extend(steps)
    elif key == "operations":
        parts = [part for item in _listed(value) for part in re.split(r"[,\n]", str(item))]
        reason.operations = [" ".join(part.strip(" `").split()) for part in parts if part.strip()]
    elif key == "message":
        reason.messages = [text for text in map(_plain, _listed(value)) if text]
    else:
        setattr(reason, key, " ".join(_plain(value).split()))
    return ""


def read_http(value: Any) -> list[int]:
    """Return the HTTP statuses that a text names; none where it says anything else."""
    parts = [part for item in _listed(value) for part in _PARTS.split(_plain(item))]
    matches = [_HTTP.fullmatch(part.strip()) for part in parts if part.strip()]
    return sorted({int(match[1]) for match in matches if match}) if all(matches) else []


def _add_attributes(reason: FoundReason, column: str, value: Any, name: str = "") -> None:
    name = name or column
    if isinstance(value, dict):
        for key, part in value.items():
            _add_attributes(reason, column, part, f"{name}{join('', key)}")
    elif isinstance(value, list):
        text = ", ".join(_plain(part) for part in value if not isinstance(part, dict | list))
        if text:
            reason.attributes.setdefault(name, text)
    elif text := _plain(value):
        reason.attributes.setdefault(name, text)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> str:
    """Return a value as the source writes it, without HTML and code marks around it."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    text = text_of(str(value)).strip()
    is_code = len(text) > 2 and text.startswith("`") and text.endswith("`")
    return text.strip("`") if is_code and text.count("`") == 2 else text
