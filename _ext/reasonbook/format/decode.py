"""From YAML of the right shape to the model. Shape has been checked, so nothing fails here."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

from reasonbook.format import model
from reasonbook.format.operations import Operations
from reasonbook.text.yaml_nodes import MappingNode, SequenceNode, plain

DEFAULT_REASON_PATTERN = "[A-Z][A-Z0-9_]{0,63}"


class Values:
    """Reads the keys of one mapping, with a default where a key is left out or null."""

    def __init__(self, source: MappingNode) -> None:
        self.source = source

    def get(self, key: str, default: Any = None) -> Any:
        """Return the plain value of *key*."""
        node = self.source.entries.get(key)
        value = None if node is None else plain(node)
        return default if value is None else value

    def mapping(self, key: str) -> Values | None:
        """Return the mapping at *key*."""
        node = self.source.entries.get(key)
        return Values(node) if isinstance(node, MappingNode) else None

    def mappings(self, key: str) -> list[Values]:
        """Return the list of mappings at *key*."""
        node = self.source.entries.get(key)
        items = node.items if isinstance(node, SequenceNode) else ()
        return [Values(item) for item in items if isinstance(item, MappingNode)]

    def named(self, key: str) -> list[tuple[str, Values]]:
        """Return the mappings under *key* by their names."""
        node = self.source.entries.get(key)
        entries = node.entries if isinstance(node, MappingNode) else {}
        return [
            (name, Values(item)) for name, item in entries.items() if isinstance(item, MappingNode)
        ]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at *key*; a single text is a list of one."""
        value = self.get(key, ())
        return (value,) if isinstance(value, str) else tuple(value)


def decode_envelope(values: Values, schema: dict[str, Any], path: Path) -> model.Envelope:
    """Build the envelope; *schema* is the content of the file at *path*."""
    reason = values.get("reason")
    return model.Envelope(
        source=values.source,
        schema=MappingProxyType(schema),
        schema_path=path,
        media_type=values.get("media_type", "application/json"),
        reason=reason
        if isinstance(reason, str)
        else model.ReasonSearch(
            in_=reason["in"], where=MappingProxyType(reason["where"]), at=reason["at"]
        ),
        reason_prefix=values.get("reason_prefix", ""),
        message=values.get("message"),
        status=values.get("status"),
        http=values.get("http"),
        request_id=values.get("request_id"),
        details=values.get("details"),
        example=values.get("example"),
    )


def decode_api(
    values: Values,
    envelope: model.Envelope,
    domains: list[model.ErrorDomain],
    declared: frozenset[str] | None,
    listed_operations: Operations | None,
    path: Path,
) -> model.Api:
    """Build an API from ``api.yaml``, its envelope and its domains."""
    source = values.mapping("source")
    assert source
    return model.Api(
        source=values.source,
        name=values.get("api"),
        title=values.get("title"),
        summary=values.get("summary"),
        source_url=source.get("url"),
        source_as_of=source.get("as_of"),
        source_official=source.get("official", False),
        stability=values.get("stability", "unstated"),
        base_url=values.get("base_url"),
        reason_pattern=values.get("reason_pattern", DEFAULT_REASON_PATTERN),
        envelope=envelope,
        statuses=MappingProxyType(decode_statuses(values)),
        http=MappingProxyType(
            {int(code): _http_status(int(code), item) for code, item in values.named("http")}
        ),
        response_headers=tuple(_header(item) for item in values.mappings("response_headers")),
        ai_context=values.get("ai_context"),
        notes=_notes(values),
        troubleshooting=tuple(
            model.Section(source=item.source, title=item.get("title"), text=item.get("text"))
            for item in values.mappings("troubleshooting")
        ),
        links=tuple(
            model.Link(source=item.source, title=item.get("title"), url=item.get("url"))
            for item in values.mappings("links")
        ),
        terms=values.texts("terms"),
        schema_version=values.get("schema_version"),
        deprecation_window_days=values.get("deprecation_window_days"),
        domains=tuple(domains),
        planned_domains=values.texts("planned_domains"),
        declared=declared,
        listed_operations=listed_operations,
        path=path,
    )


def decode_statuses(values: Values) -> dict[str, model.Status]:
    """Build the canonical statuses of ``api.yaml``."""
    return {
        name: model.Status(
            source=item.source, name=name, http=item.get("http"), when=item.get("when")
        )
        for name, item in values.named("statuses")
    }


def decode_domain(
    values: Values, api: str, reasons: list[model.Reason], path: Path
) -> model.ErrorDomain:
    """Build a domain around its reasons."""
    return model.ErrorDomain(
        source=values.source,
        api=api,
        name=values.get("domain"),
        title=values.get("title"),
        summary=values.get("summary"),
        coverage=values.get("coverage", "complete"),
        ai_context=values.get("ai_context"),
        notes=_notes(values),
        reasons=tuple(reasons),
        path=path,
    )


def decode_reason(values: Values, api: str, domain: str, http: int) -> model.Reason:
    """Build a reason; *http* is its HTTP status, given or that of its canonical status."""
    raised_by: Any = values.get("raised_by", "unknown")
    remedy = values.mapping("remedy")
    assert remedy
    return model.Reason(
        source=values.source,
        api=api,
        domain=domain,
        name=values.get("reason"),
        slug=values.get("slug", values.get("reason")),
        status=values.get("status"),
        http=http,
        cause=values.get("cause"),
        fix=values.texts("fix"),
        remedy=_remedy(remedy),
        raised_by=tuple(raised_by) if isinstance(raised_by, list) else raised_by,
        lifecycle=values.get("lifecycle", "active"),
        since=values.get("since"),
        falls_back_to=values.texts("falls_back_to"),
        deprecated=_deprecation(values.mapping("deprecated")),
        details=values.get("details"),
        field_codes=tuple(
            model.FieldCode(
                source=item.source,
                code=item.get("code"),
                meaning=item.get("meaning"),
                fix=item.get("fix"),
            )
            for item in values.mappings("field_codes")
        ),
        see_also=values.texts("see_also"),
        ai_context=values.get("ai_context"),
        examples=tuple(_example(item) for item in values.mappings("examples")),
    )


def decode_note(values: Values) -> model.Note:
    """Build a callout."""
    return model.Note(source=values.source, kind=values.get("kind"), text=values.get("text"))


def _notes(values: Values) -> tuple[model.Note, ...]:
    return tuple(decode_note(item) for item in values.mappings("notes"))


def _http_status(code: int, values: Values) -> model.HttpStatus:
    remedy = values.mapping("remedy")
    return model.HttpStatus(
        source=values.source,
        code=code,
        title=values.get("title"),
        meaning=values.get("meaning"),
        fixes=values.texts("fixes"),
        remedy=_remedy(remedy) if remedy else None,
    )


def _header(values: Values) -> model.HeaderPromise:
    http = values.get("http", "any")
    return model.HeaderPromise(
        source=values.source,
        name=values.get("name"),
        http=None if http == "any" else tuple(http),
        equals=values.get("equals"),
        pattern=values.get("pattern"),
    )


def _remedy(values: Values) -> model.Remedy:
    return model.Remedy(
        source=values.source,
        actor=values.get("actor"),
        retry=values.get("retry"),
        wait=tuple(_wait(item) for item in values.mappings("wait")),
        idempotency_key=values.get("idempotency_key"),
        next=tuple(_next(item) for item in values.mappings("next")),
        basis=values.get("basis"),
    )


def _wait(values: Values) -> model.Wait:
    source, backoff = values.source, values.mapping("backoff")
    if header := values.get("header"):
        return model.HeaderWait(source=source, header=header)
    if (pointer := values.get("pointer")) is not None:
        return model.PointerWait(source=source, pointer=pointer, unit=values.get("unit", "s"))
    if backoff:
        first, factor = backoff.get("first"), backoff.get("factor")
        return model.BackoffWait(source=source, first=first, factor=factor)
    return model.SecondsWait(source=source, seconds=values.get("seconds", 0))


def _next(values: Values) -> model.Next:
    if request := values.get("request"):
        return model.RequestStep(source=values.source, request=request)
    return model.PointerStep(source=values.source, pointer=values.get("pointer"))


def _deprecation(values: Values | None) -> model.Deprecation | None:
    if values is None:
        return None
    return model.Deprecation(
        source=values.source,
        since=values.get("since"),
        remove_after=values.get("remove_after"),
        replaced_by=values.get("replaced_by"),
        retired=values.get("retired"),
        correction=values.get("correction", False),
    )


def _example(values: Values) -> model.Example:
    return model.Example(
        source=values.source,
        title=values.get("title"),
        origin=values.get("origin"),
        request=values.get("request"),
        headers=MappingProxyType(values.get("headers", {})),
        body=values.get("body"),
    )
