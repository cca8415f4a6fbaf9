"""The append-only rules: what was published stays, or goes in the open and in order.

Each rule compares a catalogue as it is now with a baseline: its own ledger, or an older state of
the catalogue. Adding, rewording, reordering and moving to another domain are always allowed; what
was never right may be corrected, in the open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import nearest
from reasonbook.format.model import Api, Reason
from reasonbook.ledger.facts import codes
from reasonbook.ledger.promises import check_lifecycle, check_places, check_promise
from reasonbook.ledger.record import Entry, Ledger, entry_of, is_published, promised_by
from reasonbook.ledger.said import Said


def check_against(api: Api, baseline: Ledger, problems: Problems, shown: int = 0) -> None:
    """Report every change from *baseline* to *api* that breaks what was published.

    *shown* is the ``schema_version`` of a state whose last release may have had a lower one.
    """
    version = max(baseline.schema_version, shown)
    if api.schema_version < version:
        problems.add(
            Rule.SCHEMA_VERSION_LOWERED,
            api.at("schema_version"),
            f"schema_version is {api.schema_version}, but {version} was published.",
        )
    check_promise(api, baseline, problems)
    check_places(api, baseline, version, problems)
    _check_domains(api, baseline, problems)
    _check_missing(api, baseline, problems)
    for entry in baseline.entries.values():
        reason = api.reasons.get(entry.reason)
        if reason is None:
            continue
        if reason.lifecycle == "planned":
            problems.add(
                Rule.REASON_REMOVED,
                reason.at("lifecycle"),
                f"{entry.reason} is planned again, but it was {entry.published}.",
            )
            continue
        said = Said(reason, entry, problems)
        _check_same(api, said, problems)
        if reason.is_sound("lifecycle", "deprecated"):
            check_lifecycle(api, said, baseline, problems)


def _check_domains(api: Api, baseline: Ledger, problems: Problems) -> None:
    """Report domains that are gone: the addresses of their pages and anchors were published."""
    listed = {domain.name for domain in api.domains}
    for entry in baseline.entries.values():
        for name in (entry.domain, *entry.former_domains):
            if name not in listed and entry.reason in api.reasons:
                problems.add(
                    Rule.REASON_REMOVED,
                    api.at("domains"),
                    f"The domain {name}, where {entry.reason} was {entry.published}, is gone.",
                    "Keep its file, if need be with reasons: [], so that its page can lead on.",
                )


def _check_missing(api: Api, baseline: Ledger, problems: Problems) -> None:
    """Report reasons that are gone, not only too broken to be read."""
    gone = [entry for entry in baseline.entries.values() if not api.may_have(entry.reason)]
    sent = [each for each in api.reasons.values() if is_published(each)] if gone else []
    fresh = [each for each in sent if each.name not in baseline.entries]
    for entry in gone:
        _report_missing(api, entry, fresh, problems)


def _report_missing(api: Api, entry: Entry, fresh: Sequence[Reason], problems: Problems) -> None:
    """Report a reason that is gone, as renamed where one of the *fresh* ones is like it."""
    near = nearest(entry.reason, [each.name for each in fresh if each.http == entry.http])
    if near:
        problems.add(
            Rule.REASON_RENAMED,
            api.reasons[near].at("reason"),
            f"{entry.reason}, {entry.published}, seems to be called {near} now.",
            f"Keep {entry.reason}, deprecate it and set replaced_by to {near}.",
        )
        return
    domain = api.domain(entry.domain)
    problems.add(
        Rule.REASON_REMOVED,
        domain.at("reasons") if domain else api.at("domains"),
        f"{entry.reason}, {entry.published}, is gone"
        + ("." if domain else f", and with it the domain {entry.domain}."),
    )


def _check_same(api: Api, said: Said, problems: Problems) -> None:
    reason, entry = said.reason, said.entry
    if not _check_http(api, said):
        _check_status(api, said)
    gone = [way for way in entry.arrives_in if way not in reason.arrives_in]
    if gone and reason.is_sound("arrives_in"):
        said.contradicts(
            Rule.STATUS_CHANGED,
            reason.at("arrives_in"),
            f"{reason.name} was published as arriving in {_listed(gone)}, and does not now.",
            ("arrives_in", entry.arrives_in),
            hint="Keep the way it arrives, or publish a new reason.",
            proof=_is_observed(entry, gone),
        )
    said.check_facts()
    said.check_corrections()
    if reason.slug != (entry.slug or entry.reason):
        problems.add(
            Rule.REASON_RENAMED,
            reason.at("slug"),
            f"The page of {reason.name} was published as {entry.slug or entry.reason}, and would "
            f"be {reason.slug} now.",
            "Keep the slug: the address is the identity of the reason.",
        )


def _is_observed(entry: Entry, gone: list[str]) -> bool:
    """Tell whether what was observed arrived in one of the ways that are gone, for certain."""
    return ("response" in gone and bool(codes(entry.observed))) or gone == [*entry.arrives_in]


def _check_http(api: Api, said: Said) -> bool:
    """Compare the HTTP statuses; tell whether some are reported."""
    reason, entry = said.reason, said.entry
    lost = entry.http_codes - set(reason.http_codes)
    if not lost or not reason.is_sound("http", "status"):
        return False
    # Under the same canonical status, it is that status which has another number now.
    moved = reason.status is not None and reason.status == entry.status
    # Where the canonical status was wrong, so was its number.
    of_status = [] if moved or entry.status is None else [("status", entry.status)]
    return said.contradicts(
        Rule.HTTP_CHANGED,
        api.at("statuses", str(reason.status), "http")
        if moved
        else reason.at("status" if reason.status else "http"),
        f"{reason.name} was published with HTTP {_listed(sorted(lost))}, and has "
        f"{_listed(reason.http_codes) or 'none that is known'} now.",
        *of_status,
        ("http", entry.http),
        proof=bool(lost & codes(entry.observed)),
    )


def _check_status(api: Api, said: Said) -> None:
    reason, entry = said.reason, said.entry
    if entry.status is None or reason.status == entry.status:
        return
    said.contradicts(
        Rule.STATUS_CHANGED,
        reason.at("status"),
        f"{reason.name} was published with status {entry.status}, and has "
        f"{reason.status or 'none'} now.",
        ("status", entry.status),
        proof=api.envelope_of(reason).status is not None,
    )


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def ledger_of_catalogue(api: Api) -> Ledger:
    """Return what counts as published in a baseline without a ledger: all that is not planned."""
    entries = {
        reason.name: entry_of(reason, api, "")
        for reason in api.reasons.values()
        if is_published(reason)
    }
    version = api.schema_version if api.is_sound("schema_version") else 1
    return Ledger.of(api.name, version, entries, **promised_by(api))
