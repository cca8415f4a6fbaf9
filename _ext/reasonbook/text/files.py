"""Files as text: regular files in UTF-8, of a limited size."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NamedTuple

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")


class Bounds(NamedTuple):
    """Where the reading of a file ends: at so many levels, values or faults."""

    levels: int
    values: int
    faults: int


CATALOGUE_FILE = Bounds(limits.YAML_LEVELS, limits.YAML_VALUES, limits.YAML_FINDINGS)
#: A file that others wrote for another purpose, of which a part is used.
OPENAPI_FILE = Bounds(limits.OPENAPI_LEVELS, limits.OPENAPI_VALUES, limits.OPENAPI_FINDINGS)


def read_text(path: Path, problems: Problems, most: int | None = None) -> str | None:
    """Return the text of a UTF-8 file, without a leading byte-order mark, or None and a problem.

    *most* is how many bytes it may have, where others than the files that people write have.
    """
    most = most or limits.FILE_BYTES
    shown = display_path(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(errno.EINVAL, "It is not a regular file")  # a pipe would never end
        if leads_out(path):  # what is there must not be shown
            problems.add(
                Rule.UNREADABLE_FILE,
                Location(shown),
                "The file is a link that leads out of the catalogue.",
                "Copy the file to this place.",
            )
            return None
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problems.add(Rule.UNREADABLE_FILE, Location(shown), f"The file cannot be read: {reason}.")
        return None
    if len(data) > most:
        problems.add(
            Rule.UNREADABLE_FILE,
            Location(shown),
            f"The file has more than {most:,} bytes.",
            "Split the domain, or check that this is the right file.",
        )
        return None
    if wide := _wide(data):
        problems.add(Rule.NOT_UTF8, Location(shown), f"The file is {wide}, not UTF-8.")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        problems.add(Rule.NOT_UTF8, Location(shown, line, column), _explain(data, error))
        return None
    return text.removeprefix("\ufeff")


def _wide(data: bytes) -> str:
    """Return the encoding that takes several bytes for each character, if the file begins so."""
    head = data[:4]
    if head in _UTF_32 or (len(head) == 4 and head.count(0) == 3 and (head[0] or head[3])):
        return "UTF-32"
    half = head[:2]
    return "UTF-16" if half in _UTF_16 or (len(half) == 2 and half.count(0) == 1) else ""


def leads_out(link: Path) -> bool:
    """Tell whether a file in the folder of an API is a link to a file of no such folder.

    The folder itself may be a link, so that an API can keep its errors beside its code.
    """
    if not link.is_symlink():
        return False
    target = link.resolve()
    inside = (link.parent.resolve(), link.parent.absolute().parent.resolve())
    return target.exists() and not any(target.is_relative_to(folder) for folder in inside)


def _explain(data: bytes, error: UnicodeDecodeError) -> str:
    """Say what is there instead of UTF-8, as far as the bytes tell."""
    if error.reason == "unexpected end of data":
        return "The file ends in the middle of a character."
    byte, following = data[error.start], data[error.start + 1 : error.start + 2]
    if byte == 0xED and b"\xa0" <= following <= b"\xbf":
        return "Half of a surrogate pair is here."
    return f"Byte 0x{byte:02x} is not UTF-8" + (
        f"; in Latin-1 it would be {chr(byte)}." if byte >= 0xC0 else "."
    )
