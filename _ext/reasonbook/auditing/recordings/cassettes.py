"""Cassettes of VCR: vcrpy, the ruby gem, Betamax, Schemathesis, and what writes the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from reasonbook.auditing.exchange import Exchange
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings.fields import body_of, day_of, headers_of, status_of
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.har import decode_base64

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ITEM = re.compile(r"^-[ \n]", re.MULTILINE)


class _Loader(_BASE):  # type: ignore[misc]
    """Makes plain values of YAML only; Ruby has a mark of its own for bytes."""


_Loader.add_constructor("!binary", yaml.SafeLoader.construct_yaml_binary)


class BrokenYamlError(ValueError):
    """A YAML text has a fault; what its parser says of it may quote the text."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        mark = getattr(error, "problem_mark", None)
        self.line = mark.line + 1 if mark else 1
        self.column = mark.column + 1 if mark else 1


def load_yaml(text: str) -> Any:
    """Return what a YAML text holds."""
    try:
        return yaml.load(text, _Loader)
    # The parser trusts the marks of values: !!bool, !!int and !!timestamp before another text.
    except (yaml.YAMLError, ValueError, RecursionError, LookupError, AttributeError) as error:
        raise BrokenYamlError(error) from error


def cassette_entries(data: Any) -> list[Any] | None:
    """Return the interactions of a cassette as they stand; None where it is not one."""
    for name in ("interactions", "http_interactions"):
        found = data.get(name) if isinstance(data, dict) else None
        if isinstance(found, list):
            return found
    return None


def read_cassette_entry(entry: Any, at: Location) -> Exchange | None:
    """Read an interaction; None where no answer came, ValueError where it is not one."""
    request = entry.get("request") if isinstance(entry, dict) else None
    if not isinstance(request, dict) or "response" not in entry:
        raise ValueError
    response = entry["response"]
    if response is None:
        return None
    status = response.get("status") if isinstance(response, dict) else None
    http = status_of(status.get("code") if isinstance(status, dict) else status)
    if http is None:
        raise ValueError
    return Exchange(
        at,
        str(request.get("method") or "").upper(),
        str(request.get("uri") or request.get("url") or ""),
        http,
        headers_of(response.get("headers")),
        _body(response.get("body")),
        day_of(entry.get("recorded_at")),
    )


def _body(value: Any) -> str | None:
    if not isinstance(value, dict):
        return body_of("" if value is None else value)
    if isinstance(packed := value.get("base64_string"), str):
        data = decode_base64(packed)
        return None if data is None else body_of(data)
    return body_of(value.get("string", ""))


def cut_cassette(text: str, at: Location, findings: Findings) -> Iterator[tuple[int, Any]]:
    """Yield the interactions of a broken cassette one by one; each that is broken is a finding.

    Recorders begin each on a line of its own, without space before it.
    """
    starts = [match.start() for match in _ITEM.finditer(text)]
    if not starts:
        findings.add(Rule.RECORDING_SYNTAX, at, "The YAML has a fault")
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        item = text[start:end]
        if number == len(starts):  # after the last there may be more of the document
            item = re.split(r"^(?=[^\s#-])", item, maxsplit=1, flags=re.MULTILINE)[0]
        try:
            data = load_yaml(item)
        except BrokenYamlError as error:
            place = Location(at.path, text.count("\n", 0, start) + error.line, error.column)
            message = "The YAML of an interaction has a fault here"
            findings.add(Rule.RECORDING_SYNTAX, place, message)
            continue
        if isinstance(data, list) and data:
            yield number, data[0]
