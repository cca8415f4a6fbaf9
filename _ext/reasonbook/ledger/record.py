"""The ledger of an API: what was ever published. ``published.json``, one line for each reason.

The YAML is the source and the ledger its lock: written by ``reasonbook publish`` only, and compared
with the YAML by every check. It needs no history of a repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from reasonbook.format.dates import is_date, stays_until
from reasonbook.format.kinds import Date, HttpCodes, Items, Line
from reasonbook.format.model import Api, Envelope, ErrorDomain, Reason, Stability
from reasonbook.format.reasons import Correction
from reasonbook.format.record import Record
from reasonbook.ledger.facts import Corrected, codes, facts_of, observed_of
from reasonbook.ledger.wire import Wire, lost, wire_of

Version = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=0)]
#: The newest version of the ledger that is known.
LEDGER_VERSION: Literal[2] = 2


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
    envelope: Line | None = Field(None, description="Its envelope, where that is a further one.")
    facts: dict[Line, bool | int | str] | None = Field(
        None, description="What was known of it: short facts themselves, of others that they were."
    )
    observed: HttpCodes | None = Field(
        None,
        description="The HTTP statuses that its observed examples show; unknown: some, or it was "
        "observed without one.",
    )
    deprecated: Date | None = Field(None, description="The day on which it was deprecated.")
    remove_after: Date | None = Field(None, description="The day until which it stays at least.")
    window_ends: Date | None = Field(
        None,
        description="The end of the API's window, counted from the day on which the deprecation "
        "was recorded, where that is later.",
    )
    retired: Date | None = Field(None, description="The day on which it was retired.")
    replaced_by: Line | None = Field(None, description="Its successor.")
    recorded: Date | None = Field(
        None, description="When this entry last changed, where that is after its other days."
    )
    correction: bool = Field(False, description="Whether it was retired since it was never sent.")
    corrections: Items[Corrected] = Field((), description="What was said wrongly of it.")

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
        return codes(self.http)

    @property
    def last_day(self) -> str:
        """The last day that it tells of, on which it was published at the earliest."""
        days = (self.first, self.deprecated, self.retired, self.recorded)
        return max(day or "" for day in days)

    def fresh_corrections(self, said: Iterable[Correction | Corrected]) -> list[Corrected]:
        """Return those of some corrections that are not on record yet.

        Only such a one permits a change: an old one has had its effect.
        """
        known = {each.what for each in self.corrections}
        return [each for each in map(Corrected.of, said) if each.what not in known]

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
        description="Version of this format: 2 where it says what version 1 could not."
    )
    api: Line = Field(description="The name of the API.")
    schema_version: Version = Field(description="That of the API when it was last published.")
    stability: Stability | None = Field(
        None, description="What the API itself promised; null in a file that does not tell."
    )
    deprecation_window_days: Days | None = Field(
        None, description="How long the API promised to send a deprecated reason."
    )
    envelope: Wire | None = Field(None, description="Where its envelope held the reason.")
    envelopes: dict[Line, Wire] = Field({}, description="The same of further envelopes, by name.")
    entries: dict[str, Entry] = Field(alias="reasons", description="What was published, by reason.")

    @classmethod
    def of(
        cls, api: str, schema_version: int, entries: Mapping[str, Entry], **promised: Any
    ) -> Ledger:
        """Return a ledger that is not read from a file; *promised* is what :func:`promised_by`."""
        return cls(
            version=LEDGER_VERSION,
            api=api,
            schema_version=schema_version,
            reasons=dict(entries),
            **promised,
        )

    def wire(self, entry: Entry) -> Wire | None:
        """Return where a reason was in its body; None where the ledger does not tell."""
        return self._wire(entry.envelope)

    def _wire(self, envelope: str | None) -> Wire | None:
        return self.envelopes.get(envelope) if envelope else self.envelope

    def window_ends(self, entry: Entry, window: int | None) -> str | None:
        """Return when the window of a deprecated reason ends, counted from its recording.

        An older ledger does not tell; there the day of its last change is that of recording, at the
        earliest, and the API's *window* of today is added to it.
        """
        if entry.window_ends or not entry.deprecated or self.stability:
            return entry.window_ends
        return window_end(entry.deprecated, entry.recorded, entry.remove_after, window)

    def joined(self, later: Ledger) -> Ledger:
        """Return this ledger with what *later* has beyond it: promises, and places of reasons."""
        is_strong = "append-only" in (self.stability, later.stability)
        windows = self.deprecation_window_days, later.deprecation_window_days
        named = dict.fromkeys((*self.envelopes, *later.envelopes))
        wires = {name: self._followed(later, name) for name in (None, *named)}
        return self.model_copy(
            update={
                "stability": "append-only" if is_strong else self.stability or later.stability,
                "deprecation_window_days": longer(*windows),
                "envelope": wires.pop(None),
                "envelopes": wires,
            }
        )

    def _followed(self, later: Ledger, envelope: str | None) -> Wire | None:
        """Return where *later* has a reason in an envelope, unless it breaks what is here."""
        old, new = self._wire(envelope), later._wire(envelope)
        may_differ = later.schema_version > self.schema_version
        return old if old and new and not may_differ and any(lost(old, new)) else new or old

    @property
    def living(self) -> Iterator[Entry]:
        """The entries that clients may still receive, for which every promise holds."""
        return (entry for entry in self.entries.values() if not entry.retired)

    @property
    def last_day(self) -> str:
        """The last day that it tells of; the last release was no earlier."""
        return max((entry.last_day for entry in self.entries.values()), default="")


def window_end(
    since: str, recorded: str | None, until: str | None, window: int | None
) -> str | None:
    """Return the end of a window that counts from the day of recording, where it is after *until*.

    The day of recording cannot be antedated, as the day of the deprecation can.
    """
    end = stays_until(max(since, recorded or ""), None, window)
    return end if end and end > (until or "") else None


def longer(*windows: int | None) -> int | None:
    """Return the longest of some windows; None where there is none at all."""
    return max((days for days in windows if days is not None), default=None)


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


def promised_by(api: Api) -> dict[str, Any]:
    """Return what a ledger holds of an API as a whole; nothing of what is at fault."""
    named: list[tuple[str | None, Envelope]] = [(None, api.envelope), *api.envelopes.items()]
    is_sound = api.is_sound("envelope", "envelopes")
    keys = [key for key in ("stability", "deprecation_window_days") if api.is_sound(key)]
    wires = {
        name: wire_of(each)
        for name, each in named
        if is_sound and each.is_sound(*Wire.model_fields)
    }
    return {
        **{key: getattr(api, key) for key in keys},
        "envelope": wires.pop(None, None),
        "envelopes": wires,
    }


def entry_of(reason: Reason, api: Api, today: str) -> Entry:
    """Return what the ledger holds of a reason that is published for the first time.

    The day until which a deprecated one stays is on record even where only the API's window says
    it, so that a shorter window later does not shorten what was promised.
    """
    gone = reason.deprecated
    until = gone.remove_after if gone else None
    window_ends = None
    if gone and reason.lifecycle == "deprecated" and api.is_sound("deprecation_window_days"):
        until = stays_until(gone.since, until, api.deprecation_window_days)
        window_ends = window_end(gone.since, today, until, api.deprecation_window_days)
    return Entry.of(
        reason.name,
        first=reason.since if reason.since and is_date(reason.since) else today or None,
        domain=reason.domain,
        http=reason.http,
        arrives_in=reason.arrives_in,
        status=reason.status,
        schema_version=api.schema_version,
        slug=None if reason.slug == reason.name else reason.slug,
        # Where that is at fault, it is none that has a place.
        envelope=reason.envelope_name if reason.is_sound("envelope") else "?",
        facts=facts_of(reason),
        observed=observed_of(reason),
        deprecated=gone.since if gone else None,
        remove_after=until,
        window_ends=window_ends,
        retired=gone.retired if gone else None,
        replaced_by=gone.replaced_by if gone else None,
        correction=gone.never_sent if gone else False,
        corrections=tuple(map(Corrected.of, reason.corrections)),
    )
