"""What is allowed, but worth knowing: said as notes, and nothing fails."""

from __future__ import annotations

from collections.abc import Iterator

from reasonbook.diagnostics.problems import Note
from reasonbook.format.model import Api, Reason
from reasonbook.ledger.base_state import ApiState
from reasonbook.ledger.record import Entry, Ledger, is_published
from reasonbook.ledger.wire import Wire, lost, wire_of


def not_on_record(api: Api, ledger: Ledger) -> Iterator[Note]:
    """Tell of reasons that clients may rely on, and that no release has recorded."""
    known = ledger.entries
    found = [r for r in api.reasons.values() if is_published(r) and r.name not in known]
    if found:
        count = "1 reason is" if len(found) == 1 else f"{len(found)} reasons are"
        yield Note(
            found[0].at("reason"),
            f"{count} not on record in published.json: {_some([r.name for r in found])}. Run "
            "`reasonbook publish` when you release: what is not on record may change unseen, "
            "unless it is compared with an older state.",
        )


def beside(api: Api, state: ApiState) -> Iterator[Note]:
    """Tell what changed since an older state."""
    for entry in state.ledger.entries.values():
        reason = api.reasons.get(entry.reason)
        if reason is not None:
            yield from _of_reason(reason, entry)
    yield from _of_places(api, state)
    yield from _of_addresses(api, state)


def _of_reason(reason: Reason, entry: Entry) -> Iterator[Note]:
    fresh = [code for code in reason.http_codes if code not in entry.http_codes]
    if entry.http_codes and fresh and entry.http_codes <= {*reason.http_codes}:
        codes = ", ".join(map(str, fresh))
        yield Note(reason.at("http"), f"{reason.name} has HTTP {codes}, too.")
    ways = [way for way in reason.arrives_in if way not in entry.arrives_in]
    if entry.arrives_in and ways:
        message = f"{reason.name} arrives in {', '.join(ways)}, too."
        yield Note(reason.at("arrives_in"), message)
    if reason.domain != entry.domain:
        message = f"{reason.name} moved from {entry.domain} to {reason.domain}."
        yield Note(reason.at("reason"), message)
    if reason.deprecated and reason.deprecated.never_sent and not entry.retired:
        message = f"{reason.name}, {entry.published}, is retired at once, as never sent."
        yield Note(reason.at("deprecated", "never_sent"), message)
    for each in entry.fresh_corrections(reason.corrections):
        message = f"{reason.name} is corrected: {each.sentence}"
        yield Note(reason.at("corrections"), message)


def _of_places(api: Api, state: ApiState) -> Iterator[Note]:
    """Tell of envelopes that hold the reason elsewhere, too, or only there by a higher version."""
    before: list[tuple[str | None, Wire | None]] = [(None, state.ledger.envelope)]
    for name, old in [*before, *state.ledger.envelopes.items()]:
        envelope = api.envelopes.get(name) if name else api.envelope
        if old is None or envelope is None:
            continue
        new = wire_of(envelope)
        gone, fresh = ([what for _, what in lost(*both)] for both in ((old, new), (new, old)))
        where = "The envelope" if name is None else f"The envelope {name}"
        if fresh:
            yield Note(envelope.at(), f"{where} has {', '.join(fresh)}, which is new.")
        if gone and api.schema_version > state.schema_version:
            version = f"since schema_version {api.schema_version}"
            yield Note(envelope.at(), f"{where} no longer has {', '.join(gone)}, {version}.")


def _of_addresses(api: Api, state: ApiState) -> Iterator[Note]:
    """Tell of pages that are gone: an address is kept from the day a reason is published there."""
    at, entries = api.at("domains"), state.ledger.entries
    for name, said in state.reasons.items():
        if name not in entries and not api.may_have(name):
            yield Note(at, f"{name} is gone with its page; it was {said.get('lifecycle')}.")
    kept = {name for e in entries.values() for name in (e.domain, *e.former_domains)}
    before = dict.fromkeys(said["domain"] for said in state.reasons.values() if "domain" in said)
    for domain in before:
        if domain not in kept and api.domain(domain) is None:
            yield Note(
                at, f"The domain {domain} is gone with its page; no reason was published there."
            )


def _some(names: list[str]) -> str:
    """Return the first of some names."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
