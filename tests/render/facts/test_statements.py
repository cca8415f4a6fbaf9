from __future__ import annotations

from reasonbook.format.prose import Code, Paragraph, Text
from reasonbook.render.facts.statements import Row, joined, line, paragraph, row


def test_a_line_takes_strings_parts_and_lines() -> None:
    assert line("a", Code("b"), (Text("c"),), "", ()) == (Text("a"), Code("b"), Text("c"))


def test_joined_has_a_mark_between_two_only() -> None:
    assert joined([Code("a")]) == (Code("a"),)
    assert joined([Code("a"), "b"]) == (Code("a"), Text(", "), Text("b"))


def test_a_cell_is_a_line_or_blocks_or_empty() -> None:
    block = paragraph("b", kind="limits")
    found = row("a", [block], (), anchor="here")
    assert found == Row(([Paragraph((Text("a"),))], [block], []), "here")
