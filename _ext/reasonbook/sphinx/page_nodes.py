"""The generated pages as nodes: one builder for each kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes

from reasonbook import limits
from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.ledger.record import Ledger, moved_away
from reasonbook.render import changes, page_kinds, wording
from reasonbook.render.facts import envelope, overview
from reasonbook.render.facts.references import blocks, inline
from reasonbook.render.page_kinds import Page, PageKind, Pages, kinds_about
from reasonbook.render.urls import reason_anchor
from reasonbook.sphinx.nodes.custom import code_name
from reasonbook.sphinx.nodes.example import json_block
from reasonbook.sphinx.nodes.notes import ai_context_nodes, notes_nodes
from reasonbook.sphinx.nodes.prose import (
    block_node,
    blocks_nodes,
    line_nodes,
    paragraph,
    reason_reference,
    reference,
)
from reasonbook.sphinx.nodes.reason import accordion, reason_nodes, reason_table


class feed_reference(nodes.reference):  # noqa: N801 (docutils names node classes so)
    """A link to the feed; its address is known when the page is written, for one builder."""


def page_section(page: Page[Any], pages: Pages) -> nodes.section:
    """Return the content of a page."""
    section = NODES[page.kind](page, pages)
    section["support_smartquotes"] = False
    return section


def hidden_toctree(parent: str, entries: list[tuple[str | None, str]]) -> addnodes.toctree:
    """Return a list of pages, each with its own title or another, for the navigation only."""
    return addnodes.toctree(
        "",
        parent=parent,
        entries=entries,
        includefiles=[docname for _, docname in entries],
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=True,
    )


def _section(title: str, anchor: str, *content: nodes.Node | Iterable[nodes.Node]) -> nodes.section:
    section = nodes.section("", nodes.title("", title), ids=[anchor], names=[])
    for part in content:
        section += part
    return section


def _changes(page: Page[Checked], pages: Pages) -> nodes.section:
    """Return the page of changes; the latest day comes first."""
    section = _section(page.title, "changes", nodes.paragraph("", changes.INTRODUCTION))
    feed = feed_reference("", "Atom feed", internal=False)
    section += nodes.paragraph("", "", nodes.Text("Follow it by "), feed, nodes.Text("."))
    day = section
    for date, name, kind, group in changes.groups(changes.events(page.subject.ledgers)):
        if day["ids"] != [f"day-{date}"]:
            day = _section(date, f"day-{date}")
            section += day
        title = f"{page.subject.catalogue.apis[name].title}, {changes.TITLES[kind]}"
        anchor = changes.anchor(date, name, kind)
        day += nodes.paragraph("", "", nodes.strong("", title), ids=[anchor])
        lines = [nodes.paragraph("", "", *_event(event, name)) for event in group]
        if changes.is_brief(group):
            names = [part for line in lines for part in (nodes.Text(", "), line[0])]
            day += nodes.paragraph("", "", *names[1:])
        else:
            items = [nodes.list_item("", line) for line in lines]
            day += nodes.bullet_list("", *items, bullet="-")
    return section


def _event(event: changes.Event, api: str) -> list[nodes.Node]:
    said = changes.line(event, lambda name: reason_reference(api, name))
    return [nodes.Text(part) if isinstance(part, str) else part for part in said]


def _overview(page: Page[Api], pages: Pages) -> nodes.section:
    api = page.api
    section = _section(page.title, api.name, paragraph(api.summary, api))
    section += block_node(overview.source(api))
    if api.ai_context:
        section += ai_context_nodes(api.ai_context, api)
    section += _section("Error domains", "domains", blocks_nodes(overview.domain_list(api)))
    advice = [*notes_nodes(api.notes, api), *_troubleshooting(api)]
    if advice:
        section += _section("How to handle these errors", "handling", advice)
    section += _section("How reasons change", "policy", nodes.paragraph("", wording.promise(api)))
    if api.links:
        section += _section("Links", "links", block_node(overview.links(api)))
    section += _navigation(page, pages)
    return section


def _troubleshooting(api: Api) -> list[nodes.Node]:
    """Return the troubleshooting guide: each advice under its title."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", *line_nodes(inline(section.title, api))),
            nodes.definition("", *blocks_nodes(blocks(section.text, api))),
        )
        for section in api.troubleshooting
    ]
    return [nodes.definition_list("", *items, classes=["rb-guide"])] if items else []


def _navigation(page: Page[Api], pages: Pages) -> addnodes.toctree:
    """Return the hidden list of the pages below; bounded, since themes repeat it everywhere."""
    below: list[tuple[str | None, str]] = [
        (kind.label, pages.addresses.page(kind, page.api))
        for kind in kinds_about(page.api, listed="navigation")
    ]
    apis = page.checked.catalogue.apis.values()
    if sum(len(api.domains) for api in apis) <= limits.NAVIGATION_DOMAINS:
        domains = page.api.domains
        below += [(None, pages.addresses.page(page_kinds.DOMAIN, domain)) for domain in domains]
    return hidden_toctree(page.docname, below)


def _envelope(page: Page[Api], pages: Pages) -> nodes.section:
    api = page.api
    section = _section(page.title, "envelope")
    section += nodes.paragraph("", wording.ENVELOPE.format(api.title))
    example = json_block(api.envelope.example, api.envelope.at("example"))
    section += _section("Full example", "example", example)
    section += _section("Where to look", "where", block_node(envelope.envelope_places(api)))
    section += _section("Fields", "fields", block_node(envelope.envelope_fields(api)))
    if api.response_headers:
        headers = envelope.response_headers(api)
        section += _section("Response headers", "headers", block_node(headers))
    if api.statuses:
        statuses = envelope.canonical_statuses(api)
        section += _section("Canonical statuses", "statuses", block_node(statuses))
    if api.http:
        section += _section(
            "HTTP statuses",
            "http-statuses",
            nodes.paragraph("", wording.DEFAULT_DECISIONS),
            block_node(envelope.http_statuses(api)),
            nodes.paragraph("", wording.HTTP_FALLBACK),
        )
    return section


def _endpoints(page: Page[Api], pages: Pages) -> nodes.section:
    introduction = nodes.paragraph("", wording.OPERATIONS)
    table = block_node(overview.endpoints(page.api))
    return _section(page.title, "endpoints", introduction, table)


def domain_page(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> nodes.section:
    """Return the page: notes, the table, an accordion per reason, and what is no longer sent."""
    section = _section(domain.title, domain.name, paragraph(domain.summary, api))
    if domain.ai_context:
        section += ai_context_nodes(domain.ai_context, api)
    section += notes_nodes(domain.notes, api)
    sent = tuple(reason for reason in domain.reasons if reason.lifecycle != "retired")
    retired = tuple(reason for reason in domain.reasons if reason.lifecycle == "retired")
    moved = [_moved(reason, api) for reason in moved_away(domain, api, ledger)]
    if sent:
        coverage = wording.COVERAGES[domain.coverage]
        section += nodes.paragraph("", coverage, classes=["rb-coverage"])
        table = reason_table(sent, api, f"Reasons of {domain.name}")
        section += _section("Reasons", "reasons", table)
        section += _section("Each reason in full", "in-full", _accordions(sent, api))
    else:
        section += nodes.paragraph("", wording.no_reasons(had_some=bool(retired or moved)))
    if retired:
        table = reason_table(retired, api, f"Retired reasons of {domain.name}")
        section += _section("No longer sent", "retired", table, _accordions(retired, api))
    if moved:
        items = nodes.bullet_list("", *moved, bullet="-")
        section += _section("Moved to another domain", "moved", items)
    return section


def _accordions(reasons: Iterable[Reason], api: Api) -> list[nodes.container]:
    return [accordion(reason, api, has_page=True) for reason in reasons]


def _moved(reason: Reason, api: Api) -> nodes.list_item:
    """Return what was once on this page: it keeps its anchor, and leads to the new place."""
    target = nodes.target("", "", ids=[reason_anchor(reason)])
    link = reason_reference(api.name, reason.name)
    return nodes.list_item("", nodes.paragraph("", "", target, link))


def _reason(page: Page[Reason], pages: Pages) -> nodes.section:
    reason, api = page.subject, page.api
    title = nodes.title("", "", code_name("", reason.name))
    section = nodes.section("", title, ids=[reason_anchor(reason)])
    section += [_breadcrumbs(reason, api), _search_entries(reason), *reason_nodes(reason, api)]
    return section


def _breadcrumbs(reason: Reason, api: Api) -> nodes.paragraph:
    domain = api.domain(reason.domain)
    assert domain
    return nodes.paragraph(
        "",
        "",
        reference("api", api.name, nodes.inline("", api.title)),
        nodes.Text(" › "),
        reference("domain", f"{api.name}/{domain.name}", nodes.inline("", domain.title)),
        nodes.Text(" › HTTP "),
        nodes.Text(str(reason.http)),
        classes=["rb-breadcrumbs"],
    )


def _search_entries(reason: Reason) -> addnodes.index:
    """Return what else finds this page: Sphinx's search drops numbers and joins UPPER_SNAKE.

    The entries have no anchor, so that the search lists the page once, however it found it.
    """
    parts = [part for part in reason.name.replace("-", "_").split("_") if len(part) > 1]
    entries = {str(reason.http), " ".join(parts).lower(), *(part.lower() for part in parts)}
    if reason.status:
        entries.add(reason.status)
    return addnodes.index(entries=[("single", entry, "", "", None) for entry in sorted(entries)])


#: By kind, what builds the nodes of a page.
NODES: Mapping[PageKind[Any], Callable[[Page[Any], Pages], nodes.section]] = {
    page_kinds.CHANGES: _changes,
    page_kinds.OVERVIEW: _overview,
    page_kinds.ENVELOPE: _envelope,
    page_kinds.ENDPOINTS: _endpoints,
    page_kinds.DOMAIN: lambda page, _: domain_page(page.subject, page.api, page.ledger),
    page_kinds.REASON: _reason,
}
