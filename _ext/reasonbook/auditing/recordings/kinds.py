"""Which kind of recording a file is, told by what it holds; and its exchanges."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from reasonbook import limits
from reasonbook.auditing.exchange import Exchange
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings.cassettes import (
    BrokenYamlError,
    cassette_entries,
    cut_cassette,
    load_yaml,
    read_cassette_entry,
)
from reasonbook.auditing.recordings.fields import day_of
from reasonbook.auditing.recordings.lines import read_lines, read_object
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.har import har_entries, read_har_entry

Kind = Literal["description", "lines", "json", "yaml"]

_DESCRIPTION = re.compile(r"""^\s{0,4}["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)
_CASSETTE = re.compile(r"""^["']?(?:http_)?interactions["']?\s*:""", re.MULTILINE)
_ENTRIES = re.compile(r'"(entries|interactions|http_interactions)"\s*:\s*\[')
_NEXT = re.compile(r"\s*,?\s*(?=\{)")
_DECODER = json.JSONDecoder()
_LINES = 20  # of which one that begins with { shows that lines of a log are JSON
_KINDS = "a HAR file, JSON Lines, or a cassette of VCR"


def kind_of(path: Path) -> Kind | None:
    """Return what a file holds; None where it is not known. OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(limits.RECORDED_HEAD_BYTES)
    text = head.decode("utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or _CASSETTE.search(text):
        return "yaml" if lines else "lines"
    begun = [line.startswith("{") for line in lines[:_LINES]]
    if not any(begun) and not lines[0].startswith("["):
        return "description" if _DESCRIPTION.search(text) else None
    data = _loaded(lines[0])
    if isinstance(data, dict):
        if "openapi" in data or "swagger" in data:
            return "description"
        is_whole = har_entries(data) is not None or cassette_entries(data) is not None
        return "json" if is_whole else "lines"
    if sum(begun) > 1 or not lines[0].startswith(("{", "[")):
        return "lines"
    return "description" if _DESCRIPTION.search(text) else "json"


def read_recording(path: Path, findings: Findings) -> Iterator[Exchange]:
    """Yield the exchanges of a recording; what is broken is a finding, and the rest is read."""
    at = Location(display_path(path))
    try:
        kind = kind_of(path)
        if kind == "lines":
            yield from read_lines(path, findings)
            return
        if kind in ("json", "yaml") and path.stat().st_size > limits.RECORDING_BYTES:
            message = f"The recording has more than {limits.RECORDING_BYTES:,} bytes"
            findings.add(Rule.TOO_LARGE, at, message, "Split it, or record JSON Lines.")
            return
        if kind == "json":
            yield from _read_json(path, at, findings)
        elif kind == "yaml":
            yield from _read_yaml(path, at, findings)
        else:
            findings.add(*_unknown(path, at))
    except OSError as error:
        findings.add(Rule.UNREADABLE_FILE, at, f"The recording cannot be read: {error.strerror}")


def _unknown(path: Path, at: Location) -> tuple[Rule, Location, str, str]:
    """Say of a file that is not known what it is, where its first bytes tell."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Rule.NOT_UTF8, at, "The recording is not UTF-8", ""
    if head.startswith((b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd")):
        return Rule.UNREADABLE_FILE, at, "The file is compressed", "Unpack it first."
    return Rule.UNREADABLE_FILE, at, "The file is not a recording", f"Give {_KINDS}."


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text(path: Path, at: Location, findings: Findings) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        findings.add(Rule.NOT_UTF8, at, "The recording is not UTF-8")
        return None


def _read_json(path: Path, at: Location, findings: Findings) -> Iterator[Exchange]:
    text = _text(path, at, findings)
    if text is None:
        return
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:  # whose own message may quote the text
        place = Location(at.path, error.lineno, error.colno)
        findings.add(Rule.RECORDING_SYNTAX, place, "The JSON breaks off or has a fault here")
        data = _before_the_fault(text)
    except (ValueError, RecursionError):
        findings.add(
            Rule.RECORDING_SYNTAX, at, "The JSON is nested too deep, or has a giant number"
        )
        return
    yield from _exchanges(data, at, findings)


def _before_the_fault(text: str) -> dict[str, Any]:
    """Return a broken recording with the entries that come before the fault."""
    found = _ENTRIES.search(text)
    entries: list[Any] = []
    at = found.end() if found else len(text)
    while match := _NEXT.match(text, at):
        try:
            entry, at = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            break
        entries.append(entry)
    name = found[1] if found else "entries"
    return {"log": {name: entries}} if name == "entries" else {name: entries}


def _read_yaml(path: Path, at: Location, findings: Findings) -> Iterator[Exchange]:
    text = _text(path, at, findings)
    if text is None:
        return
    try:
        data = load_yaml(text)
    except BrokenYamlError:
        for number, data in cut_cassette(text, at, findings):
            yield from _exchange(read_cassette_entry, data, at, number, findings)
        return
    yield from _exchanges(data, at, findings)


def _exchanges(data: Any, at: Location, findings: Findings) -> Iterator[Exchange]:
    """Yield the exchanges of a whole document, each with its number."""
    if (entries := har_entries(data)) is not None:
        read: Any = _of_har
    elif (entries := cassette_entries(data)) is not None:
        read = read_cassette_entry
    else:
        entries, read = (data if isinstance(data, list) else [data]), read_object
    for number, entry in enumerate(entries, 1):
        yield from _exchange(read, entry, at, number, findings)


def _exchange(
    read: Any, entry: Any, at: Location, number: int, findings: Findings
) -> Iterator[Exchange]:
    place = Location(at.path, entry=number)
    try:
        exchange = read(entry, place)
    except ValueError:
        message = "The entry holds no answer with an HTTP status"
        findings.add(Rule.RECORDING_SYNTAX, place, message)
        return
    if exchange is not None:
        yield exchange


def _of_har(entry: Any, at: Location) -> Exchange | None:
    found = read_har_entry(entry)
    if found is None:
        raise ValueError
    if found.status is None:
        return None
    return Exchange(
        at,
        found.method.upper(),
        found.url,
        found.status,
        found.headers,
        found.body,
        day_of(found.started),
    )
