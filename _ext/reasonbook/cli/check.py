"""``reasonbook check``: all rules on a catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

from reasonbook.core.loader import load_catalogue
from reasonbook.core.location import display_path
from reasonbook.core.problems import Rule


def run_check(root: Path) -> int:
    """Check the catalogue at *root*, print what was found, return the exit code."""
    loaded = load_catalogue(root)
    for problem in loaded.problems:
        print(problem)
    if any(problem.rule is Rule.EMPTY_CATALOGUE for problem in loaded.problems):
        return 2
    apis = loaded.catalogue.apis.values()
    if found := len(loaded.problems):
        print(f"{found} problem{'s' * (found != 1)} in {display_path(root)}", file=sys.stderr)
        return 1
    reasons = sum(len(api.reasons) for api in apis)
    examples = sum(len(r.examples) for api in apis for r in api.reasons.values())
    print(f"{display_path(root)}: {len(apis)} APIs, {reasons} reasons, {examples} examples: clean")
    return 0
