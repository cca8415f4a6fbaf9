"""An API at a glance, as nodes: what it is, its domains, how to handle its errors."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from reasonbook.format.model import Api, ErrorDomain
from reasonbook.render import wording
from reasonbook.render.facts import overview
from reasonbook.render.facts.references import blocks, inline
from reasonbook.sphinx.nodes.prose import block_node, blocks_nodes, line_nodes


def api_list(apis: Iterable[Api]) -> nodes.Element:
    """Return the APIs of a catalogue, each with what it is and how much is known of it."""
    return block_node(overview.api_list(apis))


def domain_list(api: Api) -> list[nodes.Node]:
    """Return the domains of an API, those announced, and whether their reasons are all here."""
    return [*blocks_nodes([*overview.domain_list(api), *overview.coverage(api)])]


def known_share_nodes(api: Api) -> list[nodes.Node]:
    """Say how many reasons have which statement."""
    text = overview.known_share(api)
    return [nodes.paragraph("", text, classes=["rb-coverage"])] if text else []


def source_nodes(api: Api) -> nodes.Element:
    """Say where the facts come from, and whether the API's owner stands behind the page."""
    return block_node(overview.source(api))


def policy_nodes(api: Api) -> list[nodes.Node]:
    """Say what the API promises about its reasons."""
    return [nodes.paragraph("", wording.promise(api))]


def troubleshooting_nodes(api: Api) -> list[nodes.Node]:
    """Return the troubleshooting guide: each advice under its title."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", *line_nodes(inline(section.title, api))),
            nodes.definition("", *blocks_nodes(blocks(section.text, api))),
        )
        for section in api.troubleshooting
    ]
    return [nodes.definition_list("", *items, classes=["rb-guide"])] if items else []


def links_nodes(api: Api) -> nodes.Element:
    """Return the links of an API."""
    return block_node(overview.links(api))


def coverage_nodes(domain: ErrorDomain) -> nodes.paragraph:
    """Say whether these are all reasons of a domain."""
    return nodes.paragraph("", wording.COVERAGES[domain.coverage], classes=["rb-coverage"])
