"""How much prose there may be: more than any text needs, less than what keeps a parser busy."""

from __future__ import annotations

import re
from collections import Counter

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Record
from reasonbook.text.yaml_nodes import descend

_MARK = re.compile(r"[*_`\[\]\\]|\n *-")


class ProseSize:
    """Counts the prose of each file, and reports what is too much to be parsed."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._marks: Counter[str] = Counter()

    def admits(self, record: Record, path: tuple[str | int, ...], text: str) -> bool:
        """Tell whether a text is to be parsed; where it is too much, that is reported."""
        if len(text) > limits.PROSE_CHARACTERS:
            message = (
                f"The text has {len(text):,} characters; {limits.PROSE_CHARACTERS:,} are the most."
            )
            hint = "Shorten it, or move it to a page of its own and link to that."
        else:
            file = record.source.location.path
            before = self._marks[file]
            self._marks[file] += len(_MARK.findall(text))
            if self._marks[file] <= limits.PROSE_MARKS:
                return True
            if before > limits.PROSE_MARKS:  # which has been reported
                return False
            message = (
                f"The texts up to here hold more than {limits.PROSE_MARKS:,} marks such as * or `."
            )
            hint = "Split the domain, or use fewer marks."
        at = descend(record.source, path).location
        self._problems.add(Rule.TOO_LARGE, at, message, hint)
        return False
