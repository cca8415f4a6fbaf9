"""What is said of an explained error: sections of statements, written as text, Markdown or data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from reasonbook import limits
from reasonbook.explaining.explanation import Decision, Explanation, Named
from reasonbook.explaining.plain_text import text_blocks, text_line
from reasonbook.format.model import Api, Outside, Reason
from reasonbook.format.prose import BulletList, Code, Link
from reasonbook.render import wording
from reasonbook.render.data.export import plain_json
from reasonbook.render.facts.envelope import outside_advice
from reasonbook.render.facts.reason import bookkeeping, decision
from reasonbook.render.facts.references import blocks, inline, mention, titled
from reasonbook.render.facts.remedy import remedy
from reasonbook.render.facts.short import http_text
from reasonbook.render.facts.statements import Block, Line, Steps, joined, line, paragraph
from reasonbook.render.http_fallback import Fallback, fallback_of
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls


@dataclass(frozen=True)
class Section:
    """A heading and what follows; *api* tells by which the prose is read."""

    api: Api
    heading: Line
    blocks: tuple[Block, ...]


def sections(explanation: Explanation) -> Iterator[Section]:
    """Yield what is said of one answer, the most important first."""
    for named in explanation.named:
        yield _reason(named, named.reason) if named.reason else _unknown(named)
    for api, outside in explanation.outside:
        yield outside_section(outside, api)
    for decided in explanation.decisions:
        yield _decision(decided)
    if explanation.faults:
        yield _faults(explanation)


def as_text(explanations: Iterable[Explanation]) -> str:
    """Return all that is said as plain text."""
    parts = [
        f"{text_line(section.heading)}\n{_indented(text_blocks(section.blocks))}".rstrip()
        for each in explanations
        for section in sections(each)
    ]
    return "\n\n".join(parts)


def as_markdown(explanations: Iterable[Explanation]) -> str:
    """Return all that is said as Markdown, in the brief words of the pages for agents."""
    parts = []
    for each in explanations:
        for section in sections(each):
            brief = BriefMarkdown(section.api, SiteUrls.of("", Addresses("")))
            parts.append(f"## {brief.line(*section.heading)}")
            parts += [brief.block(block) for block in section.blocks]
    return "\n\n".join(parts)


def as_data(explanation: Explanation) -> dict[str, Any]:
    """Return all that is said as data."""
    answer = explanation.answer
    return {
        "found": explanation.is_found,
        "http": answer.status if answer else None,
        "entry": answer.entry if answer else None,
        "apis": [api.name for api in explanation.apis],
        "reasons": [
            {
                "api": named.api.name,
                "code": named.code,
                "pointer": named.pointer,
                "known": named.is_known,
                "near": [*named.near],
                "url": named.reason.url if named.reason else None,
                "reason": plain_json(named.reason) if named.reason else None,
            }
            for named in explanation.named
        ],
        "outside": [
            {"api": api.name, **plain_json(outside)} for api, outside in explanation.outside
        ],
        "decisions": [_decision_data(decided) for decided in explanation.decisions],
        "faults": [
            {"line": fault.line, "column": fault.column, "message": fault.message}
            for fault in explanation.faults
        ],
    }


def reason_section(reason: Reason, api: Api) -> Section:
    """Say what a reason means and what to do."""
    told = joined(filter(None, (api.title, _http(reason))))
    heading = line(titled(Code(reason.name), reason), " (", told, ")")
    context = blocks(reason.ai_context, api) if reason.ai_context else ()
    return Section(api, heading, (*decision(reason, api), *bookkeeping(reason, api), *context))


def outside_section(outside: Outside, api: Api) -> Section:
    """Say what an answer means that comes in no envelope."""
    heading = line("No error body of ", api.title, ": ", Code(outside.name))
    return Section(api, heading, tuple(outside_advice(outside, api)))


def status_section(api: Api, status: int) -> Section:
    """Say what to do by the HTTP status alone, and which reasons have it."""
    title = wording.http_title(api, status)
    heading = line(f"By the HTTP status, {status} {title}".rstrip(), f" ({api.title})")
    found: list[Block] = []
    if stated := api.http.get(status):
        found.append(paragraph(inline(stated.meaning, api)))
        found += [Steps([blocks(fix, api) for fix in stated.fixes])] if stated.fixes else []
        found += remedy(stated.remedy, api) if stated.remedy else ()
    elif fallback := fallback_of(status):
        found += fallback_blocks(fallback, api)
    alike = [mention(api.name, name) for name, r in api.reasons.items() if status in r.http_codes]
    if alike:
        more = line(", ...") if alike[limits.LISTED_CHOICES :] else ()
        shown = joined(alike[: limits.LISTED_CHOICES])
        found.append(paragraph("Reasons with this status: ", shown, more))
    return Section(api, heading, tuple(found))


def fallback_blocks(fallback: Fallback, api: Api) -> tuple[Block, ...]:
    """Say what HTTP itself says of some statuses."""
    first = paragraph("The API says nothing of it; this is what HTTP itself says.")
    fix = (paragraph(fallback.fix),) if fallback.fix else ()
    return (first, *fix, *remedy(fallback.remedy, api))


def _reason(named: Named, reason: Reason) -> Section:
    said = reason_section(reason, named.api)
    before: tuple[Block, ...] = ()
    if not named.is_known:
        note = line(Code(named.code), " is not listed; this holds for any ", Code(reason.code), ".")
        before = (paragraph(note),)
    page = Link(reason.url, line(reason.url), bare=True) if reason.url else None
    after = (paragraph(page),) if page else ()
    return replace(said, blocks=(*before, *said.blocks, *after))


def _http(reason: Reason) -> Line:
    said = http_text(reason)
    return line(f"HTTP {said}" if reason.http_codes else said)


def _unknown(named: Named) -> Section:
    heading = line(Code(named.code), f" is not in the catalogue of {named.api.title}")
    near = joined((Code(name) for name in named.near), " or ")
    return Section(named.api, heading, (paragraph("Did you mean ", near, "?"),) if near else ())


def _decision(decided: Decision) -> Section:
    if decided.status is None:
        said = paragraph("Show the whole answer, as ", Code("curl -i"), " prints it.")
        return Section(decided.api, line("No reason and no HTTP status are shown"), (said,))
    return status_section(decided.api, decided.status)


def _decision_data(decided: Decision) -> dict[str, Any]:
    stated = decided.stated
    by = stated or (fallback_of(decided.status) if decided.status else None)
    return {
        "api": decided.api.name,
        "http": decided.status,
        "stated": stated is not None,
        "remedy": plain_json(by.remedy) if by and by.remedy else None,
    }


def _faults(explanation: Explanation) -> Section:
    api = explanation.apis[0]
    found = [
        f"line {each.line}, column {each.column}: {each.message}" for each in explanation.faults
    ]
    items = BulletList(tuple((paragraph(each),) for each in found))
    is_of_one = len(explanation.apis) == 1
    differs = f"This differs from what is documented of {api.title}"
    heading = differs if is_of_one else "What is wrong with this text"
    return Section(api, line(heading), (items,))


def _indented(text: str) -> str:
    return "".join(f"  {each}\n" for each in text.split("\n") if each)
