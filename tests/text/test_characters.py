from __future__ import annotations

import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.characters import (
    check_hidden,
    check_letters,
    forbidden_character,
    hidden_character,
    latin,
)

HERE = Location("shop.yaml", 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Köln, 東京, القاهرة",
        "👩‍👩‍👧 a family, held together by joiners",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 a flag, spelt in tags",
        "❤️ with its variant",
        "می‌خواهم with the joiner that Persian needs",
        "“quotes” — and – dashes…",
    ],
)
def test_people_may_write_as_they_write(text: str) -> None:
    problems = Problems()
    assert forbidden_character(text) is None
    check_hidden(text, "shop.yaml", problems)
    assert list(problems) == []


@pytest.mark.parametrize("character", "\u200b\u202a\u202e\u2060\u2066\u2069\U000e0041")
def test_what_nobody_sees_is_refused(character: str) -> None:
    problems = Problems()
    check_hidden(f"one\r\ntwo{character}\r\n", "shop.yaml", problems)
    (problem,) = problems
    assert problem.location == Location("shop.yaml", 2, 4)


@pytest.mark.parametrize(
    "text", ["שלום \u200fעולם", "ไทย\u200bภาษา", "ü\u00adber", "می\u200cخواهم"]
)
def test_what_a_script_needs_stays(text: str) -> None:
    assert hidden_character(text) is None


@pytest.mark.parametrize("text", ["CALL\u200b_NOT", "a\u200b\u200bb", "so\u00adft", "x \u200f y"])
def test_beside_ascii_nobody_needs_them(text: str) -> None:
    assert hidden_character(text) is not None


def test_a_file_full_of_them_is_reported_by_its_first() -> None:
    problems = Problems()
    check_hidden("\u200b" * 1000, "shop.yaml", problems)
    assert len(problems) == 20


@pytest.mark.parametrize(
    ("word", "plain"),
    [("САLL", "CALL"), ("ＣＡＬＬ", "CALL"), ("CALL‑ID", "CALL-ID"), ("KÖLN", "KÖLN")],
)
def test_look_alikes(word: str, plain: str) -> None:
    assert latin(word) == plain


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("CALL", None),
        ("CАLL", "CАLL holds U+0410 (CYRILLIC CAPITAL LETTER A), which looks like A."),
        ("東京", "東京 holds U+6771 (CJK UNIFIED IDEOGRAPH-6771)."),
    ],
)
def test_letters_of_a_code(name: str, message: str | None) -> None:
    problems = Problems()
    assert check_letters(name, lambda: HERE, problems) is (message is None)
    assert [problem.message for problem in problems] == ([message] if message else [])


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤\ufe0f", "👁\ufe0f\u200d🗨\ufe0f", "1\ufe0f\u20e3", "می\u200cخواهم"]
)
def test_what_joins_emoji_and_letters_is_fine(text: str) -> None:
    assert hidden_character(text) is None


@pytest.mark.parametrize(
    "character", [*"\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2066\u3164\uffa0"]
)
def test_what_nobody_sees_is_hidden(character: str) -> None:
    assert hidden_character(f"a{character}b") == character
