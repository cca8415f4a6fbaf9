"""The page of an API's HTTP statuses as nodes: what each means, and the reasons that have it."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from reasonbook.format.model import Api
from reasonbook.render import wording
from reasonbook.render.facts.by_status import StatusOfApi, statuses, what_to_do
from reasonbook.render.facts.reason_table import LIST_COLUMNS_OF_STATUS, columns_of
from reasonbook.render.page_kinds import Page, Pages
from reasonbook.sphinx.nodes.prose import blocks_nodes, titled_section
from reasonbook.sphinx.nodes.reason_list import reason_list


def by_status(page: Page[Api], pages: Pages) -> nodes.section:
    """Return the page: a section for each status."""
    api, found = page.api, [*statuses(page.api)]
    section = titled_section(page.title, "by-status", nodes.paragraph("", wording.BY_HTTP_STATUS))
    section += [titled_section(each.title(api), each.anchor, *_status(each, api)) for each in found]
    return section


def _status(status: StatusOfApi, api: Api) -> Iterator[list[nodes.Element] | nodes.Element]:
    if status.said:
        yield blocks_nodes(what_to_do(status.said, api))
    if status.reasons:
        columns = columns_of(status.reasons, api, LIST_COLUMNS_OF_STATUS)
        yield reason_list(status.reasons, api, f"Reasons with HTTP {status.code}", columns)
    else:
        yield nodes.paragraph("", wording.NO_REASON_OF_STATUS, classes=["rb-unknown"])
