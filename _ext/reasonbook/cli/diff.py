"""``reasonbook diff``: what changed between two states of a catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

from reasonbook.diagnostics.problems import printable
from reasonbook.ledger.baseline import BaselineError, read_baseline
from reasonbook.render import difference


def run_diff(before: str, after: str, catalogue: Path, format_: str) -> int:
    """Print the difference of two states; 0 without changes, 1 with, 2 where one is unreadable."""
    try:
        changes = difference.difference(
            read_baseline(before, catalogue), read_baseline(after, catalogue)
        )
    except BaselineError as error:
        print(f"reasonbook: {printable(str(error))}", file=sys.stderr)
        return 2
    written = difference.text(changes) if format_ == "text" else difference.markdown(changes)
    sys.stdout.write("".join(f"{printable(line)}\n" for line in written.splitlines()))
    return 1 if changes else 0
