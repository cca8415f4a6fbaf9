"""The page of changes: what was published, deprecated and retired, by date and API."""

from __future__ import annotations

from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from reasonbook.format.model import Api, Catalogue
from reasonbook.render.changes import Event, anchor
from reasonbook.site.twins import site_urls, writes_exports
from reasonbook.sphinx.nodes.example import joined
from reasonbook.sphinx.nodes.prose import reason_reference

_TITLES = {
    "published": "published",
    "deprecated": "deprecated: still sent, but on the way out",
    "retired": "retired",
}


class feed_reference(nodes.reference):  # noqa: N801 (docutils names node classes so)
    """A link to the feed; its address is known when the page is written, for one builder."""


def link_feed(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the link to the feed into a usual one; a handler of ``doctree-resolved``.

    Only a site has the feed beside the page; what else is built leads to that of the site.
    """
    for node in list(doctree.findall(feed_reference)):
        address = f"{docname}.xml"
        if writes_exports(app):
            uri = relative_uri(app.builder.get_target_uri(docname), address)
        else:
            uri = site_urls(app).base + address
        node.replace_self(nodes.reference("", "", *node.children, refuri=uri, internal=False))


def changes_page(events: list[Event], catalogue: Catalogue) -> nodes.section:
    """Return the page; the latest day comes first."""
    page = nodes.section("", nodes.title("", "Changes"), ids=["changes"], names=[])
    page += nodes.paragraph(
        "",
        "A reason that is retired keeps its page, which says what took its place. The days are "
        "those on which the API published a reason, where its sources say so, else those on "
        "which it was first recorded here.",
    )
    feed = feed_reference("", "Atom feed", internal=False)
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
