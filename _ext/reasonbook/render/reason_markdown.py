"""The page of a reason for agents: identity and decision first, then one example."""

from __future__ import annotations

from reasonbook.core import prose
from reasonbook.core.model import Api, Reason

from . import markdown as md
from .remedy_markdown import remedy_line
from .site_urls import SiteUrls


def reason_page(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return the whole page."""
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.escape(reason.name)}",
        identity(reason, api, urls),
        remedy_line(reason.remedy),
        fix(reason),
    ]
    if reason.ai_context:
        parts.append(md.blocks(reason.ai_context))
    if reason.examples:
        first = reason.examples[0]
        title = f"{md.escape(first.title)} ({first.origin}):"
        parts.append(f"{title}\n{md.fenced(first.body, 'json')}")
    parts.append(_rest(reason, urls))
    return "\n\n".join(parts) + "\n"


def index_line(url: str) -> str:
    """Return the first line of every Markdown page: where the index is."""
    return f"> Index: {url}"


def identity(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return what the reason is and why it comes: API, HTTP status, canonical status, cause."""
    status = f" {md.escape(reason.status)}" if reason.status else ""
    head = [f"{md.escape(api.title)} HTTP {reason.http}{status}"]
    if reason.lifecycle != "active":
        head.append(_state(reason))
    if reason.deprecated and reason.deprecated.replaced_by:
        successor = api.reasons.get(reason.deprecated.replaced_by)
        name = md.escape(reason.deprecated.replaced_by)
        link = f"[{name}]({urls.markdown(urls.addresses.reason(successor))})" if successor else name
        head.append(f"replaced by {link}")
    if reason.falls_back_to:
        head.append(f"or sent as {', '.join(md.escape(name) for name in reason.falls_back_to)}")
    return f"{', '.join(head)}: {md.inline(reason.cause)}"


def _state(reason: Reason) -> str:
    """Return the state of a reason that is not simply sent, with the day that matters."""
    gone = reason.deprecated
    if gone is None:
        return reason.lifecycle
    if gone.retired:
        why = " as a correction, never sent" if gone.correction else ""
        return f"retired on {gone.retired}{why}"
    until = f", stays until {gone.remove_after}" if gone.remove_after else ""
    return f"deprecated since {gone.since}{until}"


def fix(reason: Reason) -> str:
    """Return the fix: one paragraph, or a list, so that a reader knows where it ends."""
    blocks = prose.parse_blocks(reason.fix[0])
    if len(reason.fix) == len(blocks) == 1 and isinstance(blocks[0], prose.Paragraph):
        return f"Fix: {md.blocks(reason.fix[0])}"
    steps = [f"{n}. {md.blocks(step, '   ')}" for n, step in enumerate(reason.fix, 1)]
    return "\n".join(steps)


def _rest(reason: Reason, urls: SiteUrls) -> str:
    """Name the other examples, and lead to all as data."""
    others = [md.escape(example.title) for example in reason.examples[1:]]
    more = f"Also: {'; '.join(others)}. " if others else ""
    return f"{more}[JSON]({urls.reason_json(reason)})"
