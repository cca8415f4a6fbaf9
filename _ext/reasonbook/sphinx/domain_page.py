"""The page of an error domain."""

from __future__ import annotations

from docutils import nodes

from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.ledger.record import Ledger, moved_away
from reasonbook.render import wording
from reasonbook.render.addresses import reason_anchor
from reasonbook.sphinx.nodes import overview as overview_nodes
from reasonbook.sphinx.nodes.notes import ai_context_nodes, notes_nodes
from reasonbook.sphinx.nodes.prose import paragraph, reason_reference
from reasonbook.sphinx.nodes.reason import accordion, reason_table


def section(title: str, anchor: str) -> nodes.section:
    """Return an empty section of a generated page."""
    return nodes.section("", nodes.title("", title), ids=[anchor], names=[])


def domain_page(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> nodes.section:
    """Return the page: notes, the table, an accordion per reason, and what is no longer sent."""
    page = section(domain.title, domain.name)
    page += paragraph(domain.summary, api)
    if domain.ai_context:
        page += ai_context_nodes(domain.ai_context, api)
    page += notes_nodes(domain.notes, api)
    sent = tuple(reason for reason in domain.reasons if reason.lifecycle != "retired")
    retired = tuple(reason for reason in domain.reasons if reason.lifecycle == "retired")
    moved = [_moved(reason, api) for reason in moved_away(domain, api, ledger)]
    if sent:
        page += overview_nodes.coverage_nodes(domain)
        listing = section("Reasons", "reasons")
        listing += reason_table(sent, api, f"Reasons of {domain.name}")
        details = section("Each reason in full", "in-full")
        details += [accordion(reason, api, has_page=True) for reason in sent]
        page += [listing, details]
    else:
        page += nodes.paragraph("", wording.no_reasons(had_some=bool(retired or moved)))
    if retired:
        gone = section("No longer sent", "retired")
        gone += reason_table(retired, api, f"Retired reasons of {domain.name}")
        gone += [accordion(reason, api, has_page=True) for reason in retired]
        page += gone
    if moved:
        elsewhere = section("Moved to another domain", "moved")
        elsewhere += nodes.bullet_list("", *moved, bullet="-")
        page += elsewhere
    return page


def _moved(reason: Reason, api: Api) -> nodes.list_item:
    """Return what once stood on this page: it keeps its anchor, and leads to the new place."""
    target = nodes.target("", "", ids=[reason_anchor(reason)])
    link = reason_reference(api.name, reason.name)
    return nodes.list_item("", nodes.paragraph("", "", target, link))
