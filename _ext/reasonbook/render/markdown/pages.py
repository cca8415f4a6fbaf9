"""The generated pages as Markdown: one builder for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from reasonbook import limits
from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.ledger.record import moved_away
from reasonbook.render import changes, page_kinds, wording
from reasonbook.render.facts.references import mention
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.api import endpoints_pages, envelope_page, overview_page
from reasonbook.render.markdown.code import code_pages
from reasonbook.render.markdown.domain import domain_pages
from reasonbook.render.markdown.reason import index_line, page_text, reason_page
from reasonbook.render.markdown.reason_list import by_status_pages, reason_list_pages
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.markdown.unknown import unknown_page
from reasonbook.render.page_kinds import Page, PageKind
from reasonbook.render.urls import SiteUrls

Texts = Mapping[str, str]  # by document name: a long page is cut into several
Builder = Callable[[Page[Any], SiteUrls], Texts]


def _one(build: Callable[[Api, SiteUrls], str]) -> Builder:
    return lambda page, urls: {page.docname: build(page.api, urls)}


def _domain(page: Page[ErrorDomain], urls: SiteUrls) -> Texts:
    moved = moved_away(page.subject, page.api, page.ledger)
    return domain_pages(page.subject, page.api, urls, moved)


def _changes(page: Page[Checked], urls: SiteUrls) -> Texts:
    """Return the page of changes; the latest day comes first."""
    apis = page.subject.catalogue.apis

    def linked(api: Api, name: str) -> str:
        reason = api.reasons[name]
        return md.link(md.code(name), urls.markdown(urls.addresses.reason(reason)))

    feed = md.link("Atom feed", f"{urls.base}{page.docname}.xml")
    parts = [index_line(urls.index()), "# Changes", changes.INTRODUCTION, f"Follow it by {feed}."]
    parts.append(f"Each reason is at {urls.reason_pattern()}.")
    latest = ""
    for date, name, kind, group in changes.groups(changes.events(page.subject.ledgers)):
        parts += [f"## {date}"] if date != latest else []
        latest = date
        link = partial(linked, apis[name])
        if changes.is_brief(group):
            brief = BriefMarkdown(apis[name], urls)
            lines = [
                f"{md.escape(title, first=False)}: "
                + ", ".join(brief.line(mention(name, event.reason)) for event in events)
                for title, events in changes.by_domain(group, apis[name])
            ]
        else:
            lines = ["".join(changes.line(event, link, _text)) for event in group]
        parts += [
            f"**{md.escape(apis[name].title)}, {changes.TITLES[kind]}**",
            md.bullet_list(lines),
        ]
    return {page.docname: "\n\n".join(parts) + "\n"}


def _text(text: str) -> str:
    return md.escape(text, first=False)


def _explain(page: Page[Checked], urls: SiteUrls) -> Texts:
    """Return where programs find the same: the page itself works in a browser only."""
    parts = [
        index_line(urls.index()),
        f"# {page.title}",
        wording.EXPLAIN,
        f"- A reason: {urls.reason_pattern()}, or, whatever the API, {urls.code_pattern()}\n"
        "- An answer without a known reason: " + urls.markdown(urls.addresses.unknown("API")),
        "In a terminal: " + md.code("reasonbook explain - --from " + urls.json("reasons")),
    ]
    return {page.docname: page_text(parts)}


def _not_found(page: Page[Checked], urls: SiteUrls) -> Texts:
    """Return what an agent gets at a wrong address: little, since it came here by mistake."""
    apis = [*page.subject.catalogue.apis.values()]
    names = ", ".join(
        f"{api.name} ({md.code(api.base_url)})" if api.base_url else api.name
        for api in apis[: limits.LISTED_CHOICES]
    )
    more = f", and more in {urls.index()}" if apis[limits.LISTED_CHOICES :] else ""
    lines = [
        f"- A reason: {urls.reason_pattern()}, or, whatever the API, {urls.code_pattern()}",
        f"- All reasons of an API: {urls.index('API')}",
        "- What to do if the reason is missing or not among them: "
        + urls.markdown(urls.addresses.unknown("API")),
    ]
    parts = [
        index_line(urls.index()),
        "# There is no such reason or page",
        "It may be the spelling: addresses are exact. REASON is as in the error body.",
        f"API is one of {names}{more}." if apis else "",
        "\n".join(lines),
    ]
    return {page.docname: page_text(parts)}


#: By kind, what writes the Markdown of a page, and of those that continue it; every kind has it.
MARKDOWN: Mapping[PageKind[Any], Builder] = {
    page_kinds.REASONS: reason_list_pages,
    page_kinds.EXPLAIN: _explain,
    page_kinds.CHANGES: _changes,
    page_kinds.NOT_FOUND: _not_found,
    page_kinds.OVERVIEW: _one(overview_page),
    page_kinds.ENVELOPE: _one(envelope_page),
    page_kinds.HTTP: lambda page, urls: by_status_pages(page.api, urls),
    page_kinds.UNKNOWN: _one(unknown_page),
    page_kinds.ENDPOINTS: lambda page, urls: endpoints_pages(page.api, urls),
    page_kinds.DOMAIN: _domain,
    page_kinds.CODE: lambda page, urls: code_pages(
        page.docname, page.subject, page.checked.catalogue.apis, urls
    ),
    page_kinds.REASON: lambda page, urls: {page.docname: reason_page(page.subject, page.api, urls)},
}
