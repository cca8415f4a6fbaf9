"""``reasonbook check``: all rules on a catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

from reasonbook.checking import verify, verify_against
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import printable
from reasonbook.diagnostics.rules import Rule
from reasonbook.ledger.baseline import BaselineError, read_baseline
from reasonbook.render.wording import number

# Under these rules something was not looked at, and so nobody knows whether it is clean.
COULD_NOT_CHECK = frozenset({Rule.EMPTY_CATALOGUE, Rule.UNREADABLE_FILE})


def run_check(root: Path, *, against: str | None = None, format_: str = "text") -> int:
    """Check the catalogue at *root*, print what was found, return the exit code.

    With *against*, also hold it against an older state: a folder, a published file or a git ref.
    """
    loaded, notes = verify(root), []
    if against is not None:
        try:
            notes = verify_against(loaded, read_baseline(against, root))
        except BaselineError as error:
            print(f"reasonbook: {printable(str(error))}", file=sys.stderr)
            return 2
    print_problems(loaded.problems, format_, notes)
    shown = printable(display_path(root))
    if loaded.problems:
        unread = any(problem.rule in COULD_NOT_CHECK for problem in loaded.problems)
        left = "; not everything could be checked" if unread else ""
        print(f"{number(len(loaded.problems), 'problem')} in {shown}{left}", file=sys.stderr)
        return 2 if unread else 1
    if format_ != "text":
        return 0
    apis = loaded.catalogue.apis.values()
    counts = (
        number(len(apis), "API"),
        number(sum(len(api.reasons) for api in apis), "reason"),
        number(sum(len(r.examples) for api in apis for r in api.reasons.values()), "example"),
    )
    print(f"{shown}: {', '.join(counts)}: clean")
    return 0
