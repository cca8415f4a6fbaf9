"""An API at a glance, as nodes: what it is, its domains, how to handle its errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes

from reasonbook import limits
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.render import page_kinds, wording
from reasonbook.render.facts import overview
from reasonbook.render.facts.references import blocks, inline
from reasonbook.render.page_kinds import Page, Pages, kinds_about
from reasonbook.sphinx.nodes import envelope as envelope_nodes
from reasonbook.sphinx.nodes.notes import ai_context_node, folded, notes_nodes
from reasonbook.sphinx.nodes.prose import (
    block_node,
    blocks_nodes,
    document_reference,
    line_nodes,
    paragraph,
    titled_section,
)
from reasonbook.sphinx.nodes.reason_list import by_domain, place_of_filters


def overview_page(page: Page[Api], pages: Pages) -> nodes.section:
    """Return the page: what agents must know, the codes, how errors are handled, then the rest."""
    api = page.api
    section = titled_section(page.title, api.name, paragraph(api.summary, api), source_nodes(api))
    if api.ai_context:
        section += ai_context_node(api.ai_context, api, folds=True)
    section += titled_section("Reasons", "domains", *_codes(page, pages))
    advice = [note for note in api.notes if note.kind != "note"]
    handling = [*notes_nodes(advice, api), *troubleshooting_nodes(api)]
    if handling:
        section += titled_section("How to handle these errors", "handling", handling)
    if api.outside:
        introduction = nodes.paragraph("", wording.OUTSIDE)
        answers = envelope_nodes.outside(api)
        section += titled_section("Outside the envelope", "outside", introduction, answers)
    section += titled_section("How reasons change", "policy", policy_nodes(api))
    if api.links:
        section += titled_section("Links", "links", links_nodes(api))
    notes = [note for note in api.notes if note.kind == "note"]
    if notes:
        title = wording.number(len(notes), "note")
        section += titled_section("Notes", "notes", folded(title, notes_nodes(notes, api)))
    section += _navigation(page, pages)
    return section


def _codes(page: Page[Api], pages: Pages) -> Iterator[nodes.Node | Iterable[nodes.Node]]:
    """Yield every code on a line, by domain; where there are too many, the domains."""
    api, count = page.api, len(page.api.reasons)
    if count > limits.OVERVIEW_REASONS:
        every = pages.addresses.page(page_kinds.REASONS, page.checked)
        link = document_reference(every, f"all {count} reasons")
        said = [nodes.Text("On one page, with filters: "), link, nodes.Text(".")]
        yield nodes.paragraph("", "", *said)
        yield domain_list(api)
    else:
        yield place_of_filters() if count else []
        yield [*by_domain(api)]
        yield blocks_nodes([*overview.without_reasons(api), *overview.coverage(api)])
    yield known_share_nodes(api)


def _navigation(page: Page[Api], pages: Pages) -> addnodes.toctree:
    """Return the hidden list of the pages below; bounded, since themes repeat it everywhere."""
    below: list[tuple[str | None, str]] = [
        (kind.label, pages.addresses.page(kind, page.api))
        for kind in kinds_about(page.api, listed="navigation")
    ]
    apis = page.checked.catalogue.apis.values()
    if sum(len(api.domains) for api in apis) <= limits.NAVIGATION_DOMAINS:
        domains = page.api.domains
        below += [(None, pages.addresses.page(page_kinds.DOMAIN, domain)) for domain in domains]
    return hidden_toctree(page.docname, below)


def hidden_toctree(parent: str, entries: list[tuple[str | None, str]]) -> addnodes.toctree:
    """Return a list of pages, each with its own title or another, for the navigation only."""
    return addnodes.toctree(
        "",
        parent=parent,
        entries=entries,
        includefiles=[docname for _, docname in entries],
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=True,
    )


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
