"""The generated documents: overview, envelope, endpoints and error domains of every API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser

from reasonbook import limits
from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.checking import Checked
from reasonbook.format.model import Api
from reasonbook.render import wording
from reasonbook.render.addresses import Addresses
from reasonbook.render.changes import events
from reasonbook.sphinx.changes_page import changes_page
from reasonbook.sphinx.domain_page import domain_page, section
from reasonbook.sphinx.nodes import envelope as envelope_nodes
from reasonbook.sphinx.nodes import overview as overview_nodes
from reasonbook.sphinx.nodes.example import json_block
from reasonbook.sphinx.nodes.notes import ai_context_nodes, notes_nodes
from reasonbook.sphinx.nodes.prose import paragraph
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain


def page_files(checked: Checked, addresses: Addresses) -> dict[str, Path]:
    """Return the generated documents, each with the file that it is made from."""
    pages: dict[str, Path] = {}
    for api in checked.catalogue.apis.values():
        if api.name in checked.ledgers:
            pages[addresses.changes()] = api.path.absolute()
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
        if docname == sphinx_domain.addresses.changes():
            catalogue = sphinx_domain.catalogue
            files = {catalogue.apis[api].path.parent / LEDGER_FILE for api in sphinx_domain.ledgers}
            content = changes_page(events(sphinx_domain.ledgers), catalogue)
        else:
            page = _Pages(sphinx_domain)
            api, content = page.build(docname)
            files = page.files
            env.metadata[docname]["api"] = api.name
        for path in files:
            env.note_dependency(path.absolute().as_posix())
        env.metadata[docname]["orphan"] = ""
        content["support_smartquotes"] = False
        document += content


class _Pages:
    def __init__(self, sphinx_domain: ErrSphinxDomain) -> None:
        self._catalogue = sphinx_domain.catalogue
        self._addresses = sphinx_domain.addresses
        self._ledgers = sphinx_domain.ledgers
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
                    ledger = self._ledgers.get(api.name)
                    if ledger is not None:
                        self.files.add(api.path.parent / LEDGER_FILE)
                    return api, domain_page(domain, api, ledger)
        raise LookupError(docname)

    def _overview(self, api: Api) -> nodes.section:
        page = section(api.title, api.name)
        page += [paragraph(api.summary, api), overview_nodes.source_nodes(api)]
        if api.ai_context:
            page += ai_context_nodes(api.ai_context, api)
        domains = section("Error domains", "domains")
        domains += overview_nodes.domain_list(api)
        handling = section("How to handle these errors", "handling")
        handling += notes_nodes(api.notes, api)
        handling += overview_nodes.troubleshooting_nodes(api)
        policy = section("How reasons change", "policy")
        policy += overview_nodes.policy_nodes(api)
        page += [domains, handling, policy] if len(handling) > 1 else [domains, policy]
        if api.links:
            links = section("Links", "links")
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
        if sum(len(a.domains) for a in self._catalogue.apis.values()) <= limits.NAVIGATION_DOMAINS:
            below += [
                (None, self._addresses.domain(api.name, domain.name)) for domain in api.domains
            ]
        return hidden_toctree(self._addresses.overview(api.name), below)

    def _envelope(self, api: Api) -> nodes.section:
        page = section(f"{api.title}: the error envelope", "envelope")
        page += nodes.paragraph("", wording.ENVELOPE.format(api.title))
        example = section("Full example", "example")
        example += json_block(api.envelope.example, api.envelope.at("example"))
        places = section("Where to look", "where")
        places += envelope_nodes.envelope_places(api)
        fields = section("Fields", "fields")
        fields += envelope_nodes.envelope_fields(api)
        page += [example, places, fields]
        if api.response_headers:
            headers = section("Response headers", "headers")
            headers += envelope_nodes.response_headers(api)
            page += headers
        if api.statuses:
            statuses = section("Canonical statuses", "statuses")
            statuses += envelope_nodes.canonical_statuses(api)
            page += statuses
        if api.http:
            http = section("HTTP statuses", "http-statuses")
            http += nodes.paragraph("", wording.DEFAULT_DECISIONS)
            http += envelope_nodes.http_statuses(api)
            http += nodes.paragraph("", wording.HTTP_FALLBACK)
            page += http
        return page

    def _endpoints(self, api: Api) -> nodes.section:
        page = section(f"{api.title}: operations and their reasons", "endpoints")
        page += nodes.paragraph("", wording.OPERATIONS)
        page += overview_nodes.endpoints_table(api)
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
