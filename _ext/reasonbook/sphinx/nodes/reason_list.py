"""Lists of reasons as nodes: a line each, by API and domain, whole without a script."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from reasonbook.checking import Checked
from reasonbook.format.model import Api, Reason
from reasonbook.render import wording
from reasonbook.render.facts.reason_table import LIST_COLUMNS, Column, columns_of, table_of
from reasonbook.render.page_kinds import Page, Pages
from reasonbook.sphinx.nodes.custom import FOLDS
from reasonbook.sphinx.nodes.prose import reference, titled_section
from reasonbook.sphinx.nodes.reason import table_place


def all_reasons(page: Page[Checked], pages: Pages) -> nodes.section:
    """Return the page of all reasons; a script puts its filters there."""
    introduction = nodes.paragraph("", wording.REASON_LIST)
    section = titled_section(page.title, "reasons", introduction, place_of_filters())
    for api in page.subject.catalogue.apis.values():
        section += titled_section(api.title, f"reasons-{api.name}", by_domain(api))
    return section


def place_of_filters() -> addnodes.only:
    """Return where a script puts the filters of the lists that follow in the same section.

    On a phone they are folded under one line, so that the codes are seen first.
    """
    line = nodes.raw("", f"{FOLDS}<summary>Filters</summary></details>", format="html")
    place = nodes.container("", line, classes=["rb-reason-filter"])
    return addnodes.only("", place, expr="format_html")


def by_domain(api: Api) -> list[nodes.section]:
    """Return the reasons of an API, those of each domain under its title."""
    columns = columns_of(api.reasons.values(), api, LIST_COLUMNS)
    found = []
    for domain in api.domains:
        if domain.reasons:
            title = reference("domain", f"{api.name}/{domain.name}", nodes.Text(domain.title))
            table = reason_list(domain.reasons, api, f"Reasons of {domain.name}", columns)
            heading = nodes.title("", "", title)
            anchor = f"reasons-{api.name}-{domain.name}"
            found.append(nodes.section("", heading, table, ids=[anchor], classes=["rb-of-domain"]))
    return found


def reason_list(
    reasons: Iterable[Reason], api: Api, label: str, columns: Iterable[Column]
) -> nodes.Element:
    """Return a table with one line for each reason."""
    return table_place(table_of, reasons, api, label, [*columns], kind="reason-list")
