"""``reasonbook publish``: writes the ledger of what is published; a step of a release."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.checking import verify
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import printable
from reasonbook.format.dates import is_date
from reasonbook.format.model import Reason
from reasonbook.ledger.file import write_ledger
from reasonbook.ledger.record import is_published, publish


def run_publish(root: Path, date: str | None) -> int:
    """Write ``published.json`` of every API; only where the catalogue breaks no rule.

    *date* stands for today. Exit codes as for ``check``.
    """
    today = date or datetime.date.today().isoformat()
    if not is_date(today):
        print(f"reasonbook: {today} is no date such as 2026-04-25.", file=sys.stderr)
        return 2
    loaded = verify(root)
    apis = loaded.catalogue.apis.values()
    if loaded.problems.errors:
        print_problems(loaded.problems, "text")
        print("Nothing was published.", file=sys.stderr)
        return 1 if apis else 2
    early = [
        f"{at}: {reason.name} is {what} on {day}, which is after {today}."
        for reason in loaded.catalogue.reasons()
        if is_published(reason)
        for at, what, day in _days(reason)
        if day > today
    ]
    if early:
        print("\n".join(map(printable, early)))
        print("Nothing was published.", file=sys.stderr)
        return 1
    for api in apis:
        path = api.path.parent / LEDGER_FILE
        before = loaded.ledgers.get(api.name)
        after = publish(api, before, today)
        text = write_ledger(after)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            print(f"{display_path(path)}: nothing new")
            continue
        temporary = path.with_suffix(".json.new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)  # whole or not at all
        fresh = len(after.entries) - (len(before.entries) if before else 0)
        print(f"{display_path(path)}: {len(after.entries)} reasons, {fresh} of them new")
    return 0


def _days(reason: Reason) -> Iterator[tuple[Location, str, str]]:
    """Yield the days that must have come when a reason is published."""
    if reason.since:
        yield reason.at("since"), "published", reason.since
    if gone := reason.deprecated:
        yield gone.at("since"), "deprecated", gone.since
        if gone.retired:
            yield gone.at("retired"), "retired", gone.retired
