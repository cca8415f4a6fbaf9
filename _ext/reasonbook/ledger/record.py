"""The ledger of an API: what was ever published. ``published.json``, one line for each reason.

The YAML is the source and the ledger its lock: written by ``reasonbook publish`` only, and compared
with the YAML by every check. It needs no history of a repository.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from reasonbook.format.dates import is_date, stays_until
from reasonbook.format.kinds import Date, HttpCodes, Items, Line
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.format.record import Record

Version = Annotated[int, Field(ge=1)]
_SENT = ("response",)
#: The newest version of the ledger that is known.
LEDGER_VERSION = 2


class Entry(Record):
    """What is on record of a published reason, which is its key."""

    first: Date | None = Field(description="The day on which it was published; null if not known.")
    domain: Line = Field(description="The domain in which it is.")
    http: HttpCodes = Field(description="Its HTTP status: one, several, unknown, or none.")
    arrives_in: Items[Line] = Field(("response",), description="How it reaches a client.")
    status: Line | None = Field(description="Its canonical status, or null.")
    schema_version: Version = Field(
        description="That of the API when this entry last changed its state."
    )
    former_domains: Items[Line] = Field((), description="Where it was before, the first first.")
    slug: Line | None = Field(None, description="Of its page, where that is not the reason itself.")
    deprecated: Date | None = Field(None, description="The day on which it was deprecated.")
    remove_after: Date | None = Field(None, description="The day until which it stays at least.")
    retired: Date | None = Field(None, description="The day on which it was retired.")
    replaced_by: Line | None = Field(None, description="Its successor.")
    recorded: Date | None = Field(
        None, description="When this entry last changed, where that is after its other days."
    )
    correction: bool = Field(False, description="Whether it was retired since it was never sent.")

    @classmethod
    def of(cls, reason: str, **values: Any) -> Entry:
        """Return the entry of a reason."""
        entry = cls(**values)
        entry.link(key=reason)
        return entry

    def replaced(self, **values: Any) -> Entry:
        """Return this entry with other values."""
        return self.model_copy(update=values)

    @property
    def reason(self) -> str:
        """The reason itself."""
        return self.key

    @property
    def http_codes(self) -> frozenset[int]:
        """Its HTTP statuses; empty where they are not known, or there is none."""
        if isinstance(self.http, str):
            return frozenset()
        return frozenset((self.http,) if isinstance(self.http, int) else self.http)

    @property
    def published(self) -> str:
        """That it was published and, where that is known, when."""
        return f"published on {self.first}" if self.first else "published before"

    @property
    def lifecycle(self) -> str:
        """The state on record."""
        if self.retired:
            return "retired"
        return "deprecated" if self.deprecated else "active"


class Ledger(Record):
    """The file ``published.json`` of an API: its entries by reason."""

    version: Literal[1, 2] = Field(
        description="Version of this format: 2 where an entry says what version 1 could not."
    )
    api: Line = Field(description="The name of the API.")
    schema_version: Version = Field(description="That of the API when it was last published.")
    entries: dict[str, Entry] = Field(alias="reasons", description="What was published, by reason.")

    @classmethod
    def of(cls, api: str, schema_version: int, entries: Mapping[str, Entry]) -> Ledger:
        """Return a ledger that is not read from a file."""
        is_new = any(not isinstance(e.http, int) or e.arrives_in != _SENT for e in entries.values())
        version: Literal[1, 2] = 2 if is_new else 1
        return cls(version=version, api=api, schema_version=schema_version, reasons=dict(entries))


def moved_away(domain: ErrorDomain, api: Api, ledger: Ledger | None) -> list[Reason]:
    """Return the reasons that were once in a domain and are in another now.

    A move counts at once, not only from the next release: the page that loses the anchor is
    already built.
    """
    entries = ledger.entries.values() if ledger else ()
    found = [
        api.reasons.get(entry.reason)
        for entry in entries
        if domain.name in (entry.domain, *entry.former_domains)
    ]
    return [reason for reason in found if reason and reason.domain != domain.name]


def is_published(reason: Reason) -> bool:
    """Tell whether clients may rely on a reason: all but those only announced."""
    return reason.lifecycle != "planned"


def entry_of(reason: Reason, api: Api, today: str) -> Entry:
    """Return what the ledger holds of a reason that is published for the first time.

    The day until which a deprecated one stays is on record even where only the API's window says
    it, so that a shorter window later does not shorten what was promised.
    """
    gone = reason.deprecated
    until = gone.remove_after if gone else None
    if gone and reason.lifecycle == "deprecated":
        until = stays_until(gone.since, until, api.deprecation_window_days)
    return Entry.of(
        reason.name,
        first=reason.since if reason.since and is_date(reason.since) else today or None,
        domain=reason.domain,
        http=reason.http,
        arrives_in=reason.arrives_in,
        status=reason.status,
        schema_version=api.schema_version,
        deprecated=gone.since if gone else None,
        remove_after=until,
        retired=gone.retired if gone else None,
        replaced_by=gone.replaced_by if gone else None,
        correction=gone.never_sent if gone else False,
        slug=None if reason.slug == reason.name else reason.slug,
    )


def publish(api: Api, before: Ledger | None, today: str) -> Ledger:
    """Return the ledger after publishing *api*; entries never go, and keep what is past."""
    entries = dict(before.entries) if before else {}
    for reason in api.reasons.values():
        if is_published(reason):
            old = entries.get(reason.name)
            now = entry_of(reason, api, today)
            entries[reason.name] = _following(old, now, today) if old else _recorded(now, today)
    return Ledger.of(api.name, api.schema_version, dict(sorted(entries.items())))


def _following(old: Entry, now: Entry, today: str) -> Entry:
    """Return the entry that takes the place of *old*."""
    now = now.replaced(first=old.first, former_domains=_former(old, now))
    if now.lifecycle == old.lifecycle:
        now = now.replaced(schema_version=old.schema_version)
    if now.retired:
        now = now.replaced(remove_after=now.remove_after or old.remove_after)
    if now.replaced(recorded=old.recorded) == old:
        return old
    return _recorded(now, today)


def _recorded(entry: Entry, today: str) -> Entry:
    """Note the day of the release, for followers of the feed, where no other day tells it."""
    days = (entry.first or "", entry.deprecated or "", entry.retired or "")
    return entry.replaced(recorded=today) if today > max(days) else entry


def _former(old: Entry, now: Entry) -> tuple[str, ...]:
    """Return the domains in which a reason was before, the first first."""
    moved = [*old.former_domains, old.domain] if old.domain != now.domain else old.former_domains
    return tuple(dict.fromkeys(domain for domain in moved if domain != now.domain))
