"""The generated pages as nodes: one builder for each kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from docutils import nodes
from sphinx import addnodes

from reasonbook import limits
from reasonbook.checking import Checked
from reasonbook.format.model import Api, Envelope, ErrorDomain, Reason
from reasonbook.ledger.record import Ledger, moved_away
from reasonbook.render import changes, page_kinds, wording
from reasonbook.render.facts import operations, statements, whole
from reasonbook.render.facts.reason_table import COLUMNS, LARGE_COLUMNS, reason_table
from reasonbook.render.facts.references import mention
from reasonbook.render.facts.statements import CodeBlock, Table, row
from reasonbook.render.page_kinds import Page, PageKind, Pages
from reasonbook.render.urls import envelope_anchor, reason_anchor, resource_anchor
from reasonbook.sphinx.nodes import envelope as envelope_nodes
from reasonbook.sphinx.nodes import overview as overview_nodes
from reasonbook.sphinx.nodes.by_status import by_status
from reasonbook.sphinx.nodes.custom import filter_place
from reasonbook.sphinx.nodes.example import code_node
from reasonbook.sphinx.nodes.notes import ai_context_node, notes_nodes
from reasonbook.sphinx.nodes.prose import (
    block_node,
    line_nodes,
    paragraph,
    reason_reference,
    titled_section,
)
from reasonbook.sphinx.nodes.reason import (
    REASON_PAGES,
    accordion_place,
    reason_accordion,
    statements_nodes,
    table_place,
)
from reasonbook.sphinx.nodes.reason_list import all_reasons


class feed_reference(nodes.reference):  # noqa: N801 (docutils names node classes so)
    """A link to the feed; its address is known when the page is written, for one builder."""


class explain_form(nodes.General, nodes.Element):  # noqa: N801
    """Where an error is pasted, and explained."""


def page_section(page: Page[Any], pages: Pages) -> nodes.section:
    """Return the content of a page."""
    section = NODES[page.kind](page, pages)
    section["support_smartquotes"] = False
    section["classes"].append("rb-page")
    return section


def _explain(page: Page[Checked], pages: Pages) -> nodes.section:
    form = addnodes.only("", explain_form(), expr="format_html")
    return titled_section(page.title, "explain", nodes.paragraph("", wording.EXPLAIN), form)


def _changes(page: Page[Checked], pages: Pages) -> nodes.section:
    """Return the page of changes; the latest day comes first."""
    section = titled_section(page.title, "changes", nodes.paragraph("", changes.INTRODUCTION))
    feed = feed_reference("", "Atom feed", internal=False)
    section += nodes.paragraph("", "", nodes.Text("Follow it by "), feed, nodes.Text("."))
    day = section
    for date, name, kind, group in changes.groups(changes.events(page.subject.ledgers)):
        if day["ids"] != [f"day-{date}"]:
            day = titled_section(date, f"day-{date}")
            section += day
        title = f"{page.subject.catalogue.apis[name].title}, {changes.TITLES[kind]}"
        anchor = changes.anchor(date, name, kind)
        day += nodes.paragraph("", "", nodes.strong("", title), ids=[anchor])
        if changes.is_brief(group):
            api = page.subject.catalogue.apis[name]
            day += table_place(_by_domain, group, api, title, asks=True)
        else:
            lines = [nodes.paragraph("", "", *_event(event, name)) for event in group]
            items = [nodes.list_item("", line) for line in lines]
            day += nodes.bullet_list("", *items, bullet="-")
    return section


def _by_domain(group: list[changes.Event], api: Api, label: str) -> Table:
    rows = [
        row(title, statements.joined(mention(api.name, event.reason) for event in events))
        for title, events in changes.by_domain(group, api)
    ]
    return Table("changes", label, ("Domain", "Reasons"), rows)


def _event(event: changes.Event, api: str) -> list[nodes.Node]:
    return changes.line(event, lambda name: reason_reference(api, name), nodes.Text)


def _envelope(page: Page[Api], pages: Pages) -> nodes.section:
    api = page.api
    section = titled_section(page.title, "envelope")
    said = wording.ENVELOPES if api.envelopes else wording.ENVELOPE
    section += nodes.paragraph("", said.format(api.title))
    section += _envelope_sections(api, api.envelope)
    for name, envelope in api.envelopes.items():
        users = envelope_nodes.envelope_users(name, api)
        parts = _envelope_sections(api, envelope, name)
        section += titled_section(f"Envelope {name}", envelope_anchor(name), users, parts)
    if api.response_headers:
        headers = envelope_nodes.response_headers(api)
        section += titled_section("Response headers", "headers", headers)
    if api.statuses:
        statuses = envelope_nodes.canonical_statuses(api)
        section += titled_section("Canonical statuses", "statuses", statuses)
    if api.http:
        section += titled_section(
            "HTTP statuses",
            "http-statuses",
            nodes.paragraph("", wording.DEFAULT_DECISIONS),
            envelope_nodes.http_statuses(api),
            nodes.paragraph("", wording.HTTP_FALLBACK),
        )
    return section


def _envelope_sections(api: Api, envelope: Envelope, name: str = "") -> list[nodes.section]:
    """Return the example of an envelope, its places and fields; *name* is that of a further one."""
    before = f"{name}-" if name else ""
    example = CodeBlock("body", "json", envelope.example, partial(envelope.at, "example"))
    return [
        titled_section("Full example", f"{before}example", code_node(example)),
        titled_section("Where to look", f"{before}where", envelope_nodes.envelope_places(envelope)),
        titled_section("Fields", f"{before}fields", envelope_nodes.envelope_fields(api, name)),
    ]


def _endpoints(page: Page[Api], pages: Pages) -> nodes.section:
    api = page.api
    section = titled_section(page.title, "endpoints", nodes.paragraph("", wording.OPERATIONS))
    label = "Filter by operation, reason, class or HTTP status"
    section += filter_place("", label=label, noun="operations")
    if operations.general(api):
        table = table_place(operations.general_table, api)
        introduction = nodes.paragraph("", wording.GENERAL)
        section += titled_section("Reasons of many operations", "general", introduction, table)
    for resource, members in operations.resources(api):
        table = table_place(operations.operations_table, resource, members, api)
        section += titled_section(resource or "Operations", resource_anchor(resource), table)
    senders = table_place(operations.senders_table, api)
    section += titled_section("By reason", "by-reason", senders)
    return section


def domain_page(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> nodes.section:
    """Return the page: the table first, then notes, an accordion per reason, what is gone."""
    section = titled_section(domain.title, domain.name, paragraph(domain.summary, api))
    notes = [*_context(domain, api), *notes_nodes(domain.notes, api)]
    sent = tuple(reason for reason in domain.reasons if reason.lifecycle != "retired")
    retired = tuple(reason for reason in domain.reasons if reason.lifecycle == "retired")
    moved = [_moved(reason, api) for reason in moved_away(domain, api, ledger)]
    is_large = len(domain.reasons) > limits.ACCORDIONS
    columns = LARGE_COLUMNS if is_large else COLUMNS
    accordions = _accordions_elsewhere if is_large else _accordions
    if sent:
        section += overview_nodes.coverage_nodes(domain)
        label = f"Reasons of {domain.name}"
        table = table_place(reason_table, sent, api, label, columns, anchors=is_large)
        section += titled_section("Reasons", "reasons", table, notes)
        full = accordions(sent)
        section += full if is_large else titled_section("Each reason in full", "in-full", full)
    else:
        section += nodes.paragraph("", wording.no_reasons(had_some=bool(retired or moved)))
        section += notes
    if retired:
        label = f"Retired reasons of {domain.name}"
        table = table_place(reason_table, retired, api, label, columns, anchors=is_large)
        section += titled_section("No longer sent", "retired", table, accordions(retired))
    if moved:
        items = nodes.bullet_list("", *moved, bullet="-")
        section += titled_section("Moved to another domain", "moved", items)
    return section


def _context(domain: ErrorDomain, api: Api) -> list[nodes.Element]:
    return [ai_context_node(domain.ai_context, api)] if domain.ai_context else []


def _accordions(reasons: Iterable[Reason]) -> list[reason_accordion]:
    return [accordion_place(reason, reason_anchor(reason)) for reason in reasons]


def _accordions_elsewhere(reasons: Iterable[Reason]) -> list[addnodes.only]:
    """Return the accordions for the builders that write no page of a reason."""
    found = map(accordion_place, reasons)
    return [addnodes.only("", *found, expr=f"not ({REASON_PAGES})")]


def _moved(reason: Reason, api: Api) -> nodes.list_item:
    """Return what was once on this page: it keeps its anchor, and leads to the new place."""
    target = nodes.target("", "", ids=[reason_anchor(reason)])
    link = reason_reference(api.name, reason.name)
    return nodes.list_item("", nodes.paragraph("", "", target, link))


def _reason(page: Page[Reason], pages: Pages) -> nodes.section:
    reason, api = page.subject, page.api
    title = nodes.title("", "", *line_nodes(whole.page_title(reason)))
    section = nodes.section("", title, ids=[reason_anchor(reason)])
    section += block_node(whole.breadcrumbs(reason, api))
    section += statements_nodes(whole.everything(reason, api))
    return section


def search_entries(reason: Reason) -> list[tuple[str, str, str, str, None]]:
    """Return what else finds this page: Sphinx's search drops numbers and joins UPPER_SNAKE.

    The entries have no anchor, so that the search lists the page once, however it found it.
    """
    parts = [part for part in re.split(r"[-_/]", reason.name) if len(part) > 1]
    words = {" ".join(parts).lower(), *(part.lower() for part in parts)} - {""}
    entries = {*map(str, reason.http_codes), reason.name, *words}
    if reason.status:
        entries.add(reason.status)
    return [("single", entry, "", "", None) for entry in sorted(entries)]


#: By kind, what builds the nodes of a page.
NODES: Mapping[PageKind[Any], Callable[[Page[Any], Pages], nodes.section]] = {
    page_kinds.REASONS: all_reasons,
    page_kinds.EXPLAIN: _explain,
    page_kinds.CHANGES: _changes,
    page_kinds.OVERVIEW: overview_nodes.overview_page,
    page_kinds.HTTP: by_status,
    page_kinds.ENVELOPE: _envelope,
    page_kinds.ENDPOINTS: _endpoints,
    page_kinds.DOMAIN: lambda page, _: domain_page(page.subject, page.api, page.ledger),
    page_kinds.REASON: _reason,
}
