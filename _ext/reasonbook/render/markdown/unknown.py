"""What to do about an error whose reason is missing or unknown: decide on the HTTP status.

An API says so for the statuses that it lists. For the others HTTP says what a class of statuses
means; what follows from that is ours, and marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reasonbook import limits
from reasonbook.format.model import Api, Remedy
from reasonbook.render import wording
from reasonbook.render.data.export import http_json, plain_json
from reasonbook.render.facts.envelope import outside_looks
from reasonbook.render.facts.whereabouts import whereabouts
from reasonbook.render.http_fallback import FALLBACKS, Fallback
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.pagination import estimate_tokens
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls

#: What is known of some answers: their name, the decision, and the fix.
Known = tuple[str, Remedy | None, Sequence[str]]


def unknown_page(api: Api, urls: SiteUrls) -> str:
    """Return ``/<api>/unknown.md``, with as much of the fixes as there is room for.

    Where no fixes fit, statuses with the same decision are on one line; then the last are left out.
    """
    brief = BriefMarkdown(api, urls)
    envelope = urls.markdown(urls.addresses.envelope(api.name))
    head = [
        index_line(urls.index(api.name)),
        f"# {md.escape(api.title)}: reason missing or unknown",
        f"{api.name}: {brief.line(*whereabouts(api))}.",
        wording.BY_STATUS,
    ]
    decided = [(str(each.code), each.remedy, each.fixes) for each in api.http.values()]
    decided = [each for each in decided if each[1]]
    which = "Any other" if decided else "By the status"
    general = [
        f"{which}, derived from HTTP itself, not from this API:",
        *_blocks(_by_decision(_fallbacks(), brief, 1)),
    ]
    for most, in_full in ((9, True), (1, True), (1, False)):  # steps of each fix
        tail = [*_outside(api, brief, in_full), *general]
        page = page_text([*head, *_blocks(_by_decision(decided, brief, most)), *tail])
        if estimate_tokens(page) <= limits.FALLBACK_TOKENS:
            return page
    lines = _by_decision(decided, brief, 0)
    if estimate_tokens(page_text([*head, *lines, *tail])) > limits.FALLBACK_TOKENS:
        # What is left out goes before what HTTP says, so an agent must not stop here.
        room = limits.FALLBACK_TOKENS - estimate_tokens(page_text([*head, *tail, "", envelope]))
        lines = [*_fitting(lines, room), f"- more: {envelope}, which goes before what follows"]
    return page_text([*head, "\n".join(lines), *tail])


def _by_decision(found: Iterable[Known], brief: BriefMarkdown, most: int) -> list[str]:
    """Return a block for each decision, with so many steps of each fix; without any, a line."""
    decided: dict[str, list[tuple[str, str]]] = {}
    for name, remedy, fixes in found:
        said = " ".join(map(md.inline, fixes[:most]))
        decision = brief.decision(remedy, has_fix=bool(said)) if remedy else ""
        decided.setdefault(decision, []).append((name, said))
    return [_group(decision, lines) for decision, lines in decided.items()]


def _group(decision: str, answers: Sequence[tuple[str, str]]) -> str:
    if not any(said for _, said in answers):
        return f"- {', '.join(name for name, _ in answers)}: {decision}"
    lines = (f"- {name}: {said}" if said else f"- {name}" for name, said in answers)
    return "\n".join([decision, *lines])


def _blocks(groups: Sequence[str]) -> list[str]:
    """Return the groups of a line as one list, then the others."""
    lines = [group for group in groups if group.startswith("- ")]
    return ["\n".join(lines), *(group for group in groups if group not in lines)]


def _fallbacks() -> Iterator[Known]:
    """Yield what HTTP gives; who can fix it is left out where the same decision names several."""
    for each in FALLBACKS:
        alike = {other.actor for other in FALLBACKS if other.retry == each.retry}
        remedy = each.remedy
        if len(alike) > 1:
            remedy = remedy.model_copy(update={"actor": "unknown"})
        yield _statuses(each), remedy, [each.fix] if each.fix else []


def _outside(api: Api, brief: BriefMarkdown, in_full: bool) -> list[str]:
    lines = outside_lines(api, brief, operations=1, in_full=in_full)
    return ["Not in the form of an error body:", "\n".join(lines)] if lines else []


def outside_lines(
    api: Api, brief: BriefMarkdown, operations: int | None = None, *, in_full: bool = True
) -> list[str]:
    """Return the answers that come in no envelope, with at most so many of their operations.

    Not *in_full*, without causes, and with the first step of each fix.
    """
    lines = []
    for answer in api.outside:
        raised, more = answer.raised_by, 0
        if isinstance(raised, tuple) and operations:
            raised, more = raised[:operations], len(raised[operations:])
        causes = answer.cause if in_full and answer.cause else ()
        fixes = answer.fix if in_full else answer.fix[:1]
        looks = brief.line(*outside_looks(answer.model_copy(update={"raised_by": raised}), api))
        looks += f" and {more} more" if more else ""
        decision = brief.decision(answer.remedy, has_fix=bool(answer.fix)) if answer.remedy else ""
        said = [*map(md.inline, causes), *([f"{decision}."] if decision else [])]
        name = f"{answer.name} ({looks})" if looks else answer.name
        lines.append(f"- {name}: {' '.join([*said, *map(md.inline, fixes)])}")
    return lines


def _fitting(lines: list[str], room: int) -> list[str]:
    kept = []
    for line in lines:
        room -= estimate_tokens(f"{line}\n")
        if room < 0:
            break
        kept.append(line)
    return kept


def _statuses(fallback: Fallback) -> str:
    if isinstance(fallback.http, tuple):
        return ", ".join(map(str, fallback.http))
    if fallback.http == "none":
        return "no answer"
    return f"other {fallback.http}" if fallback.others else fallback.http


def unknown_json(api: Api, urls: SiteUrls) -> dict[str, Any]:
    """Return the same as data: the statuses of the API in full, then the classes."""
    return {
        "api": api.name,
        "markdown_url": urls.markdown(urls.addresses.unknown(api.name)),
        **http_json(api),
        "outside": [plain_json(answer) for answer in api.outside],
    }
