from __future__ import annotations

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problem, Problems, printable
from reasonbook.diagnostics.rules import Rule

HERE = Location("shop/api.yaml", 3, 5)


def test_a_problem_says_where_what_and_how_to_fix_it() -> None:
    problem = Problem(HERE, Rule.MISSING_KEY, "The file has no title.", "Add it.")
    assert str(problem) == (
        "shop/api.yaml:3:5: error[missing-key]: The file has no title.\n  hint: Add it."
    )


def test_no_control_character_of_a_problem_reaches_the_terminal() -> None:
    place = Location("\x1b[31m.yaml")
    problem = Problem(place, Rule.BAD_NAME, "The name a\nb is\r taken.", "Not \x9b1m.")
    assert str(problem) == (
        r"\u001b[31m.yaml:1:1: error[bad-name]: The name a\u000ab is\u000d taken."
        "\n"
        r"  hint: Not \u009b1m."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, naïve Köln 東京 😀", "plain text, naïve Köln 東京 😀"),
        ("bell\x07", r"bell\u0007"),
        ("delete\x7f", r"delete\u007f"),
        ("right to left \u202e.", r"right to left \u202e."),
        ("isolate \u2066.", r"isolate \u2066."),
        ("Arabic mark \u061c.", r"Arabic mark \u061c."),
        ("no width \u200b.", r"no width \u200b."),
        ("line \u2028.", r"line \u2028."),
        ("half \ud83d.", r"half \ud83d."),
        ("mark \ufeff.", r"mark \ufeff."),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_problems_come_in_the_order_of_file_and_place() -> None:
    problems = Problems()
    problems.add(Rule.BAD_NAME, Location("b"), "third")
    problems.add(Rule.BAD_NAME, Location("a", 10), "second")
    problems.add(Rule.BAD_NAME, Location("a", 9), "first")
    assert [problem.message for problem in problems] == ["first", "second", "third"]


def test_the_same_is_said_once() -> None:
    problems, others = Problems(), Problems()
    for collector in (problems, problems, others):
        collector.add(Rule.BAD_NAME, HERE, "The name index is reserved.")
    problems.extend(others)
    assert len(problems) == 1


def test_the_hint_of_the_rule_stands_in_for_a_better_one() -> None:
    problems = Problems()
    problems.add(Rule.MISSING_KEY, HERE, "one")
    problems.add(Rule.MISSING_KEY, HERE, "two", "A sentence.")
    assert [problem.hint for problem in problems] == ["Add it.", "A sentence."]


def test_problems_count_as_errors() -> None:
    problems = Problems()
    problems.add(Rule.MISSING_KEY, HERE, "one")
    assert problems.errors == 1


@pytest.mark.parametrize(("first", "kept"), [(Rule.WRONG_TYPE, 1), (Rule.RAW_MARK, 2)])
def test_only_an_error_hides_what_is_found_later_at_its_place(first: Rule, kept: int) -> None:
    problems, later = Problems(), Problems()
    problems.add(first, HERE, "The first.")
    later.add(Rule.REASON_REMOVED, HERE, "The second.")
    problems.extend_elsewhere(later)
    assert len(problems) == kept
