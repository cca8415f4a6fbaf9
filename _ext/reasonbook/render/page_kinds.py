"""The kinds of generated pages: where they are, what each is about, and what lists them.

Whatever names pages reads this table: documents, Markdown, JSON, indexes, navigation, redirects,
site map. A new kind is one entry here and its builders: of nodes in ``sphinx.page_nodes``, of
Markdown in ``render.markdown.pages``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.checking import Checked
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.ledger.record import Ledger
from reasonbook.render import wording
from reasonbook.render.codes import Code, codes_of

Subject = Checked | Api | ErrorDomain | Reason | Code
S = TypeVar("S", bound=Subject)
#: How a kind becomes HTML: as a document that Sphinx reads and lists; at the end of the build, from
#: the theme's skeleton, where documents would be too many; or not at all.
Html = Literal["document", "late", "none"]
#: What lists the pages of a kind: the index of the whole site, that of their API, the navigation.
Index = Literal["site", "api", "navigation"]


@dataclass(frozen=True)
class Page(Generic[S]):
    """One generated page: its kind, what it is about, and its address without a suffix."""

    kind: PageKind[S]
    subject: S
    docname: str
    checked: Checked

    @property
    def api(self) -> Api:
        """The API that the page belongs to."""
        if isinstance(self.subject, Api):
            return self.subject
        assert isinstance(self.subject, ErrorDomain | Reason), "the page is about several APIs"
        return self.checked.catalogue.apis[self.subject.api]

    @property
    def ledger(self) -> Ledger | None:
        """What was ever published of that API."""
        return self.checked.ledgers.get(self.api.name)

    @property
    def title(self) -> str:
        """Its title."""
        return self.kind.title(self)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files that it depends on; the first is YAML, and counts as the file of a document."""
        return tuple(path.absolute() for path in self.kind.sources(self))


@dataclass(frozen=True, eq=False)
class PageKind(Generic[S]):
    """A kind of page, of which there is one for each thing that it is about."""

    about: type[S]
    address: str  # below the prefix, with names in braces; after a slash, from the root
    title: Callable[[Page[S]], str]
    html: Html
    json: bool = False  # whether it is there as JSON, too
    sources: Callable[[Page[S]], tuple[Path, ...]] = lambda page: _api_sources(page.api)
    lists: bool = False  # whether it lists or counts reasons, and depends on what is said of them
    exists: Callable[[S], bool] = lambda _: True
    listed: tuple[Index, ...] = ()
    label: str = ""  # in the indexes, and in the navigation
    says: Callable[[S], str] = lambda _: ""  # after the label
    whole_site: bool = False  # whether only the extension ``reasonbook.site`` writes it


def _changes_sources(page: Page[Checked]) -> tuple[Path, ...]:
    published = [page.checked.catalogue.apis[name].path for name in page.checked.ledgers]
    return (published[0], *(path.parent / LEDGER_FILE for path in published))


def _api_sources(api: Api) -> tuple[Path, ...]:
    return (api.path, *api.schema_paths)


def _every_api(page: Page[Checked]) -> tuple[Path, ...]:
    return tuple(api.path for api in page.subject.catalogue.apis.values())


def _domain_sources(page: Page[ErrorDomain]) -> tuple[Path, ...]:
    ledger = (page.api.path.parent / LEDGER_FILE,) if page.ledger else ()
    return (page.subject.path, *_api_sources(page.api), *ledger)


def _code_sources(page: Page[Code]) -> tuple[Path, ...]:
    apis = dict.fromkeys(reason.api for reason in page.subject.reasons)
    return tuple(path for name in apis for path in page.checked.catalogue.apis[name].files)


CHANGES = PageKind(
    about=Checked,
    address="changes",
    title=lambda _: "Changes",
    html="document",
    json=True,
    sources=_changes_sources,
    exists=lambda checked: bool(checked.ledgers),
    listed=("site", "navigation"),
    says=lambda _: "A reason that is retired keeps its page, which says what took its place.",
)
REASONS = PageKind(
    about=Checked,
    address="reasons",
    title=lambda _: "All reasons",
    html="document",
    sources=_every_api,
    lists=True,
    exists=lambda checked: bool(checked.catalogue.apis),
    listed=("site", "navigation"),
    says=lambda _: wording.REASON_LIST,
)
#: Explains a pasted error in the browser.
EXPLAIN = PageKind(
    about=Checked,
    address="explain",
    title=lambda _: "Explain an error",
    html="document",
    sources=_every_api,
    exists=lambda checked: bool(checked.catalogue.apis),
    listed=("site", "navigation"),
    says=lambda _: "In a browser: what a pasted body, response or line of a log means.",
)
NOT_FOUND = PageKind(
    about=Checked,
    address="/404",  # where hosts look for it
    title=lambda _: "Page not found",
    html="late",
    whole_site=True,
)
OVERVIEW = PageKind(
    about=Api,
    address="{api}/index",
    title=lambda page: page.api.title,
    html="document",
    lists=True,
    listed=("api",),
    label="Overview",
    says=lambda _: "what to know first",
)
ENVELOPE = PageKind(
    about=Api,
    address="{api}/envelope",
    title=lambda page: f"{page.api.title}: the error envelope",
    html="document",
    listed=("api", "navigation"),
    label="Error envelope",
    says=lambda api: (
        "fields" + (", and the decision for each HTTP status" if api.http else " and full example")
    ),
)
#: What to do without a known reason; for agents and programs only.
UNKNOWN = PageKind(
    about=Api,
    address="{api}/unknown",
    title=lambda page: f"{page.api.title}: reason missing or unknown",
    html="none",
    json=True,
    listed=("api",),
    label="Reason missing or unknown",
    says=lambda _: "what to do by the HTTP status",
)
HTTP = PageKind(
    about=Api,
    address="{api}/http",
    title=lambda page: f"{page.api.title}: reasons by HTTP status",
    html="document",
    lists=True,
    exists=lambda api: bool(api.http) or any(r.http_codes for r in api.reasons.values()),
    listed=("api", "navigation"),
    label="By HTTP status",
    says=lambda _: "what each means, and its reasons",
)
ENDPOINTS = PageKind(
    about=Api,
    address="{api}/endpoints",
    title=lambda page: f"{page.api.title}: operations and their reasons",
    html="document",
    lists=True,
    exists=lambda api: bool(api.operations),
    listed=("api", "navigation"),
    label="Operations",
    says=lambda _: "which operation sends which reason",
)
DOMAIN = PageKind(
    about=ErrorDomain,
    address="{api}/{domain}",
    title=lambda page: page.subject.title,
    html="document",
    sources=_domain_sources,
)
#: A page of a reason is its permanent identity.
REASON = PageKind(
    about=Reason,
    address="{api}/reasons/{slug}",
    title=lambda page: " – ".join(
        filter(None, [page.subject.name, page.subject.title, page.api.title])
    ),
    html="late",
    json=True,
)
#: Which APIs have a reason, for who does not know the API; for agents and programs only.
CODE = PageKind(
    about=Code,
    address="reasons/{slug}",
    title=lambda page: " or ".join(page.subject.spellings),
    html="none",
    json=True,
    sources=_code_sources,
)
#: Every kind; those about the same thing in the order in which they are read.
KINDS: tuple[PageKind[Any], ...] = (
    *(REASONS, EXPLAIN, CHANGES, NOT_FOUND),
    *(OVERVIEW, ENVELOPE, HTTP, UNKNOWN, ENDPOINTS),
    *(DOMAIN, REASON, CODE),
)


def kinds_about(subject: Subject, *, listed: Index | None = None) -> Iterator[PageKind[Any]]:
    """Yield the kinds of which *subject* has a page, maybe only those that something lists."""
    for kind in KINDS:
        is_listed = listed is None or listed in kind.listed
        if is_listed and isinstance(subject, kind.about) and kind.exists(subject):
            yield kind


@dataclass(frozen=True)
class Addresses:
    """Document names (addresses without suffix) of the pages, below a prefix; they never change."""

    prefix: str = ""

    def page(self, kind: PageKind[Any], subject: Subject) -> str:
        """The page of a kind about *subject*."""
        match subject:
            case Api():
                return self._named(kind, api=subject.name)
            case ErrorDomain():
                return self._named(kind, api=subject.api, domain=subject.name)
            case Reason():
                return self._named(kind, api=subject.api, slug=subject.slug)
            case Code():
                return self._named(kind, slug=subject.slug)
            case Checked():
                return self._named(kind)

    def _named(self, kind: PageKind[Any], **names: str) -> str:
        address = kind.address.format(**names)
        return address[1:] if address.startswith("/") else self._start + address

    @cached_property
    def _start(self) -> str:
        return f"{self.prefix.strip('/')}/".lstrip("/")

    def changes(self) -> str:
        """The page of changes to all APIs."""
        return self._named(CHANGES)

    def overview(self, api: str) -> str:
        """The page of an API."""
        return self._named(OVERVIEW, api=api)

    def envelope(self, api: str) -> str:
        """The page of an API's envelope and statuses."""
        return self._named(ENVELOPE, api=api)

    def unknown(self, api: str) -> str:
        """What to do without a known reason."""
        return self._named(UNKNOWN, api=api)

    def endpoints(self, api: str) -> str:
        """The page that says which operation sends which reason."""
        return self._named(ENDPOINTS, api=api)

    def domain(self, api: str, domain: str) -> str:
        """The page of an error domain."""
        return self._named(DOMAIN, api=api, domain=domain)

    def reason(self, reason: Reason) -> str:
        """The page of a reason."""
        return self.page(REASON, reason)

    def code(self, slug: str) -> str:
        """The page that names the APIs that have a reason."""
        return self._named(CODE, slug=slug)


@dataclass(frozen=True)
class Pages:
    """The pages of a catalogue; *whole_site* where those of ``reasonbook.site`` are among them."""

    checked: Checked
    addresses: Addresses
    whole_site: bool = False

    @cached_property
    def by_docname(self) -> Mapping[str, Page[Any]]:
        """Every page by its name: of the APIs, of codes, then of the site."""
        found = [page for api in self.checked.catalogue.apis.values() for page in self.of_api(api)]
        found += [page for code in self.codes for page in self.about(code)]
        return {page.docname: page for page in [*found, *self.about(self.checked)]}

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """The codes of all APIs."""
        return codes_of(self.checked.catalogue)

    def of_api(self, api: Api) -> Iterator[Page[Any]]:
        """Yield the pages of an API in reading order."""
        yield from self.about(api)
        for domain in api.domains:
            yield from self.about(domain)
            for reason in domain.reasons:
                yield from self.about(reason)

    def about(self, subject: Subject) -> Iterator[Page[Any]]:
        """Yield the pages about one thing; about the catalogue as a whole, those about all APIs."""
        for kind in kinds_about(subject):
            if self.whole_site or not kind.whole_site:
                yield Page(kind, subject, self.addresses.page(kind, subject), self.checked)
