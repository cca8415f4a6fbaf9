"""What was published, deprecated, retired and corrected, and when: from the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeVar
from xml.etree import ElementTree

from reasonbook.format.model import Api, Catalogue
from reasonbook.format.prose import plain_text
from reasonbook.ledger.facts import Corrected
from reasonbook.ledger.record import Ledger
from reasonbook.render.urls import SiteUrls

ATOM = "http://www.w3.org/2005/Atom"
Kind = Literal["published", "deprecated", "retired", "corrected"]
#: What the page of changes says of each kind, in the order of a day.
TITLES: dict[Kind, str] = {
    "published": "published",
    "deprecated": "deprecated: still sent, but on the way out",
    "retired": "retired",
    "corrected": "corrected: what was said here was wrong",
}
_ORDER = {kind: number for number, kind in enumerate(TITLES)}
INTRODUCTION = (
    "A reason that is retired keeps its page, which says what took its place. The days are those "
    "on which the API published a reason, where its sources say so, else those on which it was "
    "first recorded here."
)
T = TypeVar("T")


@dataclass(frozen=True)
class Event:
    """Something that happened to a reason on a day."""

    date: str
    api: str
    reason: str
    kind: Kind
    successor: str | None = None
    correction: bool = False
    until: str | None = None  # the day until which a deprecated reason stays at least
    recorded: str = ""  # the day on which it got known here, where that is later
    fact: Corrected | None = None  # what was wrong


def events(ledgers: Mapping[str, Ledger]) -> list[Event]:
    """Return all events, the latest day first; within a day by API, kind and reason."""
    found = []
    for api, ledger in ledgers.items():
        for e in ledger.entries.values():
            late = e.recorded or ""
            first = e.first or late  # without a day of its own, that of its last release
            found.append(Event(first, api, e.reason, "published", recorded=late))
            found += [
                Event(fact.date, api, e.reason, "corrected", recorded=late, fact=fact)
                for fact in e.corrections
            ]
            if e.deprecated and not e.correction:
                day, name, until = e.deprecated, e.reason, e.remove_after
                gone = Event(day, api, name, "deprecated", e.replaced_by, False, until, late)
                found.append(gone)
            if e.retired:
                day, name, never = e.retired, e.reason, e.correction
                found.append(Event(day, api, name, "retired", e.replaced_by, never, None, late))
    found.sort(key=lambda event: (event.api, _ORDER[event.kind], event.reason))
    found.sort(key=lambda event: event.date, reverse=True)
    return found


def groups(found: Iterable[Event]) -> Iterator[tuple[str, str, Kind, list[Event]]]:
    """Yield what happened of one kind to the reasons of one API on one day."""
    of_a_kind = groupby(found, key=lambda event: (event.date, event.api, event.kind))
    for (date, api, kind), group in of_a_kind:
        yield date, api, kind, list(group)


def is_brief(group: Iterable[Event]) -> bool:
    """Tell whether nothing more is to say of the reasons of a group than their names."""
    return not any(_more(event) or event.successor for event in group)


def by_domain(group: Iterable[Event], api: Api) -> list[tuple[str, list[Event]]]:
    """Return the events of a group by the title of their domain, in the order of the site."""
    found: dict[str, list[Event]] = {domain.title: [] for domain in api.domains}
    for event in group:
        reason = api.reasons.get(event.reason)
        domain = api.domain(reason.domain) if reason else None
        found.setdefault(domain.title if domain else "Others", []).append(event)
    return [(title, events) for title, events in found.items() if events]


def line(event: Event, link: Callable[[str], T], text: Callable[[str], T]) -> list[T]:
    """Return what is said of an event in a list: texts, and links to reasons."""
    said = [link(event.reason)]
    if event.successor:
        said += [text(", replaced by "), link(event.successor)]
    return [*said, *map(text, _more(event))]


def _more(event: Event) -> list[str]:
    """Return what is said after the names of a reason and its successor."""
    said = [f"; it stays until {event.until} at least"] if event.until else []
    if event.correction:
        said.append("; the API never sent it")
    if event.fact:
        said.append(f": {event.fact.sentence} {plain_text(event.fact.why)}")
    return said


def sentence(event: Event) -> str:
    """Say what happened."""
    text = f"{event.reason} was {event.kind}"
    if event.fact:
        return f"{text}: {event.fact.sentence} {plain_text(event.fact.why)}"
    if event.correction:
        text += " at once, since the API never sent it"
    if event.until:
        text += f", and stays until {event.until} at least"
    return text + (f". Its successor is {event.successor}." if event.successor else ".")


def changes_json(found: Iterable[Event], catalogue: Catalogue, urls: SiteUrls) -> dict[str, Any]:
    """Return the events for programs."""
    return {
        "format_version": 1,
        "changes": [
            {
                "date": event.date,
                "api": event.api,
                "reason": event.reason,
                "change": event.kind,
                "replaced_by": event.successor,
                "remove_after": event.until,
                "correction": event.correction,
                "corrected": event.fact and event.fact.model_dump(by_alias=True, exclude={"date"}),
                "url": _url(event, catalogue.apis[event.api], urls),
            }
            for event in found
        ],
    }


def atom_feed(found: Iterable[Event], catalogue: Catalogue, urls: SiteUrls, title: str) -> str:
    """Return the Atom feed (RFC 4287): an entry for each API, day and kind of change.

    Single reasons would flood a reader on the day an API is published.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    address = f"{urls.base}{urls.addresses.changes()}.xml"
    page = urls.html(urls.addresses.changes())
    # The day on which each group got known here.
    known = [(max(e.recorded or e.date for e in group[-1]), *group) for group in groups(found)]
    latest = max((day for day, *_ in known), default="1970-01-01")
    _add(feed, "id", address)
    _add(feed, "title", f"{title}: changes")
    _add(feed, "updated", f"{latest}T00:00:00Z")
    _add(_add(feed, "author"), "name", title)
    _add(feed, "link", rel="self", href=address, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html")
    for day, date, name, kind, group in known:
        api = catalogue.apis[name]
        entry = _add(feed, "entry")
        _add(entry, "id", f"{page}#{anchor(date, name, kind)}")
        count = f"{len(group)} reason{'s' * (len(group) != 1)}"
        _add(entry, "title", f"{api.title}: {count} {kind}")
        _add(entry, "updated", f"{day}T00:00:00Z")
        _add(
            entry,
            "link",
            rel="alternate",
            href=f"{page}#{anchor(date, name, kind)}",
            type="text/html",
        )
        _add(entry, "content", "\n".join(_content(group, api)), type="text")
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _content(group: list[Event], api: Api) -> Iterator[str]:
    """Yield the lines of an entry; where nothing more is to say than names, one for each domain."""
    if not is_brief(group):
        yield from map(sentence, group)
        return
    for title, events in by_domain(group, api):
        yield f"{title}: {', '.join(event.reason for event in events)}"


def anchor(date: str, api: str, kind: Kind) -> str:
    """Return the fragment of a group of changes on the page of changes."""
    return f"{date}-{api}-{kind}"


def _add(
    parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text
    return child


def _url(event: Event, api: Api, urls: SiteUrls) -> str:
    reason = api.reasons.get(event.reason)
    addresses = urls.addresses
    return urls.html(addresses.reason(reason) if reason else addresses.changes())
