"""The page of an error domain for agents: notes, then its reasons, as briefly as need be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasonbook import limits
from reasonbook.format.model import Api, ErrorDomain, Note, Reason
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.urls import SiteUrls
from reasonbook.render.wording import COVERAGES, no_reasons


def domain_pages(
    domain: ErrorDomain, api: Api, urls: SiteUrls, moved: Sequence[Reason] = ()
) -> list[tuple[str, str]]:
    """Return the page (name and text), cut into several where even its short form is too long.

    A table says cause and fix of each reason; where that is too long for one fetch, the cause
    alone; then a list says what to decide by. The pages of the reasons say everything. *moved* are
    reasons that stood here once, and stand in another domain now.
    """
    docname = urls.addresses.domain(api.name, domain.name)
    head = _head(domain, api, urls)
    if moved:
        links = ", ".join(reason_link(reason, urls) for reason in moved)
        head.append(f"Moved to another domain: {links}.")
    if not domain.reasons:
        return [(docname, page_text([*head, no_reasons(had_some=bool(moved))]))]
    head += ["## Reasons", COVERAGES[domain.coverage]]
    for table in (_with_fixes, _with_causes):
        text = page_text([*head, table(domain.reasons, urls)])
        if len(text) < limits.PAGE_CHARACTERS:
            return [(docname, text)]
    head.append(f"Each at {urls.reason_pattern(api.name)}; HTTP status, retry, who can mend it:")
    lines = [_short_line(reason, urls) for reason in domain.reasons]
    texts = cut(
        page_text(head),
        lines,
        limits.PAGE_CHARACTERS,
        lambda n: urls.markdown(f"{docname}.{n}"),
    )
    names = [docname, *(f"{docname}.{n}" for n in range(2, len(texts) + 1))]
    return list(zip(names, texts, strict=True))


def reason_link(reason: Reason, urls: SiteUrls) -> str:
    """Return a link to the Markdown of a reason."""
    return f"[{md.escape(reason.name)}]({urls.markdown(urls.addresses.reason(reason))})"


def notes(all_notes: Iterable[Note]) -> list[str]:
    """Return callouts as paragraphs that name their kind."""
    return [md.labelled(f"**{note.kind.capitalize()}.**", note.text) for note in all_notes]


def page_text(parts: Iterable[str]) -> str:
    """Join the blocks of a page."""
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(domain: ErrorDomain, api: Api, urls: SiteUrls) -> list[str]:
    name = f"{md.escape(api.title)}, domain {md.code(domain.name)}."
    parts = [
        index_line(urls.index(api.name)),
        f"# {md.inline(domain.title)}",
        f"{name} {md.inline(domain.summary)}",
    ]
    if domain.ai_context:
        parts += ["## AI context", md.blocks(domain.ai_context)]
    return parts + notes(domain.notes)


def _with_fixes(reasons: Iterable[Reason], urls: SiteUrls) -> str:
    rows = [
        (_name(r, urls), str(r.http), f"{md.inline(r.cause)} → {_fix_line(r)}") for r in reasons
    ]
    return md.table(["Reason", "HTTP", "Cause → Fix"], rows)


def _with_causes(reasons: Iterable[Reason], urls: SiteUrls) -> str:
    rows = [(_name(r, urls), str(r.http), r.remedy.retry, md.inline(r.cause)) for r in reasons]
    return md.table(["Reason", "HTTP", "Retry", "Cause"], rows)


def _short_line(reason: Reason, urls: SiteUrls) -> str:
    name = md.escape(reason.name) if reason.slug == reason.name else reason_link(reason, urls)
    state = "" if reason.lifecycle == "active" else f", {reason.lifecycle}"
    return f"- {name}: {reason.http}, {reason.remedy.retry}, {reason.remedy.actor}{state}"


def _name(reason: Reason, urls: SiteUrls) -> str:
    state = "" if reason.lifecycle == "active" else f" *{reason.lifecycle}*"
    return reason_link(reason, urls) + state


def _fix_line(reason: Reason) -> str:
    """Return the steps of a fix on one line."""
    if len(reason.fix) == 1:
        return md.blocks(reason.fix[0])
    return " ".join(f"({n}) {md.blocks(step)}" for n, step in enumerate(reason.fix, 1))
