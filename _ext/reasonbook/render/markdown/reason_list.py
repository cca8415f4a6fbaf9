"""Lists of reasons for agents: a line each, on as many pages as that takes."""

from __future__ import annotations

from reasonbook import limits
from reasonbook.checking import Checked
from reasonbook.format.model import Api
from reasonbook.render import wording
from reasonbook.render.facts.by_status import statuses, what_to_do
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import reason_link, short_facts
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.page_kinds import HTTP, Page
from reasonbook.render.urls import SiteUrls


def by_status_pages(api: Api, urls: SiteUrls) -> dict[str, str]:
    """Return the reasons of an API by HTTP status, with what it says of each, by document name."""
    docname = urls.addresses.page(HTTP, api)
    head = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: reasons by HTTP status",
        wording.BY_HTTP_STATUS,
        f"Each reason is at {urls.reason_pattern(api.name)}.",
    ]
    brief = BriefMarkdown(api, urls)
    lines = []
    for status in statuses(api):
        lines.append(f"\n## {md.escape(status.title(api))}\n")
        if status.said:
            said = (brief.block(block) for block in what_to_do(status.said, api))
            lines.append("\n\n".join(said) + "\n")
        lines += [f"- {md.code(r.name)}{short_facts(r)}" for r in status.reasons]
        lines += [] if status.reasons else [wording.NO_REASON_OF_STATUS]
    return cut(docname, page_text(head), lines, limits.PAGE_CHARACTERS, urls.markdown)


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
