"""The page of a reason for agents: identity and decision first, then one example.

Every page pays for every fixed word, so there are few: the address of the site stands in it twice,
for the index and for the JSON, and the API's name only in these.
"""

from __future__ import annotations

from reasonbook.format.model import Api, Reason
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.remedy import remedy_line
from reasonbook.render.urls import SiteUrls


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
        parts.append(_example(reason, urls))
    else:
        parts.append(f"[JSON]({urls.reason_json(reason)})")
    return "\n\n".join(parts) + "\n"


def index_line(url: str) -> str:
    """Return the first line of every Markdown page: where the index is."""
    return f"> Index: {url}"


def identity(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return with which HTTP and canonical status the reason comes, and why."""
    status = f" {md.escape(reason.status)}" if reason.status else ""
    head = [f"HTTP {reason.http}{status}"]
    if reason.lifecycle != "active":
        head.append(_state(reason))
    if reason.deprecated and reason.deprecated.replaced_by:
        successor = api.reasons.get(reason.deprecated.replaced_by)
        head.append(f"replaced by {_named(reason.deprecated.replaced_by, successor, urls)}")
    if reason.falls_back_to:
        head.append(f"or sent as {', '.join(md.escape(name) for name in reason.falls_back_to)}")
    return f"{', '.join(head)}: {md.inline(reason.cause)}"


def _named(name: str, reason: Reason | None, urls: SiteUrls) -> str:
    """Return a name, with a link only where the address of the JSON does not show the way."""
    if reason is None or reason.slug == name:
        return md.code(name)
    return f"[{md.escape(name)}]({urls.markdown(urls.addresses.reason(reason))})"


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
    """Return the steps of the fix as a list, so that a reader knows where each ends.

    The mark is not that of lists in prose: the context may begin with one, and stays apart.
    """
    return "\n".join(f"* {md.blocks(step, '  ')}" for step in reason.fix)


def _example(reason: Reason, urls: SiteUrls) -> str:
    """Return the first example after a link to all as data, and name the others.

    The title of the first one is left to the JSON.
    """
    first, *others = reason.examples
    titles = "; ".join(md.escape(example.title) for example in others)
    also = f"\nAlso: {titles}" if others else ""
    head = f"[Examples]({urls.reason_json(reason)}), {first.origin}:"
    return f"{head}\n{md.fenced(first.body, 'json')}{also}"
