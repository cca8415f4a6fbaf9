"""The page of an error domain for agents: its reasons, as briefly as need be, then notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasonbook import limits
from reasonbook.format.model import Api, ErrorDomain, Note, Reason
from reasonbook.format.prose import Text
from reasonbook.render.facts.reason_table import COLUMNS, SHORT_COLUMNS, reason_table
from reasonbook.render.facts.references import titled
from reasonbook.render.facts.short import actor, http_text, retry
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls
from reasonbook.render.wording import AI_CONTEXT, COVERAGES, no_reasons


def domain_pages(
    domain: ErrorDomain, api: Api, urls: SiteUrls, moved: Sequence[Reason] = ()
) -> dict[str, str]:
    """Return the page by its name, cut into several where even its short form is too long.

    A table says cause and fix of each reason; where that is too long for one fetch, the cause
    alone; then a list says what to decide by. The pages of the reasons say everything. *moved* are
    reasons that were here once, and are in another domain now.
    """
    docname = urls.addresses.domain(api.name, domain.name)
    head = _head(domain, api, urls)
    if moved:
        links = ", ".join(reason_link(reason, urls) for reason in moved)
        head.append(f"Moved to another domain: {links}.")
    if not domain.reasons:
        none = no_reasons(had_some=bool(moved))
        return {docname: page_text([*head, none, *notes(domain.notes)])}
    brief = BriefMarkdown(api, urls)
    head += ["## Reasons", COVERAGES[domain.coverage]]
    for columns in (COLUMNS, SHORT_COLUMNS):
        table = reason_table(domain.reasons, api, domain.title, columns)
        text = page_text([*head, brief.block(table), *notes(domain.notes)])
        if len(text) < limits.PAGE_CHARACTERS:
            return {docname: text}
    head.append(f"Each at {urls.reason_pattern(api.name)}; HTTP status, retry, who can fix it:")
    lines = [_short_line(each, brief) for each in domain.reasons]
    lines += [f"\n{note}" for note in notes(domain.notes)]
    return cut(docname, page_text(head), lines, limits.PAGE_CHARACTERS, urls.markdown)


def reason_link(reason: Reason, urls: SiteUrls) -> str:
    """Return a link to the Markdown of a reason."""
    label = md.line(titled(Text(reason.name), reason)).replace("[", "(").replace("]", ")")
    return f"[{label}]({urls.markdown(urls.addresses.reason(reason))})"


def short_facts(reason: Reason) -> str:
    """Return what one decides by, as far as it is known, after a colon: status, retry, actor."""
    state = "" if reason.lifecycle == "active" else reason.lifecycle
    said = http_text(reason, "/"), retry(reason), actor(reason), state
    text = ", ".join(filter(None, said))
    return f": {text}" if text else ""


def notes(all_notes: Iterable[Note]) -> list[str]:
    """Return callouts as paragraphs that name their kind."""
    return [md.labelled(f"**{note.kind.capitalize()}.**", note.text) for note in all_notes]


def ai_context(text: str) -> list[str]:
    """Return what an agent must know, under its title."""
    return [f"## {AI_CONTEXT}", md.blocks(text)]


def _head(domain: ErrorDomain, api: Api, urls: SiteUrls) -> list[str]:
    name = f"{md.escape(api.title)}, domain {md.code(domain.name)}."
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.inline(domain.title)}",
        f"{name} {md.inline(domain.summary)}",
    ]
    if domain.ai_context:
        parts += ai_context(domain.ai_context)
    return parts


def _short_line(reason: Reason, brief: BriefMarkdown) -> str:
    title = f" – {md.escape(reason.title, first=False)}" if reason.title else ""
    return f"- {brief.name(reason)}{title}{short_facts(reason)}"
