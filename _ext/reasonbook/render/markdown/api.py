"""The generated pages of an API for agents: overview, envelope, operations."""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook import limits
from reasonbook.format.model import Api, Reason, ReasonSearch
from reasonbook.render import wording
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import notes, page_text, reason_link
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.markdown.remedy import remedy_line
from reasonbook.render.urls import SiteUrls
from reasonbook.schema.fields import Field, schema_fields


def overview_page(api: Api, urls: SiteUrls) -> str:
    """Return the page of an API: how to handle its errors, and its domains."""
    as_of = f", as of {api.source_as_of}" if api.source_as_of else ""
    unofficial = (
        "" if api.source_official else " " + wording.UNOFFICIAL.format(md.escape(api.title))
    )
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}",
        md.inline(api.summary),
        f"Source: {md.autolink(api.source_url)}{as_of}.{unofficial}",
    ]
    if api.ai_context:
        parts += ["## AI context", md.blocks(api.ai_context)]
    parts += ["## Error domains", _domains(api, urls)]
    if api.planned_domains:
        names = ", ".join(md.code(name) for name in api.planned_domains)
        parts.append(f"Announced, no reasons published yet: {names}.")
    envelope = urls.markdown(urls.addresses.envelope(api.name))
    parts += [
        "## Envelope and statuses",
        f"[The error envelope]({envelope}): its fields, and what to do for each HTTP status.",
    ]
    if api.operations:
        endpoints = urls.markdown(urls.addresses.endpoints(api.name))
        parts.append(f"[Operations and their reasons]({endpoints})")
    if api.troubleshooting or api.notes:
        parts.append("## How to handle these errors")
        parts += notes(api.notes)
        for section in api.troubleshooting:
            parts += [f"### {md.inline(section.title)}", md.blocks(section.text)]
    parts += ["## How reasons change", wording.promise(api)]
    if api.links:
        links = [f"- {md.link(md.escape(link.title), link.url)}" for link in api.links]
        parts += ["## Links", "\n".join(links)]
    return page_text(parts)


def _domains(api: Api, urls: SiteUrls) -> str:
    items = []
    for domain in api.domains:
        url = urls.markdown(urls.addresses.domain(api.name, domain.name))
        count = wording.number(len(domain.reasons), "reason") if domain.reasons else "none yet"
        item = f"- [{md.escape(domain.title)}]({url}) {md.code(domain.name)} – {count}"
        if len(api.domains) <= limits.OVERVIEW_SUMMARIES:
            item += f"\n\n  {md.inline(domain.summary)}"
        items.append(item)
    return "\n".join(items)


def envelope_page(api: Api, urls: SiteUrls) -> str:
    """Return the page of the envelope: fields, statuses, and the decision for each HTTP status."""
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: the error envelope",
        wording.ENVELOPE.format(md.escape(api.title)),
        md.fenced(api.envelope.example, "json"),
        f"Content-Type: {md.code(api.envelope.media_type)}. Reason: {_reason_place(api)}.",
        "## Fields",
        _fields(schema_fields(api.envelope.schema), ""),
    ]
    if api.response_headers:
        rows = []
        for header in api.response_headers:
            on = "every error" if header.http is None else ", ".join(map(str, header.http))
            said = [f"equals the value at {md.code(header.equals)}"] if header.equals else []
            said += [f"matches {md.code(header.pattern)}"] if header.pattern else []
            rows.append((md.code(header.name), on, ", ".join(said) or "not stated"))
        parts += ["## Response headers", md.table(["Header", "On", "Value"], rows)]
    if api.statuses:
        parts += [
            "## Canonical statuses",
            md.table(
                ["Status", "HTTP", "When"],
                [
                    (md.code(s.name), str(s.http), md.inline(s.when) if s.when else "")
                    for s in api.statuses.values()
                ],
            ),
        ]
    if api.http:
        parts += ["## HTTP statuses", wording.DEFAULT_DECISIONS]
        for status in api.http.values():
            parts += [
                f"### {status.code} {md.escape(wording.http_title(api, status.code))}",
                md.inline(status.meaning),
                remedy_line(status.remedy) if status.remedy else "",
                "\n".join(f"{n}. {md.blocks(fix, '   ')}" for n, fix in enumerate(status.fixes, 1)),
            ]
        parts += ["### Others", wording.HTTP_FALLBACK]
    return page_text(parts)


def endpoints_pages(api: Api, urls: SiteUrls) -> dict[str, str]:
    """Return the page of operations, each with the reasons that it may send, by document name.

    Where one file would be too long for a fetch, there are several.
    """
    docname = urls.addresses.endpoints(api.name)
    head = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: operations and their reasons",
        wording.OPERATIONS,
        f"Each reason is at {urls.reason_pattern(api.name)}.",
    ]
    lines = [
        f"- {md.code(operation)}: {', '.join(_named(reason, urls) for reason in reasons)}"
        for operation, reasons in api.operations.items()
    ]
    texts = cut(
        page_text(head),
        lines,
        limits.PAGE_CHARACTERS,
        lambda n: urls.markdown(f"{docname}.{n}"),
    )
    return {docname if n == 1 else f"{docname}.{n}": text for n, text in enumerate(texts, 1)}


def _named(reason: Reason, urls: SiteUrls) -> str:
    return md.escape(reason.name) if reason.slug == reason.name else reason_link(reason, urls)


def _reason_place(api: Api) -> str:
    reason = api.envelope.reason
    if isinstance(reason, ReasonSearch):
        wanted = ", ".join(f"{md.code(k)} is {md.code(v)}" for k, v in reason.where.items())
        text = f"{md.code(reason.at)} of the item of {md.code(reason.in_)} in which {wanted}"
    else:
        text = md.code(reason or "/")
    prefix = api.envelope.reason_prefix
    return f"{text}, after {md.code(prefix)}" if prefix else text


def _fields(fields: Iterable[Field], base: str) -> str:
    rows = []
    for field in fields:
        kind = " or ".join(field.types) or "any"
        limits = ", ".join(
            before + md.code(value) + after
            for phrase, value in field.limits
            for before, _, after in [phrase.partition("{}")]
        )
        said = " ".join(part for part in (md.inline(field.description), limits) if part)
        rows.append(
            (md.code(base + field.pointer), f"{kind}, {'' if field.required else 'optional'}", said)
        )
    return md.table(["Field", "Type", "Meaning"], [(a, b.rstrip(", "), c) for a, b, c in rows])
