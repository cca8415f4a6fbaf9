"""The files of a source tree: which ones a scan reads, and their text without comments."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.patterns import Pattern

_LEAVE_OUT = "Leave it out by except_files in code_scan, if it names no reason."
# A tree of version control has no source of its own.
_NEVER = {".git", ".hg", ".svn"}

# Texts come first, since what begins a comment inside them does not. One that is not closed ends
# with its line, or with the file, so that none is read twice.
_TEXTS = r'"(?:\\.|[^"\\\n])*(?:"|$)' + r"|'(?:\\.|[^'\\\n])*(?:'|$)"
_LIKE_C = r"(//[^\n]*|/\*.*?(?:\*/|\Z))"
_FLAGS = re.DOTALL | re.MULTILINE
_SLASHES = re.compile(rf"{_TEXTS}|`(?:\\.|[^`\\])*(?:`|\Z)|{_LIKE_C}", _FLAGS)
# Where a value begins, a slash begins a regular expression; quotes and stars are letters in it.
_REGEX = (
    r"(?:(?<=[(=,:!&|?\[])|(?<=\breturn))\s*/(?![/*])"
    r"(?:\\.|\[(?:\\.|[^\]\\\n])*(?:\]|$)|[^/\\\[\n])+(?:/|$)"
)
_SCRIPT = re.compile(rf"{_REGEX}|{_SLASHES.pattern}", _FLAGS)
_GO = re.compile(rf"{_TEXTS}|`[^`]*(?:`|\Z)|{_LIKE_C}", _FLAGS)
# A text in three quotes is most often a comment on what it is in; one word is none.
_WORD = r'"""[^"\s]+"""' + r"|'''[^'\s]+'''"
_BLOCKS = r'"""(?:\\.|.)*?(?:"""|\Z)' + r"|'''(?:\\.|.)*?(?:'''|\Z)"
_HASHES = re.compile(rf"{_WORD}|({_BLOCKS}|#[^\n]*)|{_TEXTS}", _FLAGS)
_SUFFIXES = """
c cc cjs cpp cs cts dart groovy h hpp java js jsx kt kts mjs mts php proto rs scala swift ts tsx
"""
_COMMENTS = {
    **dict.fromkeys(_SUFFIXES.split(), _SLASHES),
    **dict.fromkeys(["cjs", "cts", "js", "jsx", "mjs", "mts", "ts", "tsx"], _SCRIPT),
    **{"go": _GO, "py": _HASHES, "rb": _HASHES},
}
_NOT_BREAK = re.compile(r"[^\n]")


class SourceFile:
    """A file of the source."""

    def __init__(self, shown: str, name: str, data: bytes) -> None:
        self.shown = shown
        self._name = name
        self._data = data

    def holds(self, text: str) -> bool:
        """Tell whether a text is in the file, as it stands there."""
        return text.encode("utf-8", "surrogatepass") in self._data

    @cached_property
    def text(self) -> str:
        """The text, with spaces where comments were; in other encodings, what is ASCII of it."""
        text = self._data.decode("utf-8", "replace")
        comments = _COMMENTS.get(self._name.rpartition(".")[2].lower())
        return comments.sub(_without_comment, text) if comments else text

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def location(self, index: int) -> Location:
        """Return the place of a character of the text."""
        line = bisect_right(self._lines, index)
        return Location(self.shown, line, index - self._lines[line - 1] + 1)


def _without_comment(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else _NOT_BREAK.sub(" ", match[0])


class SourceTree:
    """A folder with the source of an API; every file of it is read once at most."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self._folder = folder
        self._problems = problems
        self._read: dict[str, SourceFile | None] = {}
        self._links: list[str] = []
        self.unread: set[str] = set()  # links to folders elsewhere, which may hold wanted files

    @cached_property
    def _paths(self) -> list[str]:
        """Every file, with slashes, from the folder on; links to folders are not followed."""
        found = []
        for where, folders, files in os.walk(self._folder, onerror=self._unreadable):
            folders[:] = sorted({*folders} - _NEVER)
            within = Path(where).relative_to(self._folder)
            found += [(within / name).as_posix() for name in sorted(files)]
            self._links += [
                (within / name).as_posix() for name in folders if self._leads_out(within / name)
            ]
        return found

    def _leads_out(self, path: Path) -> bool:
        whole = self._folder / path
        return whole.is_symlink() and not whole.resolve().is_relative_to(self._folder.resolve())

    def _unreadable(self, error: OSError) -> None:
        at = Location(display_path(Path(error.filename)))
        message = f"The folder cannot be read: {error.strerror}."
        self._problems.add(Rule.UNREADABLE_FILE, at, message)

    def files(self, wanted: Pattern, left_out: Pattern | None) -> Iterator[SourceFile]:
        """Yield the files whose paths have one form, and not another."""
        for path in self._paths:
            # A name in another encoding has half a surrogate pair, which fits nothing.
            name = path.encode("utf-8", "replace").decode()
            if wanted.fullmatch(name) and not (left_out and left_out.fullmatch(name)):
                if path not in self._read:
                    self._read[path] = self._file(path)
                if (file := self._read[path]) is not None:
                    yield file
        self.unread.update(
            link for link in self._links if not (left_out and left_out.fullmatch(f"{link}/"))
        )

    def _file(self, path: str) -> SourceFile | None:
        """Read a file; report why where that cannot be done."""
        whole = self._folder / path
        shown = display_path(whole)
        fault, data = "", b""
        try:
            if whole.is_symlink():
                if not whole.exists():  # so is one of links that lead to each other
                    fault = "The file is a link that leads nowhere"
                elif self._leads_out(Path(path)):
                    fault = "The file is a link that leads out of the source"
                else:
                    return None  # what it leads to is in the tree itself
            elif not whole.is_file():
                fault = "It is not a regular file"  # a pipe would never end
            else:
                with whole.open("rb") as file:
                    data = file.read(limits.SCAN_BYTES + 1)
        except OSError as error:
            fault = f"The file cannot be read: {error.strerror}"
        if len(data) > limits.SCAN_BYTES:
            fault = f"The file has more than {limits.SCAN_BYTES:,} bytes"
        elif b"\0" in data:
            fault = "The file is not text in UTF-8"
        if fault:
            self._problems.add(Rule.UNREADABLE_FILE, Location(shown), f"{fault}.", _LEAVE_OUT)
            return None
        return SourceFile(shown, whole.name, data)
