"""What is said of an API at a glance: where the facts come from, its domains, its operations."""

from __future__ import annotations

from collections.abc import Iterable

from reasonbook.format.model import Api, ErrorDomain
from reasonbook.format.prose import Badge, BulletList, Code, Emphasis, Link, Paragraph, Reference
from reasonbook.render import wording
from reasonbook.render.facts.completeness import STATEMENTS, completeness
from reasonbook.render.facts.references import inline
from reasonbook.render.facts.statements import joined, line, paragraph


def api_list(apis: Iterable[Api]) -> BulletList:
    """Return the APIs of a catalogue, each with what it is and how much is known of it."""
    items = []
    for api in apis:
        link = Reference("api", api.name, line(Emphasis(line(api.title), strong=True)))
        reasons = wording.number(len(api.reasons), "reason")
        count = f"{reasons} in {wording.number(len(api.domains), 'domain')}"
        unofficial = line(" ", Badge("unofficial", line("unofficial")))
        head = paragraph(link, () if api.source.official else unofficial)
        items.append((head, paragraph(inline(api.summary, api)), paragraph(count, kind="coverage")))
    return BulletList(tuple(items), "apis")


def domain_list(api: Api, *, summaries: bool = True) -> tuple[BulletList | Paragraph, ...]:
    """Return the domains of an API, and those announced."""
    items = []
    for domain in api.domains:
        count = wording.number(len(domain.reasons), "reason") if domain.reasons else "none yet"
        head = paragraph(_domain_link(domain), " ", Code(domain.name), f" – {count}")
        summary = (paragraph(inline(domain.summary, api)),) if summaries else ()
        items.append((head, *summary))
    return BulletList(tuple(items), "list"), *_announced(api)


def _announced(api: Api) -> tuple[Paragraph, ...]:
    if not api.planned_domains:
        return ()
    names = joined(Code(name, whole=True) for name in api.planned_domains)
    return (paragraph("Announced, no reasons published yet: ", names, "."),)


def without_reasons(api: Api) -> tuple[Paragraph, ...]:
    """Return the domains that a list of all reasons does not show."""
    domains = [domain for domain in api.domains if not domain.reasons]
    if not domains:
        return _announced(api)
    names = joined(map(_domain_link, domains))
    return paragraph("No reasons are published yet in ", names, "."), *_announced(api)


def coverage(api: Api) -> tuple[Paragraph, ...]:
    """Say of which domains not all reasons are here; nothing where there are all of each."""
    domains = [domain for domain in api.domains if domain.reasons]
    partly = [domain for domain in domains if domain.coverage == "common"]
    if not partly:
        return ()
    if len(partly) == len(domains):
        return (paragraph(wording.COVERAGE_OF_NONE, kind="coverage"),)
    names = joined(_domain_link(domain) for domain in partly)
    return (paragraph(wording.COVERAGE_OF_SOME, names, ".", kind="coverage"),)


def _domain_link(domain: ErrorDomain) -> Reference:
    title = line(Emphasis(line(domain.title), strong=True))
    return Reference("domain", f"{domain.api}/{domain.name}", title)


def known_share(api: Api) -> str:
    """Say how many reasons have which statement; nothing where there are no reasons."""
    counts = completeness(api)
    total = sum(count.reasons for count in counts)
    if not total:
        return ""
    have = {name: sum(count.have[name] for count in counts) for name in STATEMENTS}
    if have["observed"] == have["observed example"]:  # which says as much
        have["observed"] = 0
    optional = {"title", "observed example", "observed"}  # which a reason need not have
    first, *others = (name for name in STATEMENTS if have[name] or name not in optional)
    rest = "".join(f", {name} of {have[name]}" for name in others)
    return f"Known so far: {first} of {have[first]} of {wording.number(total, 'reason')}{rest}."


def source(api: Api) -> Paragraph:
    """Say where the facts come from, and whether the API's owner stands behind the page."""
    link = Link(api.source.url, line(api.source.url), bare=True)
    as_of = f", as of {api.source.as_of}" if api.source.as_of else ""
    unofficial = "" if api.source.official else f" {wording.UNOFFICIAL.format(api.title)}"
    return paragraph("Source: ", link, f"{as_of}.{unofficial}", kind="source")


def links(api: Api) -> BulletList:
    """Return the links of an API."""
    found = (Link(link.url, line(link.title)) for link in api.links)
    return BulletList(tuple((paragraph(link),) for link in found))
