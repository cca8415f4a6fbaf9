"""The generated documents: overview, envelope, endpoints and error domains of every API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser

from reasonbook.core.model import Api, Catalogue, ErrorDomain
from reasonbook.render.addresses import Addresses
from sphinx import addnodes

from . import envelope_nodes, overview_nodes
from .example_nodes import json_block
from .notes_nodes import ai_context_nodes, notes_nodes
from .prose_nodes import paragraph
from .reason_nodes import accordion, reason_table
from .sphinx_domain import ErrSphinxDomain

#: With more domains than this in all, the navigation lists the APIs and each overview its domains.
MAX_DOMAINS_IN_NAVIGATION = 60


def page_files(catalogue: Catalogue, addresses: Addresses) -> dict[str, Path]:
    """Return the generated documents, each with the file that it is made from."""
    pages: dict[str, Path] = {}
    for api in catalogue.apis.values():
        pages[addresses.overview(api.name)] = api.path.absolute()
        pages[addresses.envelope(api.name)] = api.path.absolute()
        if api.operations:
            pages[addresses.endpoints(api.name)] = api.path.absolute()
        for domain in api.domains:
            pages[addresses.domain(api.name, domain.name)] = domain.path.absolute()
    return pages


class PageParser(Parser):
    """Builds a generated document from the model; the text of the file has been read already."""

    supported = ("reasonbook",)

    def parse(self, inputstring: str | Any, document: nodes.document) -> None:
        """Fill *document*, which one being told by its name."""
        env: BuildEnvironment = document.settings.env
        sphinx_domain = ErrSphinxDomain.of(env)
        docname = env.current_document.docname
        page = _Pages(sphinx_domain.catalogue, sphinx_domain.addresses)
        api, section = page.build(docname)
        for path in page.files:
            env.note_dependency(path.absolute().as_posix())
        env.metadata[docname]["api"] = api.name
        env.metadata[docname]["orphan"] = ""
        section["support_smartquotes"] = False
        document += section


class _Pages:
    def __init__(self, catalogue: Catalogue, addresses: Addresses) -> None:
        self._catalogue = catalogue
        self._addresses = addresses
        self.files: set[Path] = set()

    def build(self, docname: str) -> tuple[Api, nodes.section]:
        for api in self._catalogue.apis.values():
            self.files = {api.path, api.envelope.schema_path}
            if docname == self._addresses.overview(api.name):
                self.files = set(api.files)
                return api, self._overview(api)
            if docname == self._addresses.envelope(api.name):
                return api, self._envelope(api)
            if docname == self._addresses.endpoints(api.name):
                self.files = set(api.files)
                return api, self._endpoints(api)
            for domain in api.domains:
                if docname == self._addresses.domain(api.name, domain.name):
                    self.files.add(domain.path)
                    return api, domain_page(domain, api)
        raise LookupError(docname)

    def _overview(self, api: Api) -> nodes.section:
        page = _section(api.title, api.name)
        page += [paragraph(api.summary, api), overview_nodes.source_nodes(api)]
        if api.ai_context:
            page += ai_context_nodes(api.ai_context, api)
        domains = _section("Error domains", "domains")
        domains += overview_nodes.domain_list(api)
        handling = _section("How to handle these errors", "handling")
        handling += overview_nodes.troubleshooting_nodes(api)
        handling += notes_nodes(api.notes, api)
        policy = _section("How reasons change", "policy")
        policy += overview_nodes.policy_nodes(api)
        page += [domains, handling, policy] if len(handling) > 1 else [domains, policy]
        if api.links:
            links = _section("Links", "links")
            links += overview_nodes.links_nodes(api)
            page += links
        page += self._navigation(api)
        return page

    def _navigation(self, api: Api) -> addnodes.toctree:
        """Return the hidden list of the pages below; bounded, since themes repeat it everywhere."""
        below: list[tuple[str | None, str]] = [
            ("Error envelope", self._addresses.envelope(api.name))
        ]
        if api.operations:
            below.append(("Operations", self._addresses.endpoints(api.name)))
        if sum(len(a.domains) for a in self._catalogue.apis.values()) <= MAX_DOMAINS_IN_NAVIGATION:
            below += [
                (None, self._addresses.domain(api.name, domain.name)) for domain in api.domains
            ]
        return hidden_toctree(self._addresses.overview(api.name), below)

    def _envelope(self, api: Api) -> nodes.section:
        page = _section(f"{api.title}: the error envelope", "envelope")
        page += nodes.paragraph(
            "", f"Every error of {api.title} has a JSON body of this shape, whatever the reason."
        )
        example = _section("Full example", "example")
        source = api.envelope.source.entries["example"]
        example += json_block(api.envelope.example, source.location)
        places = _section("Where to look", "where")
        places += envelope_nodes.envelope_places(api)
        fields = _section("Fields", "fields")
        fields += envelope_nodes.envelope_fields(api)
        page += [example, places, fields]
        if api.response_headers:
            headers = _section("Response headers", "headers")
            headers += envelope_nodes.response_headers(api)
            page += headers
        if api.statuses:
            statuses = _section("Canonical statuses", "statuses")
            statuses += envelope_nodes.canonical_statuses(api)
            page += statuses
        if api.http:
            http = _section("HTTP statuses", "http-statuses")
            http += nodes.paragraph(
                "", "What to do when the reason is missing, or is one that you do not know."
            )
            http += envelope_nodes.http_statuses(api)
            page += http
        return page

    def _endpoints(self, api: Api) -> nodes.section:
        page = _section(f"{api.title}: operations and their reasons", "endpoints")
        page += nodes.paragraph(
            "",
            "As far as the sources say. An operation can also send reasons that are not listed "
            "here, such as those of authentication.",
        )
        page += overview_nodes.endpoints_table(api)
        return page


def domain_page(domain: ErrorDomain, api: Api) -> nodes.section:
    """Return the page of an error domain: notes, the table, and an accordion per reason."""
    page = _section(domain.title, domain.name)
    page += paragraph(domain.summary, api)
    if domain.ai_context:
        page += ai_context_nodes(domain.ai_context, api)
    page += notes_nodes(domain.notes, api)
    if not domain.reasons:
        page += nodes.paragraph("", "No reasons are published for this domain yet.")
        return page
    page += overview_nodes.coverage_nodes(domain)
    listing = _section("Reasons", "reasons")
    listing += reason_table(domain.reasons, api, f"Reasons of {domain.name}")
    details = _section("Each reason in full", "in-full")
    details += [accordion(reason, api, has_page=True) for reason in domain.reasons]
    page += [listing, details]
    return page


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


def _section(title: str, anchor: str) -> nodes.section:
    return nodes.section("", nodes.title("", title), ids=[anchor], names=[])
