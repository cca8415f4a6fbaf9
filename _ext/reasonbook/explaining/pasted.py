"""What someone pasted or piped: an error body, a response of curl, a HAR file, a line of a log.

Each kind becomes the same: answers, each with status, headers and body as far as the text shows
them. ``reasonbook-explain.js`` follows the same rules; one table of cases holds both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reasonbook.examples.outside import media_type_of
from reasonbook.text.har import HarEntry, har_entries, http_status, read_har_entry

_STATUS_LINE = re.compile(r"(?:[<*] )?HTTP/\d(?:\.\d)? +([1-5]\d\d)\b *(.*)")
_HEADER = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)")
_TUNNEL = "connection established"
#: A status in a log line: a number that is not part of a longer one, a time or a name.
_NUMBER = re.compile(r"(?<![\w.:/-])[1-5]\d\d(?![\w/-]|[.:]\d)")
_LOGGED_STATUS = ("status", "status_code", "statusCode", "http_status", "code")
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Answer:
    """One answer of an API, as far as the text shows it."""

    body: str = ""
    status: int | None = None
    headers: Mapping[str, str] | None = None  # None where the text shows none
    line: int = 1  # of the text, on which the body begins
    entry: int | None = None  # of a HAR file, from 1
    url: str = ""  # that was asked, where the text tells
    #: Whether the text around the body may hold other things: then an error may be inside it.
    is_part: bool = False

    @property
    def media_type(self) -> str:
        """Its Content-Type without parameters; empty where it is not shown."""
        return media_type_of(self.headers)


def read_pasted(text: str) -> tuple[Answer, ...]:
    """Return the answers in a text; none where it is only words or a name."""
    text = re.sub("\r\n?", "\n", text.lstrip("\ufeff"))
    data = _json(text)
    if isinstance(data, dict | list):
        return tuple(_har(data)) or (Answer(text, line=1, is_part=True),)
    if answer := _response(text):
        return (answer,)
    if lines := _log_records(text):
        return lines
    if text.lstrip()[:1] in ("{", "["):  # JSON that breaks off or has a fault
        return (Answer(text),)
    if _PAGE.match(text):
        return (Answer(text),)
    return _in_log_line(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _har(data: Any) -> Iterator[Answer]:
    """Yield the answers of a HAR file, or of one of its entries."""
    entries = har_entries(data)
    found: list[tuple[int | None, HarEntry]]
    if entries is None:
        entry = read_har_entry(data)
        found = [] if entry is None else [(None, entry)]
    else:
        read = ((n, read_har_entry(each)) for n, each in enumerate(entries, 1))
        found = [(n, entry) for n, entry in read if entry is not None]
        found = [each for each in found if not 200 <= (each[1].status or 0) < 400] or found
    for number, entry in found:
        yield Answer(entry.body or "", entry.status, entry.headers, entry=number, url=entry.url)


def _response(text: str) -> Answer | None:
    """Return the last response of what curl printed with ``-i`` or ``-v``."""
    lines = text.split("\n")
    found = None
    for at, line in enumerate(lines):
        start = _STATUS_LINE.fullmatch(line.strip())
        if start and start[1][0] != "1" and start[2].lower() != _TUNNEL:
            found = at, int(start[1])
    if found is None:
        return None
    at, status = found
    headers: dict[str, str] = {}
    for at in range(found[0] + 1, len(lines)):
        header = _HEADER.fullmatch(lines[at].removeprefix("< ").removeprefix("<").strip())
        if not header:
            break
        headers[header[1]] = header[2]
    else:
        return Answer("", status, headers, len(lines))
    body = [line for line in lines[at + 1 :] if not re.match(r"[*{}<>] |[{}] \[", line)]
    skipped = next((n for n, line in enumerate(body) if line.strip()), 0)
    return Answer("\n".join(body[skipped:]), status, headers, at + 2 + skipped)


def _log_records(text: str) -> tuple[Answer, ...]:
    """Return the answers in lines that are JSON each, as many programs log."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2:
        return ()
    records = [(number, line, _json(line)) for number, line in lines]
    if not all(isinstance(data, dict) for _, _, data in records):
        return ()
    return tuple(
        Answer(line, _logged_status(data), line=number, is_part=True)
        for number, line, data in records
    )


def _logged_status(data: dict[str, Any]) -> int | None:
    found = (http_status(data.get(name)) for name in _LOGGED_STATUS)
    return next((status for status in found if status), None)


def _in_log_line(text: str) -> tuple[Answer, ...]:
    """Return the first JSON object inside a text, as it stands or with escaped quotes."""
    for shown in (text, text.replace('\\"', '"').replace("\\\\", "\\")):
        for start in re.finditer(r"\{(?=\s*\")", shown):
            try:
                _, end = _DECODER.raw_decode(shown, start.start())
            except (ValueError, RecursionError):
                continue
            before = shown[: start.start()]
            numbers = _NUMBER.findall(before + " " + shown[end:])
            return (
                Answer(
                    shown[start.start() : end],
                    int(numbers[0]) if numbers else None,
                    line=before.count("\n") + 1,
                    is_part=True,
                ),
            )
    return ()
