"""The indexes for agents, after llmstxt.org: of the site, and of each API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reasonbook import limits
from reasonbook.format.model import Api, Catalogue, Envelope, ErrorDomain, Reason
from reasonbook.format.prose import plain_text
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import reason_link, short_facts
from reasonbook.render.markdown.pagination import cut, estimate_tokens
from reasonbook.render.markdown.reason import index_line
from reasonbook.render.page_kinds import UNKNOWN, Index, kinds_about
from reasonbook.render.urls import SiteUrls
from reasonbook.render.wording import number

#: The page that lists every API and every page, for catalogues too large for the index.
CONTENTS = "llms-contents"

_SUMMARY = "What each error of these APIs means, and what to do: retry or not, when, and who acts."


@dataclass(frozen=True)
class Guide:
    """A page outside the reference of an API, for the index."""

    docname: str
    title: str
    description: str


def root_index(catalogue: Catalogue, urls: SiteUrls, title: str, pages: Sequence[Guide]) -> str:
    """Return ``/llms.txt``: how to find a reason, then as much of the rest as the budget allows.

    What goes first are the HTTP statuses of domains, then guides, the last one first; then the
    domains, then the APIs.
    """
    apis = list(catalogue.apis.values())
    names = ", ".join(catalogue.apis)
    contents = f"- [Contents]({urls.markdown(CONTENTS)}): every API and every page"
    all_apis = f"- [All {len(apis)} APIs]({urls.markdown(CONTENTS)}): "
    domains = [line for api in apis for line in _domains_section(api, urls)]
    listed = _section("APIs", [api_line(api, urls) for api in apis])
    head = [f"# {md.escape(title)}", "", f"> {_SUMMARY}", "", _how_to(catalogue, urls)]
    guides = [page_line(page, urls) for page in pages]
    for body in (domains, listed):
        lines = [*head, *(_brief(line) for line in body)]
        optional = _fitting(lines, guides, contents)
        if optional is not None:
            room = limits.INDEX_TOKENS - _cost([*lines, *optional])
            return "\n".join([*head, *_with_facts(body, room), *optional]) + "\n"
    for said in (names, "each with its domains"):
        lines = [*head, *_section("APIs", [all_apis + said])]
        if _cost(lines) <= limits.INDEX_TOKENS:
            break
    return "\n".join(lines) + "\n"


def _fitting(lines: Sequence[str], guides: Sequence[str], contents: str) -> list[str] | None:
    """Return the optional section with all guides that fit; ``None`` where *lines* do not."""
    everything = _section("Optional", guides)
    if _cost([*lines, *everything]) <= limits.INDEX_TOKENS:
        return everything
    room = limits.INDEX_TOKENS - _cost([*lines, *_section("Optional", [contents])])
    if room < 0:
        return None
    kept = []
    for guide in guides:
        room -= _cost([guide])
        if room < 0:
            break
        kept.append(guide)
    return _section("Optional", [*kept, contents])


def _with_facts(lines: Iterable[str], room: int) -> Iterator[str]:
    """Yield the lines, in full as long as there is room."""
    for line in lines:
        brief = _brief(line)
        room -= estimate_tokens(line.removeprefix(brief))
        yield line if room >= 0 else brief


def _brief(line: str) -> str:
    """Return the line of a domain without its HTTP statuses."""
    return re.sub(r" on HTTP [0-9, ]+$", "", line)


def _cost(lines: Iterable[str]) -> int:
    return estimate_tokens("".join(f"{line}\n" for line in lines))


def _how_to(catalogue: Catalogue, urls: SiteUrls) -> str:
    example = next(catalogue.reasons(), None)
    such_as = f" (such as {urls.markdown(urls.addresses.reason(example))})" if example else ""
    unknown = urls.markdown(urls.addresses.unknown("API"))
    every = [each for api in catalogue.apis.values() for each in _envelopes(api)]
    prefixed = any(each.reason_prefix for each in every)
    last = " Of a reason that is an address, REASON is the last part." if prefixed else ""
    second = any(reason.sub_reason for reason in catalogue.reasons())
    last += " A second-level code follows as REASON/SUB." if second else ""
    return (
        f"With an error body in hand, put its API and reason into {urls.reason_pattern()}{such_as}"
        f" and fetch that: the decision comes first.{last} With .json in place of .md it is data."
        f" {urls.index('API')} lists the reasons of an API. Where the reason is missing or"
        f" unknown, decide on the HTTP status by {unknown}."
    )


def _domains_section(api: Api, urls: SiteUrls) -> list[str]:
    """Return an API with all its pages but those of the reasons."""
    pages = _page_lines(api, urls, "site")
    return _section(label(api.title), [api_line(api, urls), *pages, *_domain_lines(api, urls)])


def _page_lines(api: Api, urls: SiteUrls, index: Index) -> list[str]:
    """Return the pages about an API itself which an index lists."""
    return [
        f"- [{kind.label}]({urls.markdown(urls.addresses.page(kind, api))}): {kind.says(api)}"
        # First what helps where nothing else does.
        for kind in sorted(kinds_about(api, listed=index), key=lambda kind: kind is not UNKNOWN)
    ]


def _domain_lines(api: Api, urls: SiteUrls) -> Iterator[str]:
    for domain in api.domains:
        url = urls.markdown(urls.addresses.domain(api.name, domain.name))
        yield f"- [{label(domain.title)}]({url}): {_domain_facts(domain)}"


def _domain_facts(domain: ErrorDomain) -> str:
    codes = sorted({code for reason in domain.reasons for code in reason.http_codes})
    on = f" on HTTP {', '.join(map(str, codes))}" if codes else ""
    return number(len(domain.reasons), "reason") + on


def api_line(api: Api, urls: SiteUrls) -> str:
    """Return an API as an item of a list."""
    facts = f"{number(len(api.reasons), 'reason')} in {number(len(api.domains), 'domain')}"
    return f"- [{label(api.title)}]({urls.markdown(urls.addresses.overview(api.name))}): {facts}"


def page_line(page: Guide, urls: SiteUrls) -> str:
    """Return a hand-written page as an item of a list."""
    description = md.escape(" ".join(page.description.split()), first=False)
    return f"- [{label(page.title)}]({urls.markdown(page.docname)}): {description}"


def label(text: str) -> str:
    """Return the text of a link; the reference parser ends it at the first bracket."""
    plain = plain_text(text).replace("[", "(").replace("]", ")")
    return md.escape(plain) or "-"


def _section(title: str, items: Sequence[str]) -> list[str]:
    return ["", f"## {title}", "", *items] if items else []


def contents_pages(catalogue: Catalogue, urls: SiteUrls, pages: Sequence[Guide]) -> dict[str, str]:
    """Return ``/llms-contents.md`` by its name, in several files where need be."""
    lines: list[str] = []
    for api in catalogue.apis.values():
        lines += [api_line(api, urls), *(f"  {line}" for line in _domain_lines(api, urls))]
    lines += [page_line(page, urls) for page in pages]
    head = f"{index_line(urls.index())}\n\n# Contents\n"
    return cut(CONTENTS, head, lines, limits.FILE_CHARACTERS, urls.markdown)


def api_index(api: Api, urls: SiteUrls) -> str:
    """Return ``/<api>/llms.txt``: every reason with its HTTP status, retry and actor.

    An API with more reasons than a file holds lists its domains, whose pages list them.
    """
    head = [
        f"# {md.escape(api.title)}",
        "",
        f"> {md.inline(api.summary)}",
        "",
        f"Every reason has its page: {urls.reason_pattern(api.name)}, or .json for data."
        f"{_sub_pattern(api, urls)}{_prefix(api)} Listed with each, where known, are HTTP status,"
        " retry, and who can fix it.",
    ]
    head += _section("How to handle errors", _page_lines(api, urls, "api"))
    reasons = [
        line
        for domain in api.domains
        for line in _section(
            label(domain.title), [_reason_line(reason, urls) for reason in domain.reasons]
        )
    ]
    text = "\n".join([*head, *reasons]) + "\n"
    if len(text) < limits.FILE_CHARACTERS:
        return text
    return "\n".join([*head, *_section("Domains", list(_domain_lines(api, urls)))]) + "\n"


def _prefix(api: Api) -> str:
    prefixes = [one for each in _envelopes(api) for one in each.reason_prefix]
    after = " or ".join(map(md.code, dict.fromkeys(prefixes)))
    return f" In an error body it comes after {after}." if after else ""


def _sub_pattern(api: Api, urls: SiteUrls) -> str:
    """Say where second-level codes have their pages, if there are any."""
    if not any(reason.sub_reason for reason in api.reasons.values()):
        return ""
    pattern = urls.reason_pattern(api.name).replace("REASON", "REASON/SUB")
    return f" With a second-level code it is {pattern}."


def _envelopes(api: Api) -> list[Envelope]:
    return [api.envelope, *api.envelopes.values()]


def _reason_line(reason: Reason, urls: SiteUrls) -> str:
    return f"- {reason_link(reason, urls)}{short_facts(reason)}"
