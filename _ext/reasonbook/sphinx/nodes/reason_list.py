"""The list of all reasons as nodes: a line each, by API and domain, whole without a script."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.render import wording
from reasonbook.render.facts.reason_table import LIST_COLUMNS, reason_table
from reasonbook.render.page_kinds import Page, Pages
from reasonbook.sphinx.nodes.prose import block_node, reference


def reason_list(page: Page[Checked], pages: Pages) -> nodes.section:
    """Return the page; a script puts its filters there."""
    section = nodes.section("", nodes.title("", page.title), ids=["reasons"])
    section += nodes.paragraph("", wording.REASON_LIST)
    place = nodes.container("", classes=["rb-reason-filter"])
    section += addnodes.only("", place, expr="format_html")
    for api in page.subject.catalogue.apis.values():
        own = nodes.section("", nodes.title("", api.title), ids=[f"reasons-{api.name}"])
        own += [_domain(domain, api) for domain in api.domains if domain.reasons]
        section += own
    return section


def _domain(domain: ErrorDomain, api: Api) -> nodes.section:
    title = reference("domain", f"{api.name}/{domain.name}", nodes.Text(domain.title))
    anchor = f"reasons-{api.name}-{domain.name}"
    table = reason_table(domain.reasons, api, f"Reasons of {domain.name}", LIST_COLUMNS)
    node = block_node(table)
    node["classes"].append("rb-reason-list")
    return nodes.section("", nodes.title("", "", title), node, ids=[anchor])
