"""``reasonbook check``: all rules on a catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

from reasonbook.core.examples import check_examples
from reasonbook.core.loader import load_catalogue
from reasonbook.core.location import display_path
from reasonbook.core.problems import Rule, printable
from reasonbook.render.words import number

# Under these rules something was not looked at, and so nobody knows whether it is clean.
COULD_NOT_CHECK = frozenset({Rule.EMPTY_CATALOGUE, Rule.UNREADABLE_FILE})


def run_check(root: Path) -> int:
    """Check the catalogue at *root*, print what was found, return the exit code."""
    loaded = load_catalogue(root)
    loaded.problems.extend(check_examples(loaded.catalogue))
    for problem in loaded.problems:
        print(problem)
    shown = printable(display_path(root))
    if loaded.problems:
        unread = any(problem.rule in COULD_NOT_CHECK for problem in loaded.problems)
        left = "; not everything could be checked" if unread else ""
        print(f"{number(len(loaded.problems), 'problem')} in {shown}{left}", file=sys.stderr)
        return 2 if unread else 1
    apis = loaded.catalogue.apis.values()
    counts = (
        number(len(apis), "API"),
        number(sum(len(api.reasons) for api in apis), "reason"),
        number(sum(len(r.examples) for api in apis for r in api.reasons.values()), "example"),
    )
    print(f"{shown}: {', '.join(counts)}: clean")
    return 0
