"""Every reason of every API for agents: a line each, on as many pages as that takes."""

from __future__ import annotations

from reasonbook import limits
from reasonbook.checking import Checked
from reasonbook.render import wording
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import reason_link, short_facts
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.page_kinds import Page
from reasonbook.render.urls import SiteUrls


def reason_list_pages(page: Page[Checked], urls: SiteUrls) -> dict[str, str]:
    """Return the list by document name: what one decides by, by API and domain."""
    head = [
        index_line(urls.index()),
        f"# {page.title}",
        wording.REASON_LIST,
    ]
    lines = []
    for api in page.subject.catalogue.apis.values():
        for domain in api.domains:
            if domain.reasons:
                lines.append(f"\n## {md.escape(api.title)}: {md.inline(domain.title)}\n")
            lines += [f"- {reason_link(r, urls)}{short_facts(r)}" for r in domain.reasons]
    return cut(page.docname, page_text(head), lines, limits.PAGE_CHARACTERS, urls.markdown)
