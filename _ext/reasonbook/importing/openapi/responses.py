"""The error responses that an OpenAPI document describes, with their schemas and examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reasonbook.importing.found import Found
from reasonbook.importing.openapi.files import Bundle
from reasonbook.text import json_pointer as pointer

_ERROR = re.compile("[45][0-9]{2}")
_METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


@dataclass
class Printed:
    """An example of a body: its value, and the words around it."""

    where: str
    value: Any
    text: str
    title: str
    description: str


@dataclass
class Response:
    """An error response: the status and the operations that answer so, and what it may hold."""

    where: str
    status: int | None
    description: str
    operations: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    schemas: list[str] = field(default_factory=list)  # pointers
    examples: list[Printed] = field(default_factory=list)
    extended: list[str] = field(default_factory=list)  # pointers of what may have x- keys


def read_responses(bundle: Bundle, found: Found) -> list[Response]:
    """Return every error response, each once for a status, with all operations that send it."""
    responses: dict[tuple[str, int | None], Response] = {}
    for operation, tags, where in operations(bundle, found):
        for status, at, value in bundle.members(pointer.join(where, "responses")):
            if not isinstance(value, dict) or status[:1] in "123":
                continue
            number = int(status) if status.isdecimal() and len(status) == 3 else None
            response = responses.setdefault((at, number), _response(bundle, at, number, value))
            if operation not in response.operations:
                response.operations.append(operation)
                response.tags += [tag for tag in tags if tag not in response.tags]
                response.extended.append(where)
    seen = {where for where, _ in responses}
    for name, at, value in bundle.members("/components/responses"):
        if isinstance(value, dict) and at not in seen:
            number = int(name) if _ERROR.fullmatch(name) else None  # a name that is a status
            responses[at, number] = _response(bundle, at, number, value)
    for response in responses.values():
        _read_bodies(bundle, response, found)
    return [*responses.values()]


def operations(bundle: Bundle, found: Found) -> Iterator[tuple[str, list[str], str]]:
    """Yield each operation with its tags and its pointer."""
    for path, where, item in bundle.members("/paths"):
        for method in _METHODS if isinstance(item, dict) else ():
            at = pointer.join(where, method)
            operation = bundle.get(at)
            if not isinstance(operation, dict):
                continue
            if "callbacks" in operation:
                found.skip(
                    bundle.location(pointer.join(at, "callbacks")),
                    "Callbacks are left out: clients answer them, not the API.",
                )
            tags = operation.get("tags")
            named = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
            yield f"{method.upper()} {path}", named, at


def is_json(media_type: str) -> bool:
    """Tell whether bodies of a media type are JSON."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _response(bundle: Bundle, where: str, status: int | None, value: dict[str, Any]) -> Response:
    return Response(where, status, _words(value.get("description")), extended=[where])


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_bodies(bundle: Bundle, response: Response, found: Found) -> None:
    """Add the schemas and examples of the bodies in JSON."""
    for media_type, where, value in bundle.members(pointer.join(response.where, "content")):
        if not isinstance(value, dict):
            continue
        if not is_json(media_type):
            found.skip(bundle.location(where), f"Bodies in {media_type} are not read.")
            continue
        schema = pointer.join(where, "schema")
        if isinstance(value.get("schema"), dict):
            response.schemas.append(schema)
        title = response.description.partition("\n")[0] or "As the source prints it"
        if "example" in value:
            _add(bundle, response, pointer.join(where, "example"), title, "", found)
        for name, at, item in bundle.members(pointer.join(where, "examples")):
            if isinstance(item, dict) and "value" in item:
                words = _words(item.get("summary")).partition("\n")[0] or name
                description = _words(item.get("description"))
                _add(bundle, response, pointer.join(at, "value"), words, description, found)
        at, described = bundle.follow(schema)
        if isinstance(described, dict) and "example" in described:
            _add(bundle, response, pointer.join(at, "example"), title, "", found)


def _add(
    bundle: Bundle, response: Response, where: str, title: str, description: str, found: Found
) -> None:
    """Add an example, unless its file has a fault there."""
    if problem := bundle.fault(where):
        found.skip(problem.location, f"The example is left out. {problem.message}")
        return
    value = bundle.get(where)
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if isinstance(value, str):  # JSON as a text
        try:
            value, text = json.loads(value), value.rstrip("\n") + "\n"
        except ValueError:
            found.skip(bundle.location(where), "The example is left out: it is not JSON.")
            return
    response.examples.append(Printed(where, value, text, title, description))
