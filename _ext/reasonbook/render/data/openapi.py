"""The errors of an API as an OpenAPI 3.1 document: which operation answers with what.

It says nothing of what the catalogue does not know, such as requests and successful answers, so it
goes beside the description that an API has, or serves mock servers and generators by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from reasonbook.format.model import Api, HeaderPlace, Reason
from reasonbook.format.operations import OPERATION, PARAMETER, form_of
from reasonbook.format.prose import plain_text
from reasonbook.render import wording
from reasonbook.render.data.openapi_schemas import (
    code_schema,
    envelope_name,
    reference,
    schema_components,
)
from reasonbook.render.facts.exchange import Answer, answers
from reasonbook.render.facts.operations import reasons_by_operation
from reasonbook.render.urls import SiteUrls
from reasonbook.text.json_reader import parse_json

#: The answer with a status that is not listed.
_DEFAULT = "default"
_PREFER = (
    "Asks a mock server for a documented error: `reason=NAME` that of Reasonbook, "
    "`code=STATUS, example=NAME` that of Prism. The API itself takes no notice of it."
)
_SUCCESS = "A successful answer; this document describes errors only."

Found = dict[str, Any]


def openapi_json(api: Api, urls: SiteUrls) -> Found:
    """Return the document."""
    source, page = api.source, urls.html(urls.addresses.overview(api.name))
    unofficial = "" if source.official else f" {wording.UNOFFICIAL.format(api.title)}"
    responses, preferences = _Responses(api), _Preferences(api)
    paths = _paths(api, responses, preferences)
    examples = {answer.name: _example(answer, urls) for answer in responses.examples.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{api.title}: errors",
            "summary": plain_text(api.summary),
            "description": f"Errors only, from <{source.url}>.{unofficial}",
            "version": str(api.schema_version),
        },
        "externalDocs": {"description": api.title, "url": page},
        **({"servers": [{"url": api.base_url}]} if api.base_url else {}),
        "paths": paths,
        "components": {
            "schemas": schema_components(api),
            "responses": responses.components,
            "parameters": preferences.components,
            "examples": examples,
        },
    }


class _Named(Answer):
    """An answer as a component: the first example of its reason with its HTTP status."""

    @property
    def name(self) -> str:
        """Its name among the components."""
        slug = ".".join(self.reason.slug_parts)
        return f"{slug}.{self.http}" if len(self.reason.http_codes) > 1 else slug


class _Responses:
    """The responses: as components, one for each set of reasons that operations have in common."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._names: dict[tuple[str, tuple[str, ...]], str] = {}
        self._taken: Counter[str] = Counter()
        self.components: dict[str, Found] = {}
        sent = [r for r in api.reasons.values() if r.lifecycle in ("active", "deprecated")]
        #: By reason and HTTP status, the first that shows them.
        self.examples: dict[tuple[str, str], _Named] = {}
        for reason in sent:
            for answer in answers(api, reason):
                named = _Named(api, reason, answer.example, answer.http)
                self.examples.setdefault((reason.name, _status(answer.http)), named)
        self._sent = {reason.name for reason in sent}
        # Those of the whole API have the plain names.
        for status, reasons in self._by_status(sent).items():
            self._refer(status, reasons)
        self._refer(_DEFAULT, ())

    def of(self, reasons: Iterable[Reason], described: Iterable[int]) -> dict[str, Found]:
        """Return what an operation answers; of *described* statuses no reason may be known."""
        sent = [reason for reason in reasons if reason.name in self._sent]
        found = {str(code): () for code in described} | self._by_status(sent)
        order = sorted({_DEFAULT: (), **found}.items())
        return {"2XX": {"description": _SUCCESS}} | {
            status: self._refer(status, mine) for status, mine in order
        }

    def _by_status(self, reasons: Iterable[Reason]) -> dict[str, tuple[Reason, ...]]:
        pairs = [
            (_status(code), reason)
            for reason in reasons
            if reason.is_response
            for code in reason.http_codes or (None,)
        ]
        ordered = sorted(pairs, key=lambda pair: pair[0])
        groups = groupby(ordered, key=lambda pair: pair[0])
        return {status: tuple(reason for _, reason in group) for status, group in groups}

    def _refer(self, status: str, reasons: tuple[Reason, ...]) -> Found:
        key = status, tuple(reason.name for reason in reasons)
        if key not in self._names:
            taken = self._taken[status]
            self._taken[status] += 1
            name = self._names[key] = f"{status}-{taken + 1}" if taken else status
            self.components[name] = self._response(status, reasons)
        return reference("responses", self._names[key])

    def _response(self, status: str, reasons: tuple[Reason, ...]) -> Found:
        api = self._api
        title = "Another error" if status == _DEFAULT else wording.http_title(api, int(status))
        names = ", ".join(reason.name for reason in reasons)
        headers = _headers(api, status, reasons)
        return {
            "description": ": ".join(filter(None, [title, names])),
            **({"headers": headers} if headers else {}),
            "content": _content(api, status, reasons, self.examples),
        }


def _status(code: int | None) -> str:
    return _DEFAULT if code is None else str(code)


def _headers(api: Api, status: str, reasons: tuple[Reason, ...]) -> Found:
    """Return the headers that an answer with an HTTP status is promised to carry."""
    found: Found = {}
    for promise in api.response_headers:
        if promise.http == "any" or (status != _DEFAULT and promise.is_on(int(status))):
            pattern = {"pattern": f"^(?:{promise.pattern})$"} if promise.pattern else {}
            found[promise.name] = {"required": True, "schema": {"type": "string", **pattern}}
    for name in dict.fromkeys(reason.envelope_name for reason in reasons):
        for place in (api.envelopes[name] if name else api.envelope).reason:
            if isinstance(place, HeaderPlace):
                found.setdefault(place.header, {"schema": code_schema(envelope_name(name))})
    return found


def _content(
    api: Api,
    status: str,
    reasons: tuple[Reason, ...],
    examples: Mapping[tuple[str, str], _Named],
) -> Found:
    """Return the bodies by media type: their schemas, and an example of each reason."""
    found: Found = {}
    of_responses = (reason for reason in api.reasons.values() if reason.is_response)
    names = dict.fromkeys(reason.envelope_name for reason in reasons or of_responses)
    for name in names or (None,):
        media_type = (api.envelopes[name] if name else api.envelope).media_type
        schema = reference("schemas", envelope_name(name))
        before = found.get(media_type)
        if before is None:
            found[media_type] = {"schema": schema}
        else:
            choices = before["schema"].get("anyOf") or [before["schema"]]
            before["schema"] = {"anyOf": [*choices, schema]}
    for reason in reasons:
        if answer := examples.get((reason.name, status)):
            content = found[api.envelope_of(reason).media_type]
            content.setdefault("examples", {})[reason.name] = reference("examples", answer.name)
    return found


def _example(answer: _Named, urls: SiteUrls) -> Found:
    """Return an example: its value, and its text byte for byte, which a value does not keep."""
    example, body = answer.example, parse_json(answer.example.body)
    return {
        "summary": example.title,
        "description": urls.html(urls.addresses.reason(answer.reason)),
        **({} if body.broken else {"value": body.value}),
        "x-serializedValue": example.body,
    }


class _Preferences:
    """The header that asks for an error: as components, one for each set of reasons."""

    def __init__(self, api: Api) -> None:
        self._shown = {name: r for name, r in api.reasons.items() if any(answers(api, r))}
        #: Those that any operation may be asked for: nothing says that it does not send them.
        self._anywhere = {name for name, r in self._shown.items() if not api.senders(r)}
        self._names: dict[tuple[str, ...], str] = {}
        self.components: dict[str, Found] = {}
        self.of(self._shown.values())  # that of the whole API has the plain name

    def of(self, reasons: Iterable[Reason]) -> Found:
        """Return the header of an operation that sends some reasons."""
        mine = self._anywhere.union(reason.name for reason in reasons)
        key = tuple(name for name in self._shown if name in mine)
        if key not in self._names:
            name = self._names[key] = f"Prefer-{len(self._names) + 1}" if self._names else "Prefer"
            known = [{"enum": [f"reason={reason}" for reason in key]}] if key else []
            self.components[name] = {
                "name": "Prefer",
                "in": "header",
                "description": _PREFER,
                "schema": {"type": "string", "anyOf": [*known, {}]},
            }
        return reference("parameters", self._names[key])


def _paths(api: Api, responses: _Responses, preferences: _Preferences) -> Found:
    """Return the operations by path; two paths that differ in names of parameters only are one."""
    if api.operation_kind == "named":
        return {}
    listed = api.listed_operations
    found: Found = {}
    paths: dict[str, str] = {}
    for operation, reasons in reasons_by_operation(api).items():
        if not OPERATION.fullmatch(operation):
            continue
        method, _, written = operation.partition(" ")
        path = paths.setdefault(form_of(written), written)
        template, names = _template(path)
        item = found.setdefault(template, {"parameters": _parameters(names)} if names else {})
        described = listed.operations.get(operation, ()) if listed else ()
        item[method.lower()] = {
            "parameters": [preferences.of(reasons)],
            "responses": responses.of(reasons, described),
        }
    return found


def _template(path: str) -> tuple[str, list[str]]:
    """Return a path in which each parameter has a name of its own, and these names."""
    names: list[str] = []
    for name in PARAMETER.findall(path):
        plain = name[1:-1] or "parameter"
        names.append(f"{plain}_{len(names) + 1}" if plain in names else plain)
    left = iter(names)
    return PARAMETER.sub(lambda _: f"{{{next(left)}}}", path), names


def _parameters(names: Iterable[str]) -> list[Found]:
    schema = {"type": "string"}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]
