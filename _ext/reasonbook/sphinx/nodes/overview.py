"""An API at a glance, as nodes: what it is, its domains, how to handle its errors."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from reasonbook.format.model import Api, ErrorDomain
from reasonbook.render import wording
from reasonbook.render.urls import endpoint_anchor
from reasonbook.sphinx.nodes.custom import code_name, table
from reasonbook.sphinx.nodes.example import badge, joined
from reasonbook.sphinx.nodes.prose import (
    block_nodes,
    inline_nodes,
    paragraph,
    reason_reference,
    reference,
)


def api_list(apis: Iterable[Api]) -> nodes.bullet_list:
    """Return the APIs of a catalogue, each with what it is and how much is known of it."""
    items = []
    for api in apis:
        link = reference("api", api.name, nodes.strong("", api.title))
        count = f"{wording.number(len(api.reasons), 'reason')} in {_domain_count(api)}"
        items.append(
            nodes.list_item(
                "",
                nodes.paragraph("", "", link, nodes.Text(f" – {count}"), *_unofficial(api)),
                paragraph(api.summary, api),
            )
        )
    return nodes.bullet_list("", *items, bullet="-", classes=["rb-list"])


def _unofficial(api: Api) -> list[nodes.Node]:
    return [] if api.source_official else [nodes.Text(" · "), badge("unofficial", "rb-unofficial")]


def _domain_count(api: Api) -> str:
    return wording.number(len(api.domains), "domain")


def domain_list(api: Api) -> list[nodes.Node]:
    """Return the domains of an API, and those announced."""
    items = []
    for domain in api.domains:
        link = reference("domain", f"{api.name}/{domain.name}", nodes.strong("", domain.title))
        count = wording.number(len(domain.reasons), "reason") if domain.reasons else "none yet"
        items.append(
            nodes.list_item(
                "",
                nodes.paragraph(
                    "",
                    "",
                    link,
                    nodes.Text(" "),
                    code_name("", domain.name),
                    nodes.Text(f" – {count}"),
                ),
                paragraph(domain.summary, api),
            )
        )
    found: list[nodes.Node] = [
        nodes.bullet_list("", *items, bullet="-", classes=["rb-list"]),
    ]
    if api.planned_domains:
        names = joined(nodes.literal("", name) for name in api.planned_domains)
        text = nodes.Text("Announced, no reasons published yet: ")
        found.append(nodes.paragraph("", "", text, *names, nodes.Text(".")))
    return found


def source_nodes(api: Api) -> nodes.paragraph:
    """Say where the facts come from, and whether the API's owner stands behind the page."""
    url = api.source_url
    content: list[nodes.Node] = [
        nodes.Text("Source: "),
        nodes.reference("", url, refuri=url, internal=False),
    ]
    if api.source_as_of:
        content.append(nodes.Text(f", as of {api.source_as_of}"))
    content.append(nodes.Text("."))
    if not api.source_official:
        content.append(nodes.Text(f" {wording.UNOFFICIAL.format(api.title)}"))
    return nodes.paragraph("", "", *content, classes=["rb-source"])


def policy_nodes(api: Api) -> list[nodes.Node]:
    """Say what the API promises about its reasons."""
    return [nodes.paragraph("", wording.promise(api))]


def troubleshooting_nodes(api: Api) -> list[nodes.Node]:
    """Return the troubleshooting guide: each advice under its title."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", *inline_nodes(section.title, api)),
            nodes.definition("", *block_nodes(section.text, api)),
        )
        for section in api.troubleshooting
    ]
    return [nodes.definition_list("", *items, classes=["rb-guide"])] if items else []


def links_nodes(api: Api) -> list[nodes.Node]:
    """Return the links of an API."""
    items = [
        nodes.list_item(
            "",
            nodes.paragraph(
                "", "", nodes.reference("", link.title, refuri=link.url, internal=False)
            ),
        )
        for link in api.links
    ]
    return [nodes.bullet_list("", *items, bullet="-")] if items else []


def endpoints_table(api: Api) -> nodes.Node:
    """Return which operation sends which reasons, as far as the sources say."""
    rows: list[list[list[nodes.Node]]] = []
    for operation, reasons in api.operations.items():
        target = nodes.target("", "", ids=[endpoint_anchor(operation)])
        names = joined(reason_reference(api.name, reason.name) for reason in reasons)
        rows.append(
            [
                [nodes.paragraph("", "", target, code_name("", operation))],
                [nodes.paragraph("", "", *names)],
            ]
        )
    return table(["Operation", "Reasons"], rows, ["rb-endpoints"], f"Operations of {api.title}")


def coverage_nodes(domain: ErrorDomain) -> nodes.paragraph:
    """Say whether these are all reasons of a domain."""
    text = wording.COVERAGES[domain.coverage]
    return nodes.paragraph("", text, classes=["rb-coverage"])
