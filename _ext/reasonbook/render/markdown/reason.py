"""The page of a reason for agents: identity and decision first, then one example.

Every page pays for every fixed word, so there are few: the address of the site is in it twice,
for the index and for the JSON, and the API's name only in these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasonbook import limits
from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Reference, Text
from reasonbook.render import wording
from reasonbook.render.facts.levels import levels, place_of_subs, sub_reasons
from reasonbook.render.facts.places import dotted, read_headers
from reasonbook.render.facts.reason import (
    fix,
    last_observed,
    lifecycle,
    not_known,
    shown_data,
    unknown_facts,
)
from reasonbook.render.facts.references import inline, titled
from reasonbook.render.facts.short import example_status, retry
from reasonbook.render.facts.statements import joined, line
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls
from reasonbook.schema.fields import schema_fields


def reason_page(reason: Reason, api: Api, urls: SiteUrls) -> str:
    """Return the whole page."""
    brief = BriefMarkdown(api, urls)
    unknown = [*unknown_facts(reason)]
    decision = brief.decision(reason.remedy, has_fix=bool(reason.fix)) if reason.remedy else ""
    if wording.SAFETY in unknown:  # where the decision is
        decision += f"; {wording.IF_SAFE}"
        unknown.remove(wording.SAFETY)
    parts = [
        index_line(urls.index(api.name)),
        f"# {brief.line(*titled(Text(reason.name), reason))}",
        _identity(reason, api, brief),
        decision,
        _levels(reason, api, brief),
        md.blocks(reason.ai_context) if reason.ai_context else "",
        *map(brief.block, fix(reason, api)),
        last_observed(reason.resolved_observed) if reason.resolved_observed else "",
        not_known(unknown) if unknown else "",
        *_particulars(reason, api, brief),
        _extras(reason),
    ]
    last = _example(reason, api) if reason.examples else "Everything: this address with .json"
    page = page_text([*parts, _details(reason, api, brief), last])
    is_short = estimate_tokens(page) <= limits.REASON_TOKENS
    return page if is_short else page_text([*parts, last])


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


def _particulars(reason: Reason, api: Api, brief: BriefMarkdown) -> Iterator[str]:
    """Yield the codes of fields, and what was said wrongly here."""
    if reason.field_codes:
        place = api.envelope_of(reason).field_code
        at = f" at {md.code(dotted(place))}" if place is not None else ""
        yield f"Codes{at}:\n" + "\n".join(
            f"- {md.code(each.code)}: {_sentences(brief, each.meaning, each.fix)}"
            for each in reason.field_codes
        )
    for said in reason.corrections:
        was = md.code(shown_data(said.was))
        why = _sentences(brief, said.why)
        yield f"Corrected here on {said.date}: {md.code(said.key_)} was {was}. {why}"


def _details(reason: Reason, api: Api, brief: BriefMarkdown) -> str:
    """Say what the details mean."""
    at = api.envelope_of(reason).details
    lines = [
        f"- {md.code(dotted(field.pointer))}: {_sentences(brief, field.description)}"
        for field in schema_fields(reason.details)
        if field.description
    ]
    return "\n".join([f"In {md.code(dotted(at))}:", *lines]) if at is not None and lines else ""


def _sentences(brief: BriefMarkdown, *texts: str | None) -> str:
    return " ".join(brief.line(*inline(text, brief.api)) for text in texts if text)


def _extras(reason: Reason) -> str:
    """Return the text that the API sends, what else its source says, and where."""
    said = [f"Message: {md.code(reason.message)}"] if reason.message else []
    said += [f"{md.escape(each.name)}: {md.escape(each.value)}" for each in reason.attributes]
    said += [f"Documentation: {md.autolink(reason.docs_url)}"] if reason.docs_url else []
    return "; ".join(said)


def page_text(parts: Iterable[str]) -> str:
    """Join the blocks of a page."""
    return "\n\n".join(part for part in parts if part) + "\n"


def index_line(url: str) -> str:
    """Return the first line of every Markdown page: where the index is."""
    return f"> Index: {url}"


def _example(reason: Reason, api: Api) -> str:
    """Return the first example after where all are as data, and name the others.

    The title of the first one is left to the JSON.
    """
    first, *others = reason.examples
    titles = "; ".join(md.escape(example.title) for example in others)
    also = f"\nAlso: {titles}" if others else ""
    read = read_headers(reason, api)
    status = example_status(reason, first) if read or len(reason.http_codes) > 1 else None
    told = [f"HTTP {status}"] if status else []
    told += [
        md.code(f"{name}: {value}") for name, value in first.headers.items() if name.lower() in read
    ]
    shown = "".join(f", {each}" for each in told)
    head = f"Example, {first.origin}{shown}; everything: this address with .json"
    return f"{head}\n{md.fenced(first.body, 'json')}{also}"
