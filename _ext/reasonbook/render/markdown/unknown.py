"""What to do about an error whose reason is missing or unknown: decide on the HTTP status.

An API says so for the statuses that it lists. For the others HTTP says what a class of statuses
means; what follows from that is ours, and marked so.
"""

from __future__ import annotations

from typing import Any

from reasonbook import limits
from reasonbook.format.model import Api
from reasonbook.render import wording
from reasonbook.render.data.export import SCHEMA_NAME, http_json, plain_json
from reasonbook.render.facts.envelope import outside_looks
from reasonbook.render.facts.remedy import backoff_wait, choices, header_wait
from reasonbook.render.http_fallback import BACKOFF, FALLBACKS, HEADER, Fallback
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls


def unknown_page(api: Api, urls: SiteUrls) -> str:
    """Return ``/<api>/unknown.md``: statuses with one decision stand on one line."""
    envelope = urls.markdown(urls.addresses.envelope(api.name))
    brief = BriefMarkdown(api, urls)
    lines = _decisions(api, brief)
    head = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: reason missing or unknown",
        *(["Retry by HTTP status:"] if lines else []),
    ]
    which = "Any other" if lines else "Retry by HTTP status"
    tail = [f"{which}, derived from HTTP itself, not from this API:", _fallback_lines(brief)]
    if api.http:
        tail.append(f"Meanings: {envelope}")
    outside = _outside(api, brief)
    if _cost(*head, *lines, *tail, *outside) > limits.FALLBACK_TOKENS and outside:
        outside = [f"Other answers: {urls.markdown(urls.addresses.overview(api.name))}"]
    if _cost(*head, *lines, *tail, *outside) > limits.FALLBACK_TOKENS:
        # What is left out goes before what HTTP says, so an agent must not stop here.
        lines = _fitting(lines, limits.FALLBACK_TOKENS - _cost(*head, *tail, *outside))
        lines.append(f"- more: {envelope}, which goes before what follows")
    if lines:
        head.append("\n".join(lines))
    return "\n\n".join([*head, *tail, *outside]) + "\n"


def _cost(*parts: str) -> int:
    return estimate_tokens("\n\n".join(parts))


def _decisions(api: Api, brief: BriefMarkdown) -> list[str]:
    decided: dict[str, list[str]] = {}
    for status in api.http.values():
        if status.remedy:
            decision = brief.decision(status.remedy).removeprefix("Retry ")
            decided.setdefault(decision, []).append(str(status.code))
    return [f"- {', '.join(codes)}: {decision}" for decision, codes in decided.items()]


def _outside(api: Api, brief: BriefMarkdown) -> list[str]:
    """Return the answers that come in no envelope, each with its cause, fix and decision."""
    lines = []
    for answer in api.outside:
        looks = brief.line(*outside_looks(answer, api))
        said = [md.inline(text) for text in (*(answer.cause or ()), *answer.fix)]
        said += [brief.decision(answer.remedy)] if answer.remedy else []
        name = f"{answer.name} ({looks})" if looks else answer.name
        lines.append(f"- {name}: {' '.join(said)}")
    return [wording.OUTSIDE, "\n".join(lines)] if lines else []


def _fitting(lines: list[str], room: int) -> list[str]:
    kept = []
    for line in lines:
        room -= estimate_tokens(f"{line}\n")
        if room < 0:
            break
        kept.append(line)
    return kept


def _fallback_lines(brief: BriefMarkdown) -> str:
    """Return the decisions that HTTP gives; those alike but for the actor on one line."""
    grouped: dict[str, list[Fallback]] = {}
    for each in FALLBACKS:
        grouped.setdefault(_decision(each, brief), []).append(each)
    lines = []
    for decision, group in grouped.items():
        statuses = ", ".join(_statuses(each) for each in group)
        actors = " or ".join(each.actor for each in group)
        lines.append(f"- {statuses}: {decision}; actor {actors}")
    return "\n".join(lines)


def _decision(fallback: Fallback, brief: BriefMarkdown) -> str:
    """Return a decision in the words of a remedy, without who can fix it."""
    if not fallback.is_delayed:
        return fallback.retry
    waits = choices([header_wait(HEADER), backoff_wait(BACKOFF)])
    return f"{fallback.retry}, if safe to repeat; wait {', '.join(brief.line(*w) for w in waits)}"


def _statuses(fallback: Fallback) -> str:
    if isinstance(fallback.http, tuple):
        return ", ".join(map(str, fallback.http))
    return f"other {fallback.http}" if fallback.others else fallback.http


def unknown_json(api: Api, urls: SiteUrls) -> dict[str, Any]:
    """Return the same as data: the statuses of the API in full, then the classes."""
    return {
        "$schema": urls.base + SCHEMA_NAME,
        "api": api.name,
        "markdown_url": urls.markdown(urls.addresses.unknown(api.name)),
        **http_json(api),
        "outside": [plain_json(answer) for answer in api.outside],
    }
