"""The ledger and the YAML beside it agree about the past."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.dates import is_date
from reasonbook.format.model import Api, Reason
from reasonbook.ledger.append_only import check_against
from reasonbook.ledger.record import Entry, Ledger, is_published
from reasonbook.ledger.said import Said


def check_ledger(api: Api, ledger: Ledger | None, problems: Problems) -> None:
    """Compare the YAML with its own ledger; without a ledger, nothing is published yet."""
    if ledger is None:
        return
    if ledger.api != api.name:
        problems.add(
            Rule.LEDGER_BROKEN,
            ledger.node.location,
            f"This is the ledger of {ledger.api}, not of {api.name}.",
        )
        return
    check_against(api, ledger, problems)
    for entry in ledger.entries.values():
        reason = api.reasons.get(entry.reason)
        again = bool(entry.retired) and reason is not None and reason.lifecycle != "retired"
        if reason is not None and is_published(reason) and not again:
            _check_recorded(reason, entry, problems)


def _since(reason: Reason, entry: Entry) -> tuple[str | None, str | None]:
    """Return since when a reason is published: as it says, and as is on record.

    Where the first release did not know, its own day is on record, and the right one may follow;
    older ledgers do not tell whether it was known.
    """
    if entry.facts is None:
        now = reason.since if reason.since and is_date(reason.since) else entry.first
        return now, entry.first
    known = entry.facts.get("since")
    return reason.since, str(known) if known else None


def _check_recorded(reason: Reason, entry: Entry, problems: Problems) -> None:
    """Compare what the YAML says of the past with what is on record."""
    gone, said = reason.deprecated, Said(reason, entry, problems)
    # What is said now, what is on record (None where nothing is), and where it is said.
    facts: tuple[tuple[str, object, object, tuple[str, ...]], ...] = (
        ("since", *_since(reason, entry), ("since",)),
        ("deprecated since", gone and gone.since, entry.deprecated, ("deprecated", "since")),
        ("retired", gone and gone.retired, entry.retired, ("deprecated", "retired")),
        # Until the reason is gone, a later day may be promised, and a successor still be named.
        (
            "remove_after",
            (gone and gone.remove_after) or entry.remove_after,
            entry.remove_after if entry.retired else None,
            ("deprecated", "remove_after"),
        ),
        (
            "replaced_by",
            gone and gone.replaced_by,
            entry.replaced_by if entry.retired else None,
            ("deprecated", "replaced_by"),
        ),
    )
    for name, now, recorded, path in facts:
        if recorded is None or now == recorded:
            continue
        # What was promised, and that it was, is kept even where it was a mistake.
        is_fact = name != "remove_after" and (gone is not None or name == "since")
        said.contradicts(
            Rule.LEDGER_DIFFERS,
            reason.at(*path),
            f"{reason.name} has {name} {now or 'none'}, but the ledger says {recorded}.",
            *([(".".join(path), recorded)] if is_fact else []),
            hint="A deprecation that was published is not taken back: keep it, and promise a later "
            "remove_after."
            if gone is None and entry.deprecated == recorded
            else "",
        )
