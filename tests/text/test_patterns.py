"""Expressions are matched against whole texts, and never for long."""

from __future__ import annotations

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.patterns import Pattern, compile_pattern


def compiled(text: str, problems: Problems) -> Pattern:
    return compile_pattern(text, "It", Rule.WRONG_VALUE, Location("api.yaml"), problems)


@pytest.mark.parametrize(
    ("expression", "text", "fits"),
    [
        ("a|ab", "ab", True),
        ("a|b", "ab", False),
        ("a", "a\n", False),
        ("a", "ba", False),
        ("^a$", "a", True),
        ("(?m)^a$", "a\nb", False),
        ("", "", True),
        ("", "a", False),
        ("(a*)*b", "a" * 50_000, False),
        (".*", "\ud800", False),
    ],
)
def test_all_of_the_text_matches(expression: str, text: str, fits: bool) -> None:
    problems = Problems()
    assert compiled(expression, problems).fullmatch(text) is fits
    assert not len(problems)


@pytest.mark.parametrize(
    "expression",
    [
        "[A-Z",
        "a)",
        "a)|(b",
        "(?=a)a",
        r"(a)\1",
        "a{99999999999}",
        "((a{1,999}){1,999}){1,999}",
        "(" * 5000 + "a" + ")" * 5000,
        "\ud800",
    ],
)
def test_what_cannot_be_matched_is_told_and_fits_all(expression: str) -> None:
    problems = Problems()
    assert compiled(expression, problems).fullmatch("a\nb")
    assert [problem.message for problem in problems] == [
        "It is not a regular expression that can be matched in linear time."
    ]
