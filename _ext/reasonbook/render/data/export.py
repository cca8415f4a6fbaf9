"""The catalogue as JSON: a reason, an API, everything. A public contract, with a JSON Schema.

What the YAML says is exported as the model's fields tell; here are the addresses, and how the
documents are put together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any, Literal, NamedTuple

from reasonbook.format.model import Api, Catalogue, Reason
from reasonbook.format.reading import FORMAT
from reasonbook.format.record import Record
from reasonbook.render.codes import Code
from reasonbook.render.http_fallback import fallback_json
from reasonbook.render.urls import SiteUrls

#: Version of the format, raised when a program that reads it could break.
FORMAT_VERSION = FORMAT
#: What tells one kind of document from the others: the name of its schema.
Kind = Literal["reasons", "reason", "unknown", "code", "changes"]
#: How deep a whole catalogue is spread over lines: each reason has one.
_CATALOGUE_DEPTH = 4
# Made once: `json.dumps` makes one for every call that has options.
_encoder = json.JSONEncoder(ensure_ascii=False)
_EMPTY = {type(None): "null", bool: "false", list: "[]", tuple: "[]", dict: "{}"}
_sorting = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


class Made(str):
    """A value that is JSON already."""

    __slots__ = ()


def dump_small(value: Any) -> str:
    """Write JSON for scripts of the site's own: on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def dump(value: Any, *, depth: int = 1) -> str:
    """Write JSON for files: keys in the order of the format, a line each down to *depth*.

    What lies deeper is on one line: that is what Python's encoder is fast at.
    """
    return _spread(value, depth, "\n") + "\n"


def _spread(value: Any, depth: int, line: str) -> str:
    if not depth or not value or not isinstance(value, dict | list):
        return _encode(value)
    inner = line + "  "
    if isinstance(value, dict):
        items = [
            f"{_encode(key)}: {_spread(item, depth - 1, inner)}" for key, item in value.items()
        ]
        return "{" + inner + f",{inner}".join(items) + line + "}"
    return "[" + inner + f",{inner}".join(_spread(i, depth - 1, inner) for i in value) + line + "]"


def _encode(value: Any) -> str:
    if isinstance(value, str):
        return value if isinstance(value, Made) else encode_basestring(value)
    if not value and (text := _EMPTY.get(type(value))):  # for the rest, an encoder is made
        return text
    return _encoder.encode(value)


def _object(items: Mapping[str, str]) -> Made:
    """Return an object on one line; its values are JSON."""
    return Made("{" + ", ".join(f"{_encode(key)}: {item}" for key, item in items.items()) + "}")


def _array(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def schema_name(kind: Kind) -> str:
    """Return the name of the JSON Schema of a kind of document."""
    return f"{kind}.schema.json"


def document(
    kind: Kind, docname: str, urls: SiteUrls, content: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a document: its schema, the version of its format, its address, and the content."""
    return {
        "$schema": urls.base + schema_name(kind),
        "format_version": FORMAT_VERSION,
        "json_url": urls.json(docname),
        **content,
    }


def plain_json(record: Record) -> dict[str, Any]:
    """Return what the files say of a record, by the names of the export."""
    return record.model_dump(mode="json", by_alias=True)


def http_json(api: Api) -> dict[str, Any]:
    """Return the default decisions: for the statuses that the API lists, and for all others."""
    return {
        "http": [{"http": each.code, **plain_json(each)} for each in api.http.values()],
        "http_fallback": fallback_json(),
    }


def reason_json(reason: Reason, urls: SiteUrls) -> dict[str, Any]:
    """Return a reason with all its examples."""
    docname = urls.addresses.reason(reason)
    return {
        "api": reason.api,
        "reason": reason.code,
        "domain": reason.domain,
        "url": urls.html(docname),
        "markdown_url": urls.markdown(docname),
        "json_url": urls.reason_json(reason),
        **plain_json(reason),
        "envelope": reason.envelope_name,  # also where its domain says so
    }


def code_json(code: Code, apis: Mapping[str, Api], urls: SiteUrls) -> dict[str, Any]:
    """Return a code with the reasons of all APIs that it may be."""
    return {
        "markdown_url": urls.markdown(urls.addresses.code(code.slug)),
        "spellings": [*code.spellings],
        "reasons": [
            {
                "api": reason.api,
                "base_url": apis[reason.api].base_url,
                "reason": reason.code,
                "sub_reason": reason.sub_reason,
                "markdown_url": urls.markdown(urls.addresses.reason(reason)),
                "json_url": urls.reason_json(reason),
            }
            for reason in code.reasons
        ],
    }


class _Written(NamedTuple):
    """Something as one line of JSON, and the same with its keys sorted, for the hash."""

    text: Made
    canonical: str


@dataclass(frozen=True)
class Export:
    """Writes the documents of reasons, of APIs, and of all; what several hold is made once."""

    urls: SiteUrls
    _reasons: dict[tuple[str, str], _Written] = field(default_factory=dict)

    def reason(self, reason: Reason) -> str:
        """Return a reason with all its examples."""
        docname = self.urls.addresses.reason(reason)
        return dump(document("reason", docname, self.urls, self._note(reason)))

    def api(self, api: Api) -> str:
        """Return one API in the form of the whole catalogue."""
        return self._apis([api], f"{self.urls.folder(api.name)}reasons")

    def catalogue(self, catalogue: Catalogue) -> str:
        """Return the whole catalogue."""
        return self._apis(catalogue.apis.values(), "reasons")

    def _note(self, reason: Reason) -> Mapping[str, Made]:
        """Return what is said of a reason by its key, and keep it for the larger documents."""
        said = reason_json(reason, self.urls)
        items = {key: Made(_encode(value)) for key, value in said.items()}
        self._reasons[reason.api, reason.name] = _Written(_object(items), _sorting.encode(said))
        return items

    def _written(self, reason: Reason) -> _Written:
        if (reason.api, reason.name) not in self._reasons:
            self._note(reason)
        return self._reasons[reason.api, reason.name]

    def _apis(self, apis: Iterable[Api], docname: str) -> str:
        found, digest, mark = [], hashlib.sha256(), "["
        for api in apis:
            said = about_api(api, self.urls)
            written = [self._written(reason) for reason in api.reasons.values()]
            found.append({**said, "reasons": [each.text for each in written]})
            parts = {key: _sorting.encode(value) for key, value in said.items()}
            parts["reasons"] = _array(each.canonical for each in written)
            digest.update((mark + _object(dict(sorted(parts.items())))).encode())
            mark = ", "
        digest.update(b"]" if found else b"[]")
        content = {"content_hash": f"sha256:{digest.hexdigest()}", "apis": found}
        return dump(document("reasons", docname, self.urls, content), depth=_CATALOGUE_DEPTH)


def about_api(api: Api, urls: SiteUrls) -> dict[str, Any]:
    """Return what holds for all errors of an API, and the default decisions."""
    overview = urls.addresses.overview(api.name)
    return {
        "api": api.name,
        "url": urls.html(overview),
        "markdown_url": urls.markdown(overview),
        "envelope_schema_url": f"{urls.base}{urls.folder(api.name)}envelope.schema.json",
        "openapi_url": f"{urls.base}{urls.folder(api.name)}openapi.json",
        **plain_json(api),
        "statuses": [{"status": each.name, **plain_json(each)} for each in api.statuses.values()],
        **http_json(api),
        "domains": [
            {
                "domain": domain.name,
                "url": urls.html(urls.addresses.domain(api.name, domain.name)),
                "markdown_url": urls.markdown(urls.addresses.domain(api.name, domain.name)),
                **plain_json(domain),
            }
            for domain in api.domains
        ],
    }
