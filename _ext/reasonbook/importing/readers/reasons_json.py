"""Another catalogue, as its site publishes it: ``reasons.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.format.reading import FORMAT
from reasonbook.format.record import Record
from reasonbook.format.versions import needed
from reasonbook.importing.found import (
    Found,
    FoundEnvelope,
    FoundExample,
    FoundReason,
    SourceError,
)
from reasonbook.text.json_pointer import join
from reasonbook.text.json_text import JsonText

# What a record says itself, or an option of the import.
_OF_API = frozenset(
    "format api title summary source base_url envelope envelopes requires domains".split()  # noqa: SIM905
)
_OF_REASON = frozenset(
    "reason title causes fix docs_url examples attributes raised_by".split()  # noqa: SIM905
)
# The forms of waits and next steps; in the export, their kind is beside them.
_FORMS = frozenset("header pointer backoff seconds request".split())  # noqa: SIM905


def is_export(data: Any) -> bool:
    """Tell whether data is the export of a catalogue."""
    return (
        isinstance(data, dict) and "format_version" in data and isinstance(data.get("apis"), list)
    )


def read_export(path: Path, parsed: JsonText, name: str) -> Found:
    """Return what the export says of one of its APIs: that of the name, or the only one."""
    data: Any = parsed.value
    at = Location(display_path(path))
    version = data["format_version"]
    if not isinstance(version, int) or version > FORMAT:
        hint = needed(version) if isinstance(version, int) else "an export of Reasonbook"
        raise SourceError("The file is in a newer format.", f"It needs {hint}.", at)
    apis = {str(api.get("api")): n for n, api in enumerate(data["apis"]) if isinstance(api, dict)}
    if not apis:
        raise SourceError("The file holds no API.", "Fetch it again from the site.", at)
    if name not in apis and len(apis) != 1:
        raise SourceError(
            f"The file holds no API {name}.",
            did_you_mean(nearest(name, [*apis]), f"It holds {', '.join(apis)}."),
            at,
        )
    number = apis.get(name, 0)
    reader = _Reader(Found(path, "reasons.json"), parsed, join("", "apis", number))
    try:
        return reader.read(data["apis"][number])
    except (AttributeError, KeyError, TypeError) as error:
        raise SourceError(
            f"The file is not of the form of an export: {type(error).__name__}, {error}.",
            "Fetch it again from the site; reasons.schema.json beside it says its form.",
            at,
        ) from None


class _Reader:
    def __init__(self, found: Found, parsed: JsonText, where: str) -> None:
        self._found, self._parsed, self._where = found, parsed, where

    def read(self, api: Mapping[str, Any]) -> Found:
        """Return all that is said of an API."""
        found = self._found
        found.title, found.summary = str(api.get("title", "")), str(api.get("summary", ""))
        source = api.get("source")
        found.docs_url = str(source.get("url", "")) if isinstance(source, Mapping) else ""
        found.base_url = str(api.get("base_url") or "")
        found.envelope = self._envelopes(api)
        more = _said(Api, api, _OF_API)
        for key, name in (("statuses", "status"), ("http", "http")):
            if isinstance(more_items := api.get(key), list) and more_items:
                more[key] = {
                    item[name]: _plain(
                        {k: v for k, v in item.items() if k != name} | _http(item, key)
                    )
                    for item in more_items
                }
        if isinstance(source, Mapping):
            more["source"] = _plain(source)
        found.more = {**found.more, **more}
        for domain in api.get("domains", ()):
            if isinstance(domain, Mapping):
                keys = _said(ErrorDomain, domain, frozenset(("domain", "reasons")))
                found.domains[str(domain.get("domain"))] = {"coverage": "complete", **keys}
        for index, reason in enumerate(api.get("reasons", ())):
            at = join(self._where, "reasons", index)
            if isinstance(reason, Mapping) and isinstance(reason.get("reason"), str):
                self._add(reason, at)
            else:
                found.skip(self._at(at), "This is not a reason.")
        return found

    def _at(self, where: str) -> Location:
        return Location(display_path(self._found.path), *self._parsed.position(where))

    def _add(self, said: Mapping[str, Any], where: str) -> None:
        found = FoundReason(said["reason"], self._at(join(where, "reason")))
        if said.get("sub_reason"):
            self._found.skip(
                found.at,
                f"{found.code}/{said['sub_reason']} has a second level, which is left out.",
            )
            return
        more = _said(Reason, said, _OF_REASON)
        http = more.pop("http", None)
        if "status" not in more:
            found.http = [http] if isinstance(http, int) else http if isinstance(http, list) else []
            if http == "none":
                more["http"] = http
        found.title = str(said.get("title") or "")
        if message := more.pop("message", None):
            found.messages = [message]
        found.causes = [*map(str, said.get("cause") or ())]
        found.fix = [*map(str, said.get("fix") or ())]
        found.docs_url = str(said.get("docs_url") or "")
        raised_by = said.get("raised_by")
        if isinstance(raised_by, list):
            found.operations = [*map(str, raised_by)]
        elif raised_by != "unknown":
            more["raised_by"] = raised_by
        for item in said.get("attributes") or ():
            found.attributes[str(item.get("name"))] = str(item.get("value"))
        found.domain = str(said.get("domain") or "")
        found.more = more
        examples = []
        for index, example in enumerate(said.get("examples") or ()):
            at = self._at(join(where, "examples", index))
            keys = _plain(example)
            examples.append(keys)
            found.examples.append(
                FoundExample(str(example.get("title")), str(example.get("body")), at)
            )
        if examples:
            more["examples"] = examples
        self._found.reasons[found.code] = found

    def _envelopes(self, api: Mapping[str, Any]) -> FoundEnvelope | None:
        envelope = api.get("envelope")
        if not isinstance(envelope, Mapping) or not envelope.get("reason"):
            return None
        files: dict[str, str] = {}
        keys = _envelope(envelope, "envelope.schema.json", files)
        others = api.get("envelopes")
        more = {
            name: _envelope(each, f"{name}.schema.json", files)
            for name, each in (others.items() if isinstance(others, Mapping) else ())
        }
        if more:
            self._found.more["envelopes"] = more
        return FoundEnvelope(keys, files)


def _envelope(said: Mapping[str, Any], name: str, files: dict[str, str]) -> dict[str, Any]:
    files[name] = json.dumps(said.get("schema"), indent=2, ensure_ascii=False) + "\n"
    keys = {key: value for key, value in _plain(said).items() if key != "schema"}
    return {"schema": name, **keys}


def _http(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the HTTP status of a canonical one, which is not its name."""
    return {"http": item["http"]} if key == "statuses" else {}


def _said(model: type[Record], data: Mapping[str, Any], but: frozenset[str]) -> dict[str, Any]:
    """Return what the export says of a record by the keys of the files, without its defaults."""
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        written = field.serialization_alias or key
        value = data.get(written, data.get(name))
        if (
            key in but
            or name in but
            or value is None
            or value in ([], {})
            or _is_default(field, value)
        ):
            continue
        found[key] = value if key == "details" else _plain(value)
    return found


def _is_default(field: FieldInfo, value: Any) -> bool:
    default = field.default
    return bool(value == ([*default] if isinstance(default, tuple) else default))


def _plain(value: Any) -> Any:
    """Return a value of the export as the files have it."""
    if isinstance(value, Mapping):
        is_form = not _FORMS.isdisjoint(value)
        return {
            key: _plain(item)
            for key, item in value.items()
            if item is not None and item not in ([], {}) and not (key == "kind" and is_form)
        }
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
