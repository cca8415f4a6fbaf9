"""The prose texts of a record and all below it: where, whether whole, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.faults import Steps, name_of
from reasonbook.format.record import Record, keys_to_prose
from reasonbook.text.yaml_nodes import ScalarNode, descend, leaves, scalars

_MARKS = "*_`[]\\"
_BULLET = re.compile(r"\n *-")


def prose_texts(record: Record) -> Iterator[tuple[Record, Steps, str]]:
    """Yield every prose text with the record that holds it and the steps that lead there."""
    for path, text in record.prose():
        yield record, path, text
    for _, inner in record.records(keys_to_prose(type(record))):
        yield from prose_texts(inner)


def check_cut_texts(record: Record, problems: Problems) -> None:
    """Report every text that a comment cuts short, at the number sign.

    In prose any comment does; elsewhere only one whose number sign is tight, as in ``Order #17``. A
    comment that stands off by two spaces or more, as YAML linters want it, is meant as one.
    """
    if any(leaf.comment for leaf in leaves(record.node)):
        _check_cut_texts(record, problems, ())


def _check_cut_texts(record: Record, problems: Problems, above: Steps) -> None:
    prose = {path for path, _ in record.prose()}
    records = dict(record.records())
    for path, node in scalars(record.node, but=records):
        is_prose = path in prose or (*path, 0) in prose
        if node.comment is None or not (node.tight or is_prose) or _stands_off(node):
            continue
        is_left_out = node.value is None and record.is_sound(*map(str, path[:1]))
        if path and (isinstance(node.value, str) or is_left_out):
            message = f"{name_of((*above, *path))} ends before #, since a comment begins there."
            problems.add(Rule.CUT_TEXT, node.comment, message)
    for path, inner in records.items():
        _check_cut_texts(inner, problems, (*above, *path))


def _stands_off(node: ScalarNode) -> bool:
    start, comment = node.location, node.comment
    if comment is None or start.line != comment.line:
        return False
    return comment.column - start.column - len(str(node.value or "")) >= 2


class ProseSize:
    """Counts the prose of a file, and reports what is too much to be parsed."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._marks = 0

    def admits(self, record: Record, path: Steps, text: str) -> bool:
        """Tell whether a text is to be parsed; where it is too much, that is reported."""
        if len(text) > limits.PROSE_CHARACTERS:
            message = (
                f"The text has {len(text):,} characters; {limits.PROSE_CHARACTERS:,} are the most."
            )
            hint = "Shorten it, or move it to a page of its own and link to that."
        else:
            before = self._marks
            self._marks += sum(map(text.count, _MARKS))
            if "\n" in text:
                self._marks += len(_BULLET.findall(text))
            if self._marks <= limits.PROSE_MARKS:
                return True
            if before > limits.PROSE_MARKS:  # which has been reported
                return False
            message = (
                f"The texts up to here hold more than {limits.PROSE_MARKS:,} marks such as * or `."
            )
            hint = "Split the domain, or use fewer marks."
        at = descend(record.node, path).location
        self._problems.add(Rule.TOO_LARGE, at, message, hint)
        return False
