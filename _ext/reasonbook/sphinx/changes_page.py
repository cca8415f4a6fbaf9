"""The page of changes: what was published, deprecated and retired, by date and API."""

from __future__ import annotations

from itertools import groupby

from docutils import nodes

from reasonbook.core.model import Api, Catalogue
from reasonbook.render.changes import Event, anchor

from .example_nodes import joined
from .prose_nodes import reason_reference

_TITLES = {
    "published": "published",
    "deprecated": "deprecated: still sent, but on the way out",
    "retired": "retired",
}


def changes_page(events: list[Event], catalogue: Catalogue) -> nodes.section:
    """Return the page; the latest day comes first."""
    page = nodes.section("", nodes.title("", "Changes"), ids=["changes"], names=[])
    page += nodes.paragraph(
        "",
        "A reason that is retired keeps its page, which says what took its place. The days are "
        "those on which the API published a reason, where its sources say so, else those on "
        "which it was first recorded here.",
    )
    feed = nodes.reference("", "Atom feed", refuri="changes.xml", internal=False)
    page += nodes.paragraph("", "", nodes.Text("Follow it by "), feed, nodes.Text("."))
    for date, of_day in groupby(events, key=lambda event: event.date):
        day = nodes.section("", nodes.title("", date), ids=[f"day-{date}"], names=[])
        for (name, kind), group in groupby(of_day, key=lambda event: (event.api, event.kind)):
            api = catalogue.apis[name]
            heading = nodes.strong("", f"{api.title}, {_TITLES[kind]}")
            day += nodes.paragraph("", "", heading, ids=[anchor(date, name, kind)])
            day += _list(list(group), api)
        page += day
    return page


def _list(group: list[Event], api: Api) -> nodes.Element:
    """Return the reasons of a group: in a line where nothing more is to say of them."""
    if not any(event.successor or event.correction or event.until for event in group):
        names = joined(reason_reference(api.name, event.reason) for event in group)
        return nodes.paragraph("", "", *names)
    items = []
    for event in group:
        line = nodes.paragraph("", "", reason_reference(api.name, event.reason))
        if event.successor:
            line += [
                nodes.Text(", replaced by "),
                reason_reference(api.name, event.successor),
            ]
        if event.until:
            line += nodes.Text(f"; it stays until {event.until} at least")
        if event.correction:
            line += nodes.Text("; a correction: the API never sent it")
        items.append(nodes.list_item("", line))
    return nodes.bullet_list("", *items, bullet="-")
