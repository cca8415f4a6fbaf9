"""Directives that show parts of the catalogue on any page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.suggestions import nearest
from reasonbook.examples.envelope import find_known_reason
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.render.facts import envelope, overview
from reasonbook.render.facts.statements import CodeBlock, Exchange, Table
from reasonbook.render.facts.whole import exchange_head
from reasonbook.render.urls import reason_anchor
from reasonbook.sphinx.nodes.example import exchange_node
from reasonbook.sphinx.nodes.notes import ai_context_node
from reasonbook.sphinx.nodes.overview import hidden_toctree
from reasonbook.sphinx.nodes.prose import block_node, blocks_nodes
from reasonbook.sphinx.nodes.reason import accordion_place, reason_accordion, reason_table
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain
from reasonbook.sphinx.state import State
from reasonbook.text.json_reader import parse_json


class CatalogueDirective(SphinxDirective, ABC):
    """What the directives share: finding what the argument names, and noting what is shown."""

    has_content = False
    required_arguments = 1
    final_argument_whitespace = False

    def run(self) -> list[nodes.Node]:
        """Build the nodes, keep typographic quotes out of them, and note their place."""
        found = self.build()
        for node in found:
            if isinstance(node, nodes.Element):
                node["support_smartquotes"] = False
                self.set_source_info(node)
                self._leave_out_known_ids(node)
        placed = self.catalogue_domain.notes.placed.setdefault(self.env.docname, [])
        placed.append(" ".join([self.name, *self.arguments]))
        return found

    def _leave_out_known_ids(self, node: nodes.Element) -> None:
        """Keep the ids of a page unique, and known to headings that come later."""
        known = self.state.document.ids
        for part in [part for part in node.findall(nodes.Element) if part["ids"]]:
            part["ids"] = [name for name in part["ids"] if known.setdefault(name, part) is part]
            if isinstance(part, nodes.target) and not part["ids"]:
                part.replace_self([])

    @abstractmethod
    def build(self) -> list[nodes.Node]:
        """Return the nodes of this directive."""

    @property
    def catalogue_domain(self) -> ErrSphinxDomain:
        """The Sphinx domain, which notes what pages show and ask."""
        return ErrSphinxDomain.of(self.env)

    @property
    def built(self) -> State:
        """The catalogue and its pages."""
        return self.catalogue_domain.state

    def find_api(self, name: str) -> Api:
        """Return the API called *name*, and make the page depend on its file."""
        apis = self.built.catalogue.apis
        if name not in apis:
            raise self.unknown("API", name, list(apis))
        self.depend_on(apis[name])
        return apis[name]

    def find_domain(self, target: str) -> tuple[Api, ErrorDomain]:
        """Return the error domain that ``api/domain`` names."""
        api_name, _, name = target.partition("/")
        api = self.find_api(api_name)
        domain = api.domain(name)
        if domain is None:
            choices = [f"{api.name}/{domain.name}" for domain in api.domains]
            raise self.unknown("error domain", target, choices)
        self.env.note_dependency(domain.path.absolute().as_posix())
        return api, domain

    def find_reason(self, target: str) -> tuple[Api, Reason]:
        """Return the reason that ``api/REASON`` names."""
        api_name, _, name = target.partition("/")
        api = self.find_api(api_name)
        if name not in api.reasons:
            choices = [f"{api.name}/{reason}" for reason in api.reasons]
            raise self.unknown("reason", target, choices)
        reason = api.reasons[name]
        self.find_domain(f"{api.name}/{reason.domain}")
        return api, reason

    def accordion(self, reason: Reason, api: Api) -> reason_accordion:
        """Return a reason in full; where this page shows it first is its anchor.

        What has the same name on the page, such as a reason of another API, keeps its own.
        """
        usual = reason_anchor(reason)
        anchor = f"{api.name}-{usual}" if usual in self.state.document.ids else usual
        if not self.catalogue_domain.notes.note_shown(self.env.docname, reason, anchor):
            anchor = ""
        return accordion_place(reason, anchor)

    def depend_on(self, api: Api) -> None:
        """Have the page read again when ``api.yaml`` or a schema of the API changes."""
        for path in (api.path, *api.schema_paths):
            self.env.note_dependency(path.absolute().as_posix())

    def unknown(self, kind: str, name: str, choices: list[str]) -> Exception:
        """Return the error for an argument that names nothing."""
        if not choices:
            return self.error(f"{self.name}: the project has no catalogue with an {kind} {name!r}.")
        near = nearest(name, choices)
        guess = f" Did you mean {near}?" if near else ""
        listed = ", ".join(choices[: limits.LISTED_CHOICES])
        listed += ", ..." if choices[limits.LISTED_CHOICES :] else ""
        return self.error(
            f"{self.name}: there is no {kind} {name!r}.{guess} Choose one of {listed}."
        )


class ReasonTable(CatalogueDirective):
    """``reason-table:: api/domain``: the table Reason / HTTP / Cause → Fix."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "lifecycle": lambda text: directives.choice(
            text, ("planned", "active", "deprecated", "retired")
        ),
        "reasons": lambda text: directives.unchanged_required(text).split(),
    }

    def build(self) -> list[nodes.Node]:
        """Return the table, if asked only of some reasons or of those in one state."""
        api, domain = self.find_domain(self.arguments[0])
        known = [reason.name for reason in domain.reasons]
        names = self.options.get("reasons", known)
        for name in names:
            if name not in known:
                raise self.unknown("reason", name, known)
        state = self.options.get("lifecycle")
        reasons = tuple(
            reason
            for reason in domain.reasons
            if reason.name in names and state in (None, reason.lifecycle)
        )
        if not reasons:
            return [nodes.paragraph("", "No reasons are published for this domain yet.")]
        return [reason_table(reasons, api, f"Reasons of {domain.name}")]


class ReasonExamples(CatalogueDirective):
    """``reason-examples:: api/domain``: an accordion per reason, with its examples."""

    def build(self) -> list[nodes.Node]:
        """Return the accordions of a domain."""
        api, domain = self.find_domain(self.arguments[0])
        return [self.accordion(reason, api) for reason in domain.reasons]


class ReasonDirective(CatalogueDirective):
    """``reason:: api/REASON``: one reason in an accordion."""

    def build(self) -> list[nodes.Node]:
        """Return the accordion of the reason."""
        api, reason = self.find_reason(self.arguments[0])
        return [self.accordion(reason, api)]


class AiContext(CatalogueDirective):
    """``ai-context:: api`` or ``api/domain``: what an agent must know."""

    def build(self) -> list[nodes.Node]:
        """Return the note; nothing where the catalogue has none."""
        target = self.arguments[0]
        if "/" in target:
            api, domain = self.find_domain(target)
            text = domain.ai_context
        else:
            api = self.find_api(target)
            text = api.ai_context
        return [ai_context_node(text, api)] if text else []


def _table_of_api(table: Callable[[Api], Table], doc: str) -> type[CatalogueDirective]:
    """Return a directive whose argument is an API, and which shows a table of it."""

    class OfApi(CatalogueDirective):
        def build(self) -> list[nodes.Node]:
            return [block_node(table(self.find_api(self.arguments[0])))]

    OfApi.__doc__ = doc
    return OfApi


EnvelopeFields = _table_of_api(
    envelope.envelope_fields,
    "``envelope-fields:: api``: every field of an error body.",
)
HttpStatuses = _table_of_api(
    envelope.http_statuses,
    "``http-statuses:: api``: what the API means by each HTTP status.",
)
CanonicalStatuses = _table_of_api(
    envelope.canonical_statuses,
    "``canonical-statuses:: api``: each canonical status with its HTTP status.",
)


class DomainList(CatalogueDirective):
    """``domain-list:: api``: the domains of an API."""

    def build(self) -> list[nodes.Node]:
        """Return the domains with their counts."""
        api = self.find_api(self.arguments[0])
        self.catalogue_domain.note_lists(self.env.docname, [api])
        return [*blocks_nodes(overview.domain_list(api))]


class ApiList(CatalogueDirective):
    """``api-list::``: every API; with ``:toctree:`` their pages also enter the navigation."""

    required_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {"toctree": directives.flag}

    def build(self) -> list[nodes.Node]:
        """Return the APIs with their counts."""
        apis = self.built.catalogue.apis.values()
        self.catalogue_domain.note_question(self.env.docname, "apis")
        self.catalogue_domain.note_lists(self.env.docname, apis)
        found: list[nodes.Node] = [block_node(overview.api_list(apis))]
        if "toctree" in self.options and self.built.has_pages:
            docnames = [self.built.urls.addresses.overview(api.name) for api in apis]
            for page in self.built.pages.about(self.built.checked):
                docnames += [page.docname] if "navigation" in page.kind.listed else []
            entries = [(None, docname) for docname in docnames]
            found.append(hidden_toctree(self.env.docname, [*entries]))
        return found


class ErrorJson(CatalogueDirective):
    """``error-json:: api``: an error body written on the page itself.

    It is shown as it goes over the wire, under the status of the reason that it names.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "request": directives.unchanged_required,
        "no-envelope": directives.unchanged_required,
        "schema": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return the exchange, or the body alone where it is of another shape."""
        api = self.find_api(self.arguments[0])
        self.assert_has_content()
        text = "\n".join(self.content)
        # The place of the directive: in MyST, that of the content counts from the directive.
        source, line = self.get_source_info()
        body = CodeBlock("body", "json", text, lambda: Location(source, line))
        head = [] if {"no-envelope", "schema"} & self.options.keys() else self._head(text, api)
        node = exchange_node(Exchange([*head, body]))
        *_, block = node.findall(nodes.literal_block)
        block["reasonbook"] = {"api": api.name, **self.options}
        return [node]

    def _head(self, text: str, api: Api) -> Iterable[CodeBlock]:
        reason = find_known_reason(api, parse_json(text))
        if reason is None:
            return []
        status = reason.http_codes[0] if len(reason.http_codes) == 1 else None
        is_response = reason.is_response
        headers = {"Content-Type": api.envelope_of(reason).media_type} if is_response else {}
        return exchange_head(self.options.get("request"), status, headers, api)


def setup_directives(app: Sphinx) -> None:
    """Register every directive under its name."""
    named: dict[str, type[CatalogueDirective]] = {
        "reason-table": ReasonTable,
        "reason-examples": ReasonExamples,
        "reason": ReasonDirective,
        "ai-context": AiContext,
        "envelope-fields": EnvelopeFields,
        "http-statuses": HttpStatuses,
        "canonical-statuses": CanonicalStatuses,
        "api-list": ApiList,
        "domain-list": DomainList,
        "error-json": ErrorJson,
    }
    for name, directive in named.items():
        app.add_directive(name, directive)
