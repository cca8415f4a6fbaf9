"""The page of a reason for agents: identity and decision first, then one example.

Every page pays for every fixed word, so there are few: the address of the site is in it twice,
for the index and for the JSON, and the API's name only in these.
"""

from __future__ import annotations

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Reference, Text
from reasonbook.render import wording
from reasonbook.render.facts.levels import levels, place_of_subs, sub_reasons
from reasonbook.render.facts.reason import (
    fix,
    lifecycle,
    not_known,
    unknown_facts,
)
from reasonbook.render.facts.references import titled
from reasonbook.render.facts.short import example_status, retry
from reasonbook.render.facts.statements import joined, line
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls


def reason_page(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return the whole page."""
    brief = BriefMarkdown(api, urls)
    unknown = [*unknown_facts(reason)]
    decision = brief.decision(reason.remedy) if reason.remedy else ""
    if wording.SAFETY in unknown:  # in fewer words
        decision += "; repeat if safe"
        unknown.remove(wording.SAFETY)
    parts = [
        index_line(urls.index(api.name)),
        f"# {brief.line(*titled(Text(reason.name), reason))}",
        _identity(reason, api, brief),
        decision,
        _levels(reason, api, brief),
        *map(brief.block, fix(reason, api)),
        not_known(unknown) if unknown else "",
        md.blocks(reason.ai_context) if reason.ai_context else "",
        _extras(reason),
    ]
    if reason.examples:
        parts.append(_example(reason, urls))
    else:
        parts.append(f"[JSON]({urls.reason_json(reason)})")
    return "\n\n".join(filter(None, parts)) + "\n"


def _identity(reason: Reason, api: Api, brief: BriefMarkdown) -> str:
    """Return HTTP status, canonical status and state, and the cause."""
    ways = [f"HTTP {' or '.join(map(str, reason.http_codes))}"] if reason.http_codes else []
    if reason.status:
        ways = [" ".join([*ways, md.escape(reason.status)])]
    ways += [f"in {wording.ARRIVALS[way][1]}" for way in reason.arrives_in if way != "response"]
    identity = [" or ".join(ways), *map(brief.line, lifecycle(reason, api))]
    said = ", ".join(filter(None, identity))
    said = said[:1].upper() + said[1:]
    return ": ".join(filter(None, [said, md.inline(reason.cause) if reason.causes else ""]))


def _levels(reason: Reason, api: Api, brief: BriefMarkdown) -> str:
    """Return the second-level codes, each with its retry, or the reason of such a code."""
    subs = sub_reasons(reason, api)
    if not subs:
        return "\n\n".join(map(brief.block, levels(reason, api)))
    names = joined(
        line(
            Reference("reason", f"{api.name}/{one.name}", (Text(one.sub_reason or ""),)),
            f" ({word})" if (word := retry(one)) else "",
        )
        for one in subs
    )
    where = place_of_subs(reason, api)
    page = brief.urls.markdown(brief.urls.addresses.reason(reason)).removesuffix(".md")
    said = brief.line(*line("This page is for any second-level code", where, " but ", names))
    return f"{said}, which have pages of their own: {page}/SUB.md"


def _extras(reason: Reason) -> str:
    """Return the text that the API sends, what else its source says, and where."""
    said = [f"Message: {md.code(reason.message)}"] if reason.message else []
    said += [f"{md.escape(each.name)}: {md.escape(each.value)}" for each in reason.attributes]
    said += [f"Documentation: {md.autolink(reason.docs_url)}"] if reason.docs_url else []
    return "; ".join(said)


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
    status = example_status(reason, first) if len(reason.http_codes) > 1 else None
    shown = f", HTTP {status}" if status else ""
    head = f"[Examples]({urls.reason_json(reason)}), {first.origin}{shown}:"
    return f"{head}\n{md.fenced(first.body, 'json')}{also}"
