"""The page of a reason for agents: identity and decision first, then one example.

Every page pays for every fixed word, so there are few: the address of the site is in it twice,
for the index and for the JSON, and the API's name only in these.
"""

from __future__ import annotations

from reasonbook.format.model import Api, Reason
from reasonbook.render.facts.reason import fix, lifecycle
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls


def reason_page(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return the whole page."""
    brief = BriefMarkdown(api, urls)
    status = f" {md.escape(reason.status)}" if reason.status else ""
    identity = [f"HTTP {reason.http}{status}", *map(brief.line, lifecycle(reason, api))]
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(reason.name)}",
        f"{', '.join(filter(None, identity))}: {md.inline(reason.cause)}",
        brief.decision(reason.remedy),
        brief.block(fix(reason, api)),
    ]
    if reason.ai_context:
        parts.append(md.blocks(reason.ai_context))
    if reason.examples:
        parts.append(_example(reason, urls))
    else:
        parts.append(f"[JSON]({urls.reason_json(reason)})")
    return "\n\n".join(parts) + "\n"


def index_line(url: str) -> str:
    """Return the first line of every Markdown page: where the index is."""
    return f"> Index: {url}"


def _example(reason: Reason, urls: SiteUrls) -> str:
    """Return the first example after a link to all as data, and name the others.

    The title of the first one is left to the JSON.
    """
    first, *others = reason.examples
    titles = "; ".join(md.escape(example.title) for example in others)
    also = f"\nAlso: {titles}" if others else ""
    head = f"[Examples]({urls.reason_json(reason)}), {first.origin}:"
    return f"{head}\n{md.fenced(first.body, 'json')}{also}"
