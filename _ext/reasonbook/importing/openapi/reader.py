"""Codes of an OpenAPI document: from examples of its error responses, enums and ``x-`` keys."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.importing.found import Found, FoundEnvelope, FoundExample, FoundReason, SourceError
from reasonbook.importing.openapi.codes import extended_codes, listed_codes
from reasonbook.importing.openapi.details import add_details
from reasonbook.importing.openapi.files import Bundle, read_bundle
from reasonbook.importing.openapi.info import read_info
from reasonbook.importing.openapi.responses import Printed, Response, read_responses
from reasonbook.importing.openapi.schemas import enum_codes, shared_schema
from reasonbook.schema.compile import CheckedSchema, compile_schema
from reasonbook.text import json_pointer as pointer

SCHEMA_FILE = "envelope.schema.json"
# Where error bodies hold their code, where nobody says it; the first with most codes counts.
_CODE_AT = (
    "/error/code",
    "/code",
    "/error/reason",
    "/reason",
    "/errorCode",
    "/error_code",
    "/error/errorCode",
    "/error/error_code",
    "/errors/*/code",
    "/errors/*/errorCode",
    "/error",
)
_MESSAGES = ("message", "errorMessage", "error_message", "error_description", "detail")
_STATUSES = ("status", "statusCode", "status_code", "httpStatus", "http_status", "http", "code")


def read_openapi(path: Path, code_at: str | None, problems: Problems) -> Found | None:
    """Return what an OpenAPI document says of its errors."""
    found = Found(path, "OpenAPI")
    bundle = read_bundle(path, found, problems)
    if bundle is None:
        return None
    _Reader(bundle, found, code_at).read()
    return found


class _Reader:
    def __init__(self, bundle: Bundle, found: Found, code_at: str | None) -> None:
        self._bundle = bundle
        self._found = found
        self._validators: dict[str, CheckedSchema | None] = {}
        self._codes: list[tuple[Response, str]] = []
        self._responses = read_responses(bundle, found)
        for response in self._responses:
            response.examples = [*self._sound_examples(response)]
        self._code_at = self._place_of_code() if code_at is None else code_at
        self._http_at = self._place_beside(_STATUSES, self._is_http)
        self._message_at = self._place_beside(_MESSAGES, lambda _, value: isinstance(value, str))

    def read(self) -> None:
        """Add all that the document says."""
        read_info(self._bundle.data, self._found)
        for response in self._responses:
            for printed in response.examples:
                self._read_example(response, printed)
        for enum, response, is_own in listed_codes(self._bundle, self._responses, self._code_at):
            # A list that responses of several statuses share tells nothing of one.
            self._codes += [(response, enum.code)] if is_own else []
            reason = self._reason(enum.code, enum.where, response if is_own else None)
            reason.causes = [enum.meaning] if enum.meaning else []
            self._found.add(reason)
        holders = Counter(where for response in self._responses for where in response.extended)
        for response in self._responses:
            for where in response.extended:
                # What an operation lists may come with any of the statuses that it has.
                is_own = where == response.where or holders[where] == 1
                told = response if is_own else replace(response, status=None)
                self._read_extensions(where, told)
        self._read_extensions("", None)
        if not self._found.reasons:
            raise SourceError(
                f"No error response names a code at {self._code_at}.",
                self._left_out()
                + "Say where error bodies hold it with --code-at, such as --code-at /error/code.",
                self._bundle.location(""),
            )
        self._found.envelope = self._envelope()
        notes = [f"codes are at {self._code_at} of error bodies"]
        notes += [f"HTTP statuses at {self._http_at}"] if self._http_at else []
        notes += [f"messages at {self._message_at}"] if self._message_at else []
        self._found.notes.append(f"{self._bundle.location('')}: {'; '.join(notes)}")

    def _bodies(self) -> Iterator[tuple[Response, Any]]:
        for response in self._responses:
            for printed in response.examples:
                yield response, printed.value

    def _place_of_code(self) -> str:
        """Return where error bodies hold their code; refuse to guess where none is plain."""
        counts = dict.fromkeys(_CODE_AT, 0)
        for place in _CODE_AT:
            for _, body in self._bodies():
                counts[place] += any(_is_code(v) for _, _, v in pointer.resolve_all(body, place))
            for schema in (s for response in self._responses for s in response.schemas):
                counts[place] += any(True for _ in enum_codes(self._bundle, schema, place))
        best = max(counts, key=lambda place: counts[place])
        if not counts[best]:
            raise SourceError(
                "No error response of this document names a code in a place that is known.",
                f"{self._left_out()}Say where error bodies hold it with --code-at, such as "
                "--code-at /error/code; "
                "codes are read from examples and enums.",
                self._bundle.location(""),
            )
        return best

    def _left_out(self) -> str:
        """Say what could not be read so far, which may be why there is no code."""
        return "".join(f"{skipped} " for skipped in self._found.skipped[:1])

    def _place_beside(self, names: tuple[str, ...], is_one: Any) -> str | None:
        """Return the place beside the code at which every example has a certain value."""
        holder = self._code_at.rpartition("/")[0]
        bodies = [*self._bodies()]
        if "*" in holder or not bodies:
            return None
        places = (pointer.join(holder, name) for name in names)
        return next(
            (
                place
                for place in places
                if place != self._code_at
                and all(is_one(response, pointer.resolve(body, place)) for response, body in bodies)
            ),
            None,
        )

    @staticmethod
    def _is_http(response: Response, value: Any) -> bool:
        is_status = isinstance(value, int) and not isinstance(value, bool) and 400 <= value <= 599
        return is_status and response.status in (None, value)

    def _reason(self, code: str, where: str, response: Response | None) -> FoundReason:
        """Return a code with what the response says in which it is."""
        reason = FoundReason(code, self._bundle.location(where))
        if response is not None:
            reason.http = [response.status] if response.status else []
            reason.operations, reason.tags = [*response.operations], [*response.tags]
        return reason

    def _read_example(self, response: Response, printed: Printed) -> None:
        where = printed.where
        codes = [
            str(value)
            for _, _, value in pointer.resolve_all(printed.value, self._code_at)
            if _is_code(value)
        ]
        if not codes:
            self._found.skip(
                self._bundle.location(where), f"The example names no code at {self._code_at}."
            )
        for code in dict.fromkeys(codes):
            reason = self._reason(code, where, response)
            status = response.status
            if self._http_at and status is None:
                status = pointer.resolve(printed.value, self._http_at)
                reason.http = [status]
            if len(codes) == 1:
                reason.causes = [printed.description] if printed.description else []
                message = self._message_at and pointer.resolve(printed.value, self._message_at)
                reason.messages = [message] if message else []
            example = FoundExample(printed.title, printed.text, reason.at, status, printed.value)
            self._codes.append((response, code))
            reason.add_example(example)
            self._found.add(reason)

    def _sound_examples(self, response: Response) -> Iterator[Printed]:
        """Yield the examples that fit their schemas; the others are told."""
        for printed in response.examples:
            fault = next(self._faults(response, printed), None)
            if fault is None:
                yield printed
            else:
                self._found.skip(fault[0], f"The example is left out: {fault[1]}")

    def _faults(self, response: Response, printed: Printed) -> Iterator[tuple[Location, str]]:
        """Yield where an example breaks the schema of its own response."""
        for schema in response.schemas:
            if schema not in self._validators:
                extract = self._bundle.schema(schema)
                found = Problems()
                self._validators[schema] = (
                    None
                    if extract.faults
                    else compile_schema(extract.schema, self._bundle.location, found)
                )
            validator = self._validators[schema]
            for error in validator.iter_errors(printed.value) if validator else ():
                place = pointer.join("", *error.instance_path)
                words = f"{place or 'The body'}: {error.message}, by the schema of its response."
                yield self._bundle.location(printed.where + place), words

    def _read_extensions(self, where: str, response: Response | None) -> None:
        """Add the codes that keys such as ``x-error-codes`` list."""
        for reason, at in extended_codes(self._bundle, self._found, where):
            said = self._reason(reason.code, at, response)
            said.absorb(reason)
            self._found.add(said)

    def _envelope(self) -> FoundEnvelope:
        schemas = [schema for response in self._responses for schema in response.schemas]
        keys: dict[str, Any] = {"schema": SCHEMA_FILE, "reason": self._code_at}
        if self._message_at:
            keys["message"] = self._message_at
        if self._http_at:
            keys["http"] = self._http_at
        envelope = FoundEnvelope(keys)
        # The shortest is the least likely to have what only one error has.
        bodies = sorted({printed.text for _, printed in self._printed()}, key=lambda b: (len(b), b))
        if bodies:
            keys["example"], *envelope.others = bodies[: limits.IMPORT_ROUNDS // 2]
        where = shared_schema(self._bundle, schemas, self._code_at)
        path = self._found.path
        if where is None:
            return envelope
        details = add_details(self._bundle, self._found, self._codes, where, self._code_at)
        if details is not None:
            keys["details"] = details
        if self._bundle.is_main(where) and self._bundle.version:
            keys["schema"] = f"{path.name}#{where}"
            envelope.files[path.name] = path.read_bytes().decode("utf-8-sig")
        else:
            schema = {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **self._bundle.schema(where).schema,
            }
            envelope.files[SCHEMA_FILE] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        return envelope

    def _printed(self) -> Iterator[tuple[Response, Printed]]:
        """Yield the examples that name a code."""
        for response in self._responses:
            for printed in response.examples:
                codes = pointer.resolve_all(printed.value, self._code_at)
                if any(_is_code(value) for _, _, value in codes):
                    yield response, printed


def _is_code(value: Any) -> bool:
    """Tell whether a value may be a code; one that is an HTTP status is none."""
    if isinstance(value, str):
        return bool(value.strip()) and not value.startswith(("http://", "https://"))
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and not 100 <= value <= 599
