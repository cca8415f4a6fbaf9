"""A catalogue from the ``reasons.json`` of any site, as it would be from its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from reasonbook.format.model import Api, Catalogue, ErrorDomain, Reason
from reasonbook.format.observations import Observed
from reasonbook.format.reading import FORMAT
from reasonbook.format.record import Record
from reasonbook.format.versions import needed
from reasonbook.text.yaml_nodes import ScalarNode

R = TypeVar("R", bound=Record)
#: What an export has and the files cannot: members of its own, and [] for what was left out.
_ONLY_EXPORTED = frozenset({"extra_forbidden", "too_short"})


class NotExportedError(Exception):
    """A document is not a ``reasons.json`` that this version can read."""


def read_exported(data: Any, shown: str) -> Catalogue:
    """Return the catalogue of an export, which messages call *shown*.

    Members that the format does not know are passed over, as an export has more than the files.
    """
    apis = data.get("apis") if isinstance(data, dict) else None
    if not isinstance(apis, list):
        raise NotExportedError(f"{shown} is not a reasons.json: it has no list apis.")
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT:
        raise NotExportedError(f"{shown} has version {version}, which needs {needed(version)}.")
    at = ScalarNode(None, shown, 1, 1)
    try:
        found = [_api(item, at) for item in apis]
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        said = str(error).replace("\n", " ")
        raise NotExportedError(f"{shown} is not a reasons.json of this format: {said}.") from error
    return Catalogue(Path(shown), {api.name: api for api in found})


def _api(item: Mapping[str, Any], at: ScalarNode) -> Api:
    own = {
        **item,
        "format": FORMAT,
        "domains": [each["domain"] for each in item["domains"]],
        "statuses": {each["status"]: each for each in item["statuses"]},
        "http": {str(each["http"]): each for each in item["http"]},
        "envelope": _envelope(item["envelope"]),
        "envelopes": {name: _envelope(each) for name, each in item["envelopes"].items()},
    }
    api = _read(Api, own, at)
    for name, envelope in {"": api.envelope, **api.envelopes}.items():
        schema = (item["envelopes"][name] if name else item["envelope"])["schema"]
        envelope.link(body_schema=schema, schema_at=lambda _: at.location)
    for key, status in api.statuses.items():
        status.link(key=key)
    for key, http in api.own_http.items():
        http.link(key=key)
    reasons: dict[str, list[Any]] = {each["domain"]: [] for each in item["domains"]}
    for each in item["reasons"]:
        reasons[each["domain"]].append(each)
    domains = [_domain(each, reasons[each["domain"]], api.name, at) for each in item["domains"]]
    api.link(loaded_domains=tuple(domains), is_complete=True, listed_operations=None)
    return api


def _envelope(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, "schema": "envelope.schema.json"}  # the name of a file, where the files have it


def _domain(item: Mapping[str, Any], reasons: list[Any], api: str, at: ScalarNode) -> ErrorDomain:
    domain = _read(ErrorDomain, {**item, "reasons": []}, at)
    found = [_reason(each, api, at) for each in reasons]
    domain = domain.model_copy(update={"reasons": tuple(found)})
    domain.link(api=api, node=at)
    return domain


def _reason(item: Mapping[str, Any], api: str, at: ScalarNode) -> Reason:
    *_, slug = str(item["markdown_url"]).removesuffix(".md").partition("/reasons/")
    parent, _, own = slug.rpartition("/")
    http = item["http"]
    reason = _read(Reason, {**item, "slug": own, "details": item.get("details_schema")}, at)
    reason.link(
        api=api,
        domain=item["domain"],
        resolved_http=tuple(http) if isinstance(http, list) else http,
        envelope_name=reason.envelope,
        parent_slug=parent or own,
        url=item["url"],
        resolved_observed=Observed(**seen) if (seen := item.get("observed")) else None,
    )
    return reason


def _read(model: type[R], data: dict[str, Any], at: ScalarNode) -> R:
    """Return a record; what the files could not say of *data* is left out."""
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        unknown = [each["loc"] for each in found if each["type"] in _ONLY_EXPORTED]
        if len(unknown) < len(found):
            raise
        record = model.model_validate(_without(data, {_steps(each) for each in unknown}, ()))
    _link(record, at)
    return record


def _steps(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return a place without the tags by which pydantic tells the forms of a value."""
    return tuple(step for step in loc if not str(step).startswith("<"))


def _without(data: Any, unknown: set[tuple[int | str, ...]], here: tuple[int | str, ...]) -> Any:
    if isinstance(data, dict):
        return {
            key: _without(value, unknown, (*here, key))
            for key, value in data.items()
            if (*here, key) not in unknown
        }
    if isinstance(data, list):
        return [_without(value, unknown, (*here, n)) for n, value in enumerate(data)]
    return data


def _link(record: Record, at: ScalarNode) -> None:
    record.link(node=at)
    for _, inner in record.records():
        _link(inner, at)
