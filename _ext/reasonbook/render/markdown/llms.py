"""The indexes for agents, after llmstxt.org: of the site, and of each API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reasonbook import limits
from reasonbook.format.model import Api, Catalogue, ErrorDomain, Reason
from reasonbook.format.prose import plain_text
from reasonbook.render import wording
from reasonbook.render.facts.whereabouts import whereabouts
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import reason_link, short_facts
from reasonbook.render.markdown.pagination import Continued, cut, estimate_tokens
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.page_kinds import UNKNOWN, kinds_about
from reasonbook.render.urls import SiteUrls
from reasonbook.render.wording import number

#: What lists every API and every page, by links.
CONTENTS = "llms-contents"

_LISTED = "Of each reason: HTTP status, retry, and who can fix it, where known."
_SUMMARY = "What each error of these APIs means, and what to do: retry or not, when, and who acts."


@dataclass(frozen=True)
class Guide:
    """A page outside the reference of an API, for the index."""

    docname: str
    title: str
    description: str


@dataclass(frozen=True)
class Item:
    """A line of a list, and what it says besides where there is room."""

    text: str
    more: str = ""


def root_index(catalogue: Catalogue, urls: SiteUrls, title: str, pages: Sequence[Guide]) -> str:
    """Return ``/llms.txt``: how to find a reason, then as much of the rest as the budget allows.

    What goes first are the HTTP statuses of domains, then guides, the last one first; then the
    domains, then where each API has its reason, then the APIs.
    """
    apis = list(catalogue.apis.values())
    names = ", ".join(catalogue.apis)
    contents = f"- [Contents]({urls.text(CONTENTS)}): every API and every page, with links"
    all_apis = f"- [All {len(apis)} APIs]({urls.text(CONTENTS)}): "
    domains = [item for api in apis for item in _domains_section(api, urls)]
    listed = _section("APIs", [api_item(api, urls) for api in apis])
    briefly = _section("APIs", [api_item(api, urls, briefly=True) for api in apis])
    head = _items(f"# {md.escape(title)}", "", f"> {_SUMMARY}", "", _how_to(catalogue, urls))
    guides = [Item(page_line(page, urls)) for page in pages]
    for body in (domains, listed, briefly):
        lines = [*head, *(Item(item.text) for item in body)]
        optional = _fitting(lines, guides, Item(contents))
        if optional is not None:
            room = limits.INDEX_TOKENS - _cost([*lines, *optional])
            return _text([*head, *_with_more(body, room), *optional])
    for said in (names, "each with its domains"):
        lines = [*head, *_section("APIs", [Item(all_apis + said)])]
        if _cost(lines) <= limits.INDEX_TOKENS:
            break
    return _text(lines)


def _fitting(items: Sequence[Item], guides: Sequence[Item], contents: Item) -> list[Item] | None:
    """Return the optional section with all guides that fit; ``None`` where *items* do not."""
    room = limits.INDEX_TOKENS - _cost([*items, *_section("Optional", [contents])])
    if room < 0:
        return None
    kept = []
    for guide in guides:
        room -= _cost([guide])
        if room < 0:
            break
        kept.append(guide)
    return _section("Optional", [*kept, contents])


def _with_more(items: Iterable[Item], room: int) -> Iterator[Item]:
    """Yield the items, in full as long as there is room."""
    for item in items:
        room -= estimate_tokens(item.more)
        yield Item(item.text + item.more if room >= 0 else item.text)


def _text(items: Iterable[Item]) -> str:
    return "".join(f"{item.text}{item.more}\n" for item in items)


def _cost(items: Iterable[Item]) -> int:
    return estimate_tokens(_text(items))


def _items(*lines: str) -> list[Item]:
    return [Item(each) for each in lines]


def _how_to(catalogue: Catalogue, urls: SiteUrls) -> str:
    second = any(reason.sub_reason for reason in catalogue.reasons())
    sub = f" {wording.SECOND_LEVEL}" if second else ""
    return (
        f"With an error body in hand, put its API and reason into {urls.reason_pattern()}"
        f" and fetch that: the decision comes first.{sub} With .json in place of .md it is data."
        f" If the API is not known, {urls.code_pattern()} names those that have the reason."
        f" {urls.index('API')} lists the reasons of an API. Where the reason is missing or unknown,"
        f" decide on the HTTP status by {urls.markdown(urls.addresses.unknown('API'))}."
    )


def _domains_section(api: Api, urls: SiteUrls) -> list[Item]:
    """Return an API with its index and its domains."""
    return _section(label(api.title), [api_item(api, urls), *_domain_items(api, urls)])


def _page_items(api: Api, urls: SiteUrls) -> list[Item]:
    """Return the pages about an API itself."""
    return [
        Item(f"- [{kind.label}]({urls.markdown(urls.addresses.page(kind, api))}): {kind.says(api)}")
        # First what helps where nothing else does.
        for kind in sorted(kinds_about(api, listed="api"), key=lambda kind: kind is not UNKNOWN)
    ]


def _domain_items(api: Api, urls: SiteUrls) -> Iterator[Item]:
    for domain in api.domains:
        url = urls.markdown(urls.addresses.domain(api.name, domain.name))
        codes = sorted({code for reason in domain.reasons for code in reason.http_codes})
        on = f" on HTTP {', '.join(map(str, codes))}" if codes else ""
        yield Item(f"- [{label(domain.title)}]({url}): {_count(domain.reasons)}", on)


def _count(reasons: Sequence[Reason]) -> str:
    return number(len(reasons), "reason")


def api_item(api: Api, urls: SiteUrls, *, briefly: bool = False) -> Item:
    """Return an API as an item of a list: its index, its name in addresses, and where to look."""
    where = f"; {BriefMarkdown(api, urls).line(*whereabouts(api))}" if not briefly else ""
    facts = f"{_count([*api.reasons.values()])} in {number(len(api.domains), 'domain')}"
    return Item(f"- [{label(api.title)}]({urls.index(api.name)}): API {api.name}, {facts}{where}")


def page_line(page: Guide, urls: SiteUrls) -> str:
    """Return a hand-written page as an item of a list."""
    description = md.escape(" ".join(page.description.split()), first=False)
    return f"- [{label(page.title)}]({urls.markdown(page.docname)}): {description}"


def label(text: str) -> str:
    """Return the text of a link; the reference parser ends it at the first bracket."""
    plain = plain_text(text).replace("[", "(").replace("]", ")")
    return md.escape(plain) or "-"


def _section(title: str, items: Sequence[Item]) -> list[Item]:
    return [*_items("", f"## {title}", ""), *items] if items else []


def contents_files(catalogue: Catalogue, urls: SiteUrls, pages: Sequence[Guide]) -> dict[str, str]:
    """Return ``/llms-contents.txt`` by its name, in several files where need be: every page."""
    sections = [_section("Pages", [Item(page_line(page, urls)) for page in pages])]
    for api in catalogue.apis.values():
        items = [api_item(api, urls), *_page_items(api, urls), *_domain_items(api, urls)]
        items += [_reason_item(reason, urls) for reason in api.reasons.values()]
        sections.append(_section(label(api.title), items))
    lines = [_text([item]).rstrip("\n") for section in sections for item in section]
    head = f"# Contents\n\n> Every API and every page.\n\n{_LISTED}"
    # All of it are links, for whatever reads these files.
    more = Continued(
        lambda number: f"# Contents\n\n> Part {number}.\n\n{_LISTED}\n\n## Pages\n",
        "- [More]({}): part".format,
    )
    return cut(CONTENTS, head, lines, limits.FILE_CHARACTERS, urls.text, more)


def api_files(api: Api, urls: SiteUrls) -> dict[str, str]:
    """Return ``/<api>/llms.txt`` by its name: every reason with its HTTP status, retry and actor.

    Reasons have no links, since their addresses are alike. In several files where need be.
    """
    where = BriefMarkdown(api, urls).line(*whereabouts(api))
    pages = _section("How to handle errors", _page_items(api, urls))
    domains = _section("Domains", [*_domain_items(api, urls)])
    head = _items(
        f"# {md.escape(api.title)}",
        "",
        f"> {md.inline(api.summary)}",
        "",
        f"API {api.name}: {where}.",
        "",
        f"Every reason has its page: {urls.reason_pattern(api.name)}, or .json for data."
        f"{_sub_pattern(api, urls)} {_LISTED}",
    )
    docname = f"{urls.folder(api.name)}llms"
    room = limits.INDEX_CHARACTERS - len(_text([*pages, *domains]))
    lines = [line for domain in api.domains for line in _reason_lines(domain)]
    more = Continued(lambda number: f"# {md.escape(api.title)}, part {number}\n")
    files = cut(docname, _text(head).rstrip("\n"), lines, max(room, 1_000), urls.text, more)
    files[docname] += _text([*pages, *domains])
    return files


def _reason_lines(domain: ErrorDomain) -> Iterator[str]:
    """Yield the title of a domain, then its reasons, those with the same facts on one line."""
    alike: dict[str, list[str]] = {}
    for reason in domain.reasons:
        title = f" ({md.escape(reason.title, first=False)})" if reason.title else ""
        alike.setdefault(short_facts(reason), []).append(md.escape(reason.name) + title)
    title = f"\n{label(domain.title)}:\n\n"
    for facts, names in alike.items():
        for start in range(0, len(names), _NAMES_PER_LINE):
            some = "; ".join(names[start : start + _NAMES_PER_LINE])
            yield f"{title}- {facts.removeprefix(': ') or 'not known'}: {some}"
            title = ""


#: Where more reasons have the same facts, they are on several lines.
_NAMES_PER_LINE = 20


def _sub_pattern(api: Api, urls: SiteUrls) -> str:
    """Say where second-level codes have their pages, if there are any."""
    if not any(reason.sub_reason for reason in api.reasons.values()):
        return ""
    pattern = urls.reason_pattern(api.name).replace("REASON", "REASON/SUB")
    return f" With a second-level code it is {pattern}."


def _reason_item(reason: Reason, urls: SiteUrls) -> Item:
    return Item(f"- {reason_link(reason, urls)}{short_facts(reason)}")
