"""Strict YAML: plain data only, and every value keeps its place in the file.

Works on libyaml's events rather than on constructed objects, since those lose duplicate keys,
the style of a scalar and its position. What YAML 1.1 and 1.2 read differently is refused.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .location import Location, display_path
from .problems import Problems, Rule

MAX_DEPTH = 32
MAX_BYTES = 8_000_000
MAX_INT_DIGITS = 15

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What at least one of YAML 1.1, YAML 1.2 and their common readers takes for something but text.
_AMBIGUOUS = re.compile(
    r"""
      (?P<boolean> y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF )   # of YAML 1.1
    | (?P<number>
          [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?       # base 60
        | [-+]?0[xX][0-9a-fA-F_]+ | [-+]?0[oO]?[0-9_]+ | [-+]?0[bB][01_]+
        | [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?    # 1_000, +1, 1., 1.10, 1e3
        | [-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
        | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      )
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t].*)?              # dates and times
    | =
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTE_OR = {
    "boolean": "Put quotes round it if it is text, else write true or false.",
    "number": "Put quotes round it if it is text, else write a plain number of at most "
    f"{MAX_INT_DIGITS} digits, such as 404 or 0.5.",
}
# What no YAML file may hold, and beyond that the line breaks that only YAML 1.1 knows (U+0085,
# U+2028, U+2029) and the byte-order mark, which nobody sees.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: text, number, truth value or nothing."""

    value: str | int | float | bool | None
    location: Location
    # For text that stands line for line in the file (a `|` block, or one line as it is written):
    # where its first line starts, and by how many columns every line is indented.
    text_start: Location | None = None

    def locate(self, line: int, column: int) -> Location:
        """Return the place in the file of a line and column (both from 1) within the text.

        Falls back to the place of the whole value where text and file do not correspond.
        """
        start = self.text_start
        if start is None:
            return self.location
        return Location(start.path, start.line + line - 1, start.column + column - 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; integer keys are held as their digits."""

    entries: dict[str, Node]
    location: Location
    key_locations: dict[str, Location] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return the bare data of *node*, without positions."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def descend(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the value at *path* under *node*; where it ends early, the nearest one above."""
    for step in path:
        if isinstance(node, Mapping) and str(step) in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def read_text(path: Path, problems: Problems) -> str | None:
    """Return the text of a UTF-8 file, without a leading byte-order mark, or None and a problem."""
    shown = display_path(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(errno.EINVAL, "It is no regular file")  # a pipe would never end
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.add(Rule.UNREADABLE_FILE, Location(shown), f"The file cannot be read: {reason}.")
        return None
    if len(data) > MAX_BYTES:
        problems.add(
            Rule.UNREADABLE_FILE,
            Location(shown),
            f"The file has more than {MAX_BYTES:,} bytes.",
            "Split the domain, or check that this is the right file.",
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        problems.add(
            Rule.NOT_UTF8,
            Location(shown, line, column),
            f"Byte 0x{data[error.start]:02x} is not UTF-8.",
        )
        return None
    return text.removeprefix("\ufeff")


def read_yaml(path: Path, problems: Problems) -> Mapping | None:
    """Read one YAML document whose top is a mapping; None where that failed, and problems say why.

    A file with problems that do not hinder reading (a duplicate key) still gives its data, so that
    one run can report everything.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    return parse_yaml(text, display_path(path), problems)


def parse_yaml(text: str, path: str, problems: Problems) -> Mapping | None:
    """Parse YAML text as :func:`read_yaml` does; *path* is only shown."""
    if forbidden := _FORBIDDEN.search(text):
        before = _LINE_BREAK.split(text[: forbidden.start()])
        problems.add(
            Rule.YAML_SYNTAX,
            Location(path, len(before), len(before[-1]) + 1),
            f"The character U+{ord(forbidden[0]):04X} is not allowed in YAML.",
            "Remove the character.",
        )
        return None
    reader = _Reader(text, path, problems)
    try:
        node = reader.document()
    except yaml.MarkedYAMLError as error:
        reader.note_syntax(error)
        return None
    except _StopError:
        return None
    if not isinstance(node, Mapping):
        problems.add(
            Rule.WRONG_TYPE,
            node.location if node else Location(path),
            "The file is empty." if node is None else "The file must hold keys and values.",
            "Start from the example in the catalogue format.",
        )
        return None
    return node


class _StopError(Exception):
    """Reading cannot go on; the problem has been noted."""


class _Reader:
    def __init__(self, text: str, path: str, problems: Problems) -> None:
        self._path = path
        self._problems = problems
        self._lines = _LINE_BREAK.split(text)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        """Return the only document's content, or None where the file has none."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._refuse(event, "A second document starts here.", "Keep one per file.")
                    raise _StopError
                if event.tags or event.version:
                    self._refuse(event, "A directive (%) is used.")
                root = self._node(next(self._events), 1)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._problems.add(
                Rule.TOO_DEEP,
                self._at(event),
                f"The data is nested more than {MAX_DEPTH} levels deep.",
            )
            raise _StopError
        self._refuse_marks(event)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(f"*{getattr(event, 'anchor', '')}", self._at(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(item, depth + 1))
            return Sequence(tuple(items), self._at(event))
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event)

    def _refuse_marks(self, event: yaml.Event) -> None:
        # The stubs know the attributes of no event.
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"The alias *{anchor} is used.", "Repeat the value, or quote text.")
        elif anchor:
            self._refuse(event, f"The anchor &{anchor} is used.", "Remove it, or quote text.")
        if tag:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"The tag {written} is used.", "Remove it, or quote text.")

    def _mapping(self, event: yaml.Event, depth: int) -> Mapping:
        mapping = Mapping({}, self._at(event))
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            key = self._key(key_event)
            value = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            if key in mapping.entries:
                first = mapping.key_locations[key]
                self._problems.add(
                    Rule.DUPLICATE_KEY,
                    self._at(key_event),
                    f"The key {key} stands here a second time; the first is on line {first.line}.",
                )
                continue
            mapping.entries[key] = value
            mapping.key_locations[key] = self._at(key_event)
        return mapping

    def _key(self, event: yaml.Event) -> str | None:
        self._refuse_marks(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "A key is not plain text.", "Put quotes round it if it is text.")
            raise _StopError
        if event.value == "<<" and event.style in (None, ""):
            self._refuse(event, "A merge key (<<) is used.", "Write the keys out.")
            return None
        key = self._scalar(event).value
        if isinstance(key, bool) or not isinstance(key, str | int):
            shown = event.value if 0 < len(event.value) <= 40 else repr(event.value[:40])
            self._problems.add(
                Rule.AMBIGUOUS_VALUE, self._at(event), f"The key {shown} is not text."
            )
            return None
        return str(key)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text: str = event.value
        location = self._at(event)
        if event.style in (None, ""):
            if text in _NULLS:
                return Scalar(None, location)
            if text in _BOOLS:
                return Scalar(_BOOLS[text], location)
            if _INTEGER.fullmatch(text) and len(text) <= MAX_INT_DIGITS:
                return Scalar(int(text), location)
            if _FLOAT.fullmatch(text) and len(text) <= MAX_INT_DIGITS:
                return Scalar(float(text), location)
            if ambiguous := _AMBIGUOUS.fullmatch(text):
                shown = text if len(text) <= 40 else text[:40] + "..."
                self._problems.add(
                    Rule.AMBIGUOUS_VALUE,
                    location,
                    f"YAML readers disagree on what {shown} is.",
                    _QUOTE_OR.get(ambiguous.lastgroup or "", ""),
                )
        elif event.style == '"' and (forbidden := _FORBIDDEN.search(text)):  # as an escape
            self._problems.add(
                Rule.WRONG_VALUE,
                location,
                f"The text holds the character U+{ord(forbidden[0]):04X}.",
                "Remove the character.",
            )
        return Scalar(text, location, self._text_start(event, text))

    def _text_start(self, event: yaml.ScalarEvent, text: str) -> Location | None:
        """Find where the text stands as it is in the file, by comparing it with the file."""
        mark = event.start_mark
        assert mark
        row, column = mark.line, mark.column
        if event.style in ("|", ">"):
            first = next((i for i, line in enumerate(text.split("\n")) if line.strip()), None)
            row += 1
            if first is None or event.style == ">" or row + first >= len(self._lines):
                return None
            wanted, found = text.split("\n")[first], self._lines[row + first]
            if not found.endswith(wanted):
                return None
            return Location(self._path, row + 1, len(found) - len(wanted) + 1)
        if event.style in ("'", '"'):
            column += 1
        if self._lines[row][column : column + len(text)] == text:
            return Location(self._path, row + 1, column + 1)
        return None

    def note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Note what the parser could not read; it names places and causes only for experts."""
        problem, start = error.problem or "", error.context_mark
        mark = error.problem_mark or start
        line = self._lines[mark.line] if mark and mark.line < len(self._lines) else ""
        character = line[mark.column : mark.column + 1] if mark else ""
        if "end of stream" in problem and start:
            mark = start
            message, hint = "The quoted text that begins here does not end.", "Close the quotes."
        elif character == "\t":
            message, hint = "A tab stands where only spaces may stand.", "Indent with spaces."
        elif "cannot start any token" in problem and character:
            message = f"A value without quotes cannot begin with {character}."
            hint = "Put quotes round the text."
        elif problem.startswith("mapping values are not allowed"):
            message = "A colon stands where no key can be."
            hint = "Put quotes round text that holds a colon, or correct the indentation."
        else:
            context = error.context or ""
            if mark and start and start.line != mark.line:
                context += f" that begins on line {start.line + 1}"
            said = ": ".join(part for part in (context, problem) if part)
            message, hint = f"This is not YAML: {said}.", ""
        at = Location(self._path, mark.line + 1, mark.column + 1) if mark else Location(self._path)
        self._problems.add(Rule.YAML_SYNTAX, at, message, hint)

    def _refuse(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self._problems.add(Rule.YAML_FEATURE, self._at(event), message, hint)

    def _at(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        assert mark
        return Location(self._path, mark.line + 1, mark.column + 1)
