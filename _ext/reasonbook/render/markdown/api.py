"""The generated pages of an API for agents: overview, envelope, operations."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook import limits
from reasonbook.format.model import Api, Envelope
from reasonbook.render import wording
from reasonbook.render.facts import envelope, operations, overview
from reasonbook.render.facts.places import reason_places, shown_place
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import ai_context, notes
from reasonbook.render.markdown.pagination import Continued, cut
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.markdown.unknown import outside_lines
from reasonbook.render.urls import SiteUrls


def overview_page(api: Api, urls: SiteUrls) -> str:
    """Return the page of an API: how to handle its errors, and its domains."""
    brief = BriefMarkdown(api, urls)
    domains = overview.domain_list(api, summaries=len(api.domains) <= limits.OVERVIEW_SUMMARIES)
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}",
        md.inline(api.summary),
        brief.block(overview.source(api)),
        *(ai_context(api.ai_context) if api.ai_context else []),
        "## Error domains",
        *map(brief.block, [*domains, *overview.coverage(api)]),
        overview.known_share(api),
    ]
    envelope_url = urls.markdown(urls.addresses.envelope(api.name))
    parts += [
        "## Envelope and statuses",
        f"[The error envelope]({envelope_url}): its fields, and what to do for each HTTP status.",
    ]
    if api.operations:
        endpoints = urls.markdown(urls.addresses.endpoints(api.name))
        parts.append(f"[Operations and their reasons]({endpoints})")
    if api.outside:
        lines = "\n".join(outside_lines(api, brief))
        parts += ["## Outside the envelope", wording.OUTSIDE, lines]
    if api.troubleshooting or api.notes:
        parts.append("## How to handle these errors")
        parts += notes(api.notes)
        for section in api.troubleshooting:
            parts += [f"### {md.inline(section.title)}", md.blocks(section.text)]
    parts += ["## How reasons change", wording.promise(api)]
    if api.links:
        parts += ["## Links", brief.block(overview.links(api))]
    return page_text(parts)


def envelope_page(api: Api, urls: SiteUrls) -> str:
    """Return the page of the envelope: fields, statuses, and the decision for each HTTP status."""
    brief = BriefMarkdown(api, urls)
    wordings = wording.ENVELOPES if api.envelopes else wording.ENVELOPE
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: the error envelope",
        wordings.format(md.escape(api.title)),
        *_envelope(api.envelope, brief),
        "## Fields",
        brief.block(envelope.envelope_fields(api)),
    ]
    for name, other in api.envelopes.items():
        users = brief.line(*envelope.users_of(name, api))
        parts += [
            f"## Envelope {md.code(name)}",
            f"Used by {users}." if users else "",
            *_envelope(other, brief),
            brief.block(envelope.envelope_fields(api, name)),
        ]
    if api.response_headers:
        parts += ["## Response headers", brief.block(envelope.response_headers(api))]
    if api.statuses:
        parts += ["## Canonical statuses", brief.block(envelope.canonical_statuses(api))]
    if api.http:
        parts += ["## HTTP statuses", wording.DEFAULT_DECISIONS]
        for status in api.http.values():
            parts += [
                f"### {status.code} {md.escape(wording.http_title(api, status.code))}",
                md.inline(status.meaning),
                brief.decision(status.remedy, has_fix=bool(status.fixes)) if status.remedy else "",
                "\n".join(f"{n}. {md.blocks(fix, '   ')}" for n, fix in enumerate(status.fixes, 1)),
            ]
        parts += ["### Others", wording.HTTP_FALLBACK]
    return page_text(parts)


def _envelope(said: Envelope, brief: BriefMarkdown) -> list[str]:
    """Return the example of an envelope, and where it holds its codes."""
    places = ", ".join(brief.line(*place) for place in reason_places(said))
    second = ""
    if said.sub_reason is not None:
        second = f" Second-level code: {brief.line(*shown_place(said.sub_reason))}."
    return [
        md.fenced(said.example, "json"),
        f"Content-Type: {md.code(said.media_type)}. Reason: {places}.{second}",
    ]


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
    brief = BriefMarkdown(api, urls)
    lines = [
        *_general_lines(api, brief),
        *_operation_lines(api, brief),
        "\n## By reason\n",
        *(
            f"- {brief.line(*operations.sent(reason, api))}: "
            f"{brief.line(*operations.senders(reason, api))}"
            for reason in operations.current(api)
        ),
    ]
    first = urls.markdown(docname)
    said = f"\n{wording.CLASSES_AT.format(first)}\n" if api.operation_classes else ""
    continued = Continued(lambda number: f"{head[0]}\n\n# Part {number}\n{said}")
    return cut(docname, page_text(head), lines, limits.PAGE_CHARACTERS, urls.markdown, continued)


def _general_lines(api: Api, brief: BriefMarkdown) -> Iterator[str]:
    found = operations.general(api)
    if found:
        yield f"## Reasons of many operations\n\n{wording.GENERAL}\n"
    for each in found:
        members = brief.line(*each.members(api))
        told = f" ({members})" if members else ""
        sent = ", ".join(brief.line(*operations.sent(reason, api)) for reason in each.reasons)
        yield f"- {brief.line(*each.heading(api))}{told}: {sent}"


def _operation_lines(api: Api, brief: BriefMarkdown) -> Iterator[str]:
    """Yield the operations of each resource; those that send the same are on one line."""
    for resource, members in operations.resources(api):
        title = f"\n## {md.escape(resource or 'Operations')}\n\n"
        alike: dict[str, list[str]] = {}
        for each in members:
            own = ", ".join(brief.line(*said) for said in each.own_lines(api))
            classes = ", ".join(brief.line(*said) for said in each.class_lines(api))
            said = "; ".join(filter(None, [own, f"classes {classes}" if classes else ""]))
            alike.setdefault(said, []).append(md.code(each.name))
        for said, names in alike.items():
            yield f"{title}- {', '.join(names)}{': ' if said else ''}{said}"
            title = ""
