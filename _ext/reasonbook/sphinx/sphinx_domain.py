"""The Sphinx domain ``err``: roles and objects for reasons, statuses and operations.

The catalogue itself says which objects exist and where they stand; the environment only keeps
where a project without generated pages shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.errors import ExtensionError
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from reasonbook.diagnostics.suggestions import nearest
from reasonbook.format.model import Api, Reason
from reasonbook.render.fingerprints import fingerprint
from reasonbook.render.page_kinds import HTTP
from reasonbook.render.urls import (
    class_anchor,
    endpoint_anchor,
    envelope_anchor,
    http_anchor,
    reason_anchor,
    status_anchor,
)
from reasonbook.sphinx.page_notes import PageNotes
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS, State

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
NAME = "err"


class Place(NamedTuple):
    """Where an object stands."""

    docname: str
    anchor: str


class ErrSphinxDomain(Domain):
    """Objects are named ``<api>/<name>``, such as ``voipbin/CALL_NOT_FOUND``."""

    name = NAME
    label = "API errors"
    object_types = {  # noqa: RUF012 (Sphinx's own interface)
        "reason": ObjType("reason", "reason"),
        "endpoint": ObjType("operation", "endpoint"),
        "status": ObjType("canonical status", "status"),
    }
    roles = {  # noqa: RUF012
        "reason": XRefRole(innernodeclass=nodes.literal, warn_dangling=True),
        "endpoint": XRefRole(innernodeclass=nodes.literal, warn_dangling=True),
        "status": XRefRole(innernodeclass=nodes.literal, warn_dangling=True),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        **{kind: {} for kind in PageNotes.KINDS},
        "plan": [],
    }
    data_version = 4

    _state: State | None = None

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        #: What documents that are being read asked so far.
        self.questions: dict[str, dict[tuple[str, str], None]] = {}

    @classmethod
    def of(cls, env: BuildEnvironment) -> ErrSphinxDomain:
        """Return the domain of an environment."""
        domain = env.domains[NAME]
        assert isinstance(domain, cls)
        return domain

    @property
    def state(self) -> State:
        """The catalogue, its pages and settings; there from ``builder-inited`` on."""
        if self._state is None:
            message = "Reasonbook reads the catalogue at builder-inited; ask for it after that."
            raise ExtensionError(message, modname="reasonbook")
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        self._state = state

    @property
    def notes(self) -> PageNotes:
        """What is kept of each document."""
        return PageNotes(self.data)

    def note_question(self, docname: str, kind: str, target: str = "") -> None:
        """Have a document read again as soon as the catalogue answers a question otherwise."""
        self.questions.setdefault(docname, {})[kind, target] = None

    def note_lists(self, docname: str, apis: Iterable[Api]) -> None:
        """Have it read again as soon as lists say something else of the reasons of some APIs."""
        for api in apis:
            self.note_question(docname, "lists", api.name)

    def answers(self, docname: str, questions: Iterable[tuple[str, str]]) -> str:
        """Return a fingerprint of what the catalogue answers a document."""
        return fingerprint(*(self._answer(docname, *question) for question in questions))

    def _answer(self, docname: str, kind: str, target: str) -> str:
        """Answer alike for every builder: the environment may be shared by several."""
        if kind == "apis":
            return " ".join(
                [*self.state.catalogue.apis, "with changes" if self.state.ledgers else ""]
            )
        if kind == "lists":  # all that lists say of an API
            api = self.state.catalogue.apis.get(target)
            return self.state.fingerprints.in_lists(api) if api else ""
        if kind == "word":  # a code that is linked where it is a reason or an operation
            linked = [*self.having("reason", target), *self.having("endpoint", target)]
            return " ".join(api.name for api in linked)
        found = self.find(kind, target, docname)
        if found is None:
            return " ".join(api.name for api in self.having(kind, target))
        api, name = found
        reason = api.reasons.get(name) if kind in ("reason", "accordion") else None
        return (
            f"{api.name}/{name} {reason.domain} {reason.slug}" if reason else f"{api.name}/{name}"
        )

    def clear_doc(self, docname: str) -> None:
        """Forget what is kept of a document."""
        self.notes.forget(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        self.notes.merge(docnames, otherdata)

    def find(self, kind: str, target: str, docname: str) -> tuple[Api, str] | None:
        """Find an object by ``api/name``, or by its name alone where that is unambiguous.

        A bare name is looked up in the API of the page first.
        """
        apis = self.state.catalogue.apis
        if kind == "api":
            return (apis[target], "") if target in apis else None
        api, slash, name = target.partition("/")
        if slash and api in apis and self._has(kind, apis[api], name):
            return apis[api], name
        own = self.env.metadata.get(docname, {}).get("api", "")
        if own in apis and self._has(kind, apis[own], target):
            return apis[own], target
        found = self.having(kind, target)
        return (found[0], target) if len(found) == 1 else None

    def having(self, kind: str, name: str) -> list[Api]:
        """Return the APIs that have an object of that bare name."""
        return [api for api in self.state.catalogue.apis.values() if self._has(kind, api, name)]

    def names(self, kind: str) -> list[str]:
        """Return the full names of every object of a kind."""
        apis = self.state.catalogue.apis.values()
        return [f"{api.name}/{name}" for api in apis for name in _of(kind, api)]

    @staticmethod
    def _has(kind: str, api: Api, name: str) -> bool:
        return name in _of(kind, api)

    def place(self, kind: str, api: Api, name: str, builder: Builder) -> Place | None:
        """Return where an object stands for a builder, or None where the project has it nowhere."""
        addresses = self.state.urls.addresses
        if kind in ("reason", "accordion"):
            reason = api.reasons[name]
            if not self.state.has_pages:
                return self._shown_place(reason)
            if kind == "reason" and builder.name in REASON_PAGE_BUILDERS:
                return Place(addresses.reason(reason), "")
            return Place(addresses.domain(api.name, reason.domain), reason_anchor(reason))
        if not self.state.has_pages:
            return None
        match kind:
            case "api":
                return Place(addresses.overview(api.name), "")
            case "domain":
                return Place(addresses.domain(api.name, name), "")
            case "endpoint":
                return Place(addresses.endpoints(api.name), endpoint_anchor(name))
            case "operation-class":
                return Place(addresses.endpoints(api.name), class_anchor(name))
            case "envelope":
                return Place(addresses.envelope(api.name), envelope_anchor(name))
            case "status":
                return Place(addresses.envelope(api.name), status_anchor(name))
            case _:
                return Place(addresses.page(HTTP, api), http_anchor(int(name)))

    def _shown_place(self, reason: Reason) -> Place | None:
        key = f"{reason.api}/{reason.name}"
        shown = self.notes.shown
        for docname in sorted(shown):
            if key in shown[docname]:
                return Place(docname, shown[docname][key])
        return None

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Turn a reference into a link; where pages are not generated, some stay plain text."""
        found = self.find(typ, target, fromdocname)
        if found is None:
            return None
        api, name = found
        if not node.get("refexplicit"):
            contnode = nodes.literal("", name, classes=contnode.get("classes", []))
        place = self.place(typ, api, name, builder)
        if place is None:
            return contnode  # type: ignore[return-value] # known, but not shown in this project
        return make_refnode(builder, fromdocname, place.docname, place.anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve a reference of no named kind."""
        found = []
        for kind in self.object_types:
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if isinstance(link, nodes.reference):
                found.append((f"{NAME}:{kind}", link))
        return found

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object for the inventory and the search."""
        for api in self.state.catalogue.apis.values():
            for kind in self.object_types:
                for name in _of(kind, api):
                    place = self.place(kind, api, name, self.state.builder)
                    if place is not None:
                        reason = api.reasons[name] if kind == "reason" else None
                        shown = f"{name} – {reason.title}" if reason and reason.title else name
                        full = f"{api.name}/{name}"
                        yield full, shown, kind, place.docname, place.anchor, 1


def _of(kind: str, api: Api) -> Iterable[str]:
    """Return the names of an API's objects of a kind."""
    if kind in ("reason", "accordion"):
        return api.reasons
    if kind == "status":
        return api.statuses
    if kind == "envelope":
        return api.envelopes
    if kind == "operation-class":
        return api.operation_classes
    if kind == "http":
        return [str(code) for code in api.http_codes]
    if kind == "domain":
        return api.domains_by_name
    return api.operations


def _warn_missing_reference(app: Sphinx, domain: Domain, node: nodes.Element) -> bool | None:
    """Warn of an unknown or ambiguous target, with what may have been meant."""
    if not isinstance(domain, ErrSphinxDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    having = domain.having(kind, target)
    if having:
        choices = ", ".join(f"{api.name}/{target}" for api in having)
        message = f"the {kind} {target!r} is ambiguous; choose one of {choices}"
    else:
        names = domain.names(kind)
        near = nearest(target, [*names, *(name.partition("/")[2] for name in names)])
        message = f"there is no {kind} {target!r}"
        message += f"; did you mean {near!r}?" if near else ""
    logger.warning("%s", message, location=node, type="ref", subtype="err")
    return True


def setup_domain(app: Sphinx) -> None:
    """Register the domain, and what is said of a reference that leads nowhere."""
    app.add_domain(ErrSphinxDomain)
    app.connect("warn-missing-reference", _warn_missing_reference)


def state_of(env: BuildEnvironment) -> State:
    """Return what the build knows of the catalogue."""
    return ErrSphinxDomain.of(env).state
