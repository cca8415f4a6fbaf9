"""An API's own OpenAPI description compared with its catalogue, both ways.

A finding is where the thing is that the other side lacks. What a description leaves open is not a
difference: a response for ``default`` or ``4XX`` covers a status, and without a list of codes none
is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from reasonbook.auditing.description.codes import SENT, CodeComparison
from reasonbook.auditing.description.described import DescribedOperation, Description
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Outside
from reasonbook.format.operations import OPERATION, form_of
from reasonbook.format.reasons import OperationClass
from reasonbook.importing.found import Found, SourceError
from reasonbook.importing.openapi.files import read_bundle
from reasonbook.rules.operations import named_operations

_SHOWN = 3  # of the reasons that have a status


def compare_description(path: Path, api: Api, problems: Problems, notes: list[Note]) -> None:
    """Compare the description at *path* with the catalogue of an API."""
    found = Found(path, "OpenAPI")
    try:
        bundle = read_bundle(path, found, problems)
    except SourceError as error:
        at = error.at or Location(display_path(path))
        problems.add(Rule.UNREADABLE_FILE, at, error.message, error.hint)
        return
    if bundle is None:
        return
    description = Description(bundle, found, api)
    _Comparison(description, api, problems, notes).run()
    notes += [Note(skipped.at, skipped.why) for skipped in found.skipped]


class _Comparison:
    def __init__(
        self, description: Description, api: Api, problems: Problems, notes: list[Note]
    ) -> None:
        self._bundle = description.bundle
        self._description = description
        self._api = api
        self._problems = problems
        self._notes = notes
        self._known: dict[str, DescribedOperation] = {}  # as the catalogue names them

    def run(self) -> None:
        """Compare operations, their statuses, and codes."""
        described = self._description.operations
        if not described:
            self._note("The description has no operations, so none are compared.")
        elif self._api.operation_kind == "http":
            self._compare_operations(described)
        CodeComparison(self._description, self._api, self._known, self._problems).run(self._note)

    def _note(self, message: str) -> None:
        self._notes.append(Note(self._bundle.location(""), message))

    def _compare_operations(self, described: Iterable[DescribedOperation]) -> None:
        known = self._api.listed_operations
        forms = {form_of(name): name for name in self._api.operations}
        by_name: dict[str, DescribedOperation] = {}
        for operation in described:
            written = {form_of(name): name for name in self._names(operation.name)}
            name = next((forms[form] for form in written if form in forms), operation.name)
            by_name[form_of(name)] = operation
            if form_of(name) in forms:
                self._known[name] = operation
            if known is not None and form_of(name) not in forms:
                self._problems.add(
                    Rule.DESCRIPTION_OPERATION,
                    self._bundle.location(operation.where),
                    f"{operation.name} is not one of the operations of the catalogue.",
                )
            else:
                self._compare_statuses(name, operation)
        if known is None:
            self._note("The catalogue has no operations.json, so new operations are not seen.")
        self._find_gone(by_name)

    def _names(self, operation: str) -> tuple[str, str]:
        """Return an operation as it is, and below the base address that the catalogue has."""
        method, _, path = operation.partition(" ")
        servers = self._bundle.get("/servers/0/url")
        above = urlsplit(servers).path if isinstance(servers, str) else ""
        base = urlsplit(self._api.base_url or "").path.rstrip("/")
        whole = above.rstrip("/") + path
        inside = whole.removeprefix(base) if whole.startswith(f"{base}/") else whole
        return operation, f"{method} {inside}"

    def _find_gone(self, described: Mapping[str, DescribedOperation]) -> None:
        """Report what the catalogue names and the description does not have."""
        known = self._api.listed_operations
        extra = {form_of(name) for name in known.extra} if known else set()
        named = [(line.partition("?")[0], at) for line, at in named_operations(self._api)]
        if known is not None:
            named += [
                (name, partial(known.key_at, "operations", name)) for name in known.operations
            ]
        for name, at in named:
            if OPERATION.fullmatch(name) and form_of(name) not in {*described, *extra}:
                self._problems.add(
                    Rule.DESCRIPTION_OPERATION_MISSING,
                    at(),
                    f"{name} is not in {self._bundle.location('').path}.",
                )

    def _compare_statuses(self, name: str, operation: DescribedOperation) -> None:
        """Compare the error statuses of an operation, both ways."""
        sure, possible = _statuses(self._api, name)
        for status, where in operation.responses.items():
            is_error = status.isdecimal() and int(status) >= 400
            if is_error and possible is not None and int(status) not in possible:
                self._problems.add(
                    Rule.DESCRIPTION_STATUS,
                    self._bundle.location(where),
                    f"The catalogue has no error with HTTP {status} for {operation.name}.",
                )
        missing = [
            f"{' or '.join(map(str, codes))} ({', '.join(sure[codes][:_SHOWN])})"
            for codes in sorted(sure)
            if not any(map(operation.response, codes))
        ]
        if missing:
            self._problems.add(
                Rule.DESCRIPTION_STATUS_MISSING,
                self._bundle.location(operation.where),
                f"{operation.name} is described without HTTP {', '.join(missing)}.",
            )


def _statuses(api: Api, operation: str) -> tuple[dict[tuple[int, ...], list[str]], set[int] | None]:
    """Return the error statuses that the catalogue has for an operation, and all it may have.

    The first are those said of it, each with who says it: of several statuses of a reason, an
    operation has at least one. The others are said of any operation, or of operations that are not
    known; None where the status of a reason is not known, which may then be any.
    """
    known = api.listed_operations
    listed = known.operations.get(operation) if known else None
    sure: dict[tuple[int, ...], list[str]] = {}
    sure.update(((code,), ["operations.json"]) for code in listed or () if code >= 400)
    possible = {*(listed or ())}
    is_open = False
    for reason in api.reasons.values():
        if reason.lifecycle == "retired" or not reason.is_response:
            continue
        is_said = operation in map(api.listed_name, api.senders(reason))
        if (
            is_said
            or reason.raised_by == "any"
            or (reason.raised_by == "unknown" and listed is None)
        ):
            possible.update(reason.http_codes)
            is_open = is_open or reason.resolved_http == "unknown"
        if is_said and reason.lifecycle in SENT and min(reason.http_codes, default=0) >= 400:
            sure.setdefault(reason.http_codes, []).append(reason.name)
    for answer in api.outside:
        if isinstance(answer.http, str):
            continue
        codes = (answer.http,) if isinstance(answer.http, int) else answer.http
        if isinstance(answer.raised_by, str) or operation in _senders(api, answer):
            possible.update(codes)
    return sure, None if is_open else possible


def _senders(api: Api, answer: Outside) -> set[str]:
    if isinstance(answer.raised_by, OperationClass):
        return {*api.class_operations.get(answer.raised_by.class_, ())}
    return {*map(api.listed_name, answer.raised_by)}
