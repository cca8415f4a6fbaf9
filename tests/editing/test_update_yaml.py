"""Values change at their places in a YAML file, and everything else stays."""

from __future__ import annotations

from typing import Any

import pytest

from reasonbook.editing.update_yaml import GONE, TOP, update_mappings

TEXT = """\
# Ours.
domain: orders
reasons:
- http: 404 # seen
  reason: A

  cause: >-
    One
    line.
  fix: [One, Two]   # two
- reason: B
  attributes:
  - name: x  # note
    value: y
- {reason: C, http: 1}
# The end.
"""


@pytest.mark.parametrize(
    ("code", "key", "value", "old", "new"),
    [
        ("A", "http", 410, "http: 404 # seen", "http: 410 # seen"),
        ("A", "cause", "Two: x", "cause: >-\n    One\n    line.\n", 'cause: "Two: x"\n'),
        ("A", "cause", GONE, "  cause: >-\n    One\n    line.\n", ""),
        ("B", "title", "Bee", "    value: y\n", "    value: y\n  title: Bee\n"),
        (
            "B",
            "body",
            "{\n\n\n}\n",
            "    value: y\n",
            "    value: y\n  body: |\n    {\n\n\n    }\n",
        ),
        (TOP, "domain", "payments", "domain: orders", "domain: payments"),
        (TOP, "title", "T", "# The end.\n", "title: T\n# The end.\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_one_value_changes_and_every_other_byte_stays(
    code: str, key: str, value: Any, old: str, new: str, newline: str
) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace("\n", newline)
    updated = update_mappings(text, {code: {key: value}}, "reasons", "reason")
    assert updated.left == []
    if code == TOP and key == "title":  # the comment below a list is after it
        assert updated.text.replace(newline, "\n") in (
            TEXT.replace(old, new),
            TEXT + "title: T\n",
        )
    else:
        assert updated.text == TEXT.replace(old, new).replace("\n", newline)


@pytest.mark.parametrize(
    ("code", "key"),
    [("A", "fix"), ("B", "attributes"), ("C", "http")],
    ids=["comment", "comment-inside", "in-brackets"],
)
def test_what_would_lose_a_comment_or_is_in_brackets_stays(code: str, key: str) -> None:
    updated = update_mappings(TEXT, {code: {key: ["x"]}}, "reasons", "reason")
    assert (updated.text, updated.left) == (TEXT, [(code, key)])
