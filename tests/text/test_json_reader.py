from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasonbook import limits
from reasonbook.diagnostics.rules import Rule
from reasonbook.text import json_reader
from reasonbook.text.json_pointer import escape_token
from reasonbook.text.json_reader import parse_json

DUPLICATE, UNSAFE = Rule.JSON_DUPLICATE_MEMBER, Rule.JSON_UNSAFE_VALUE


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "true",
        " false ",
        "0",
        "-0",
        "-12.5e+3",
        "9007199254740991",
        '""',
        '"\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\ud83d\\ude00"',
        '"東京 😀 \u2028"',
        "[]",
        "[1, [2], {}]",
        '{"a": {"b": [null]}, "": 0, "a/b~c": 1}',
        "\t\r\n{ }\n",
    ],
)
def test_strict_json_gives_what_the_standard_library_gives(text: str) -> None:
    parsed = parse_json(text)
    assert parsed.faults == ()
    assert not parsed.broken
    assert parsed.value == json.loads(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 The JSON ends where a value is expected."),
        ("  \n ", "1:1 The JSON ends where a value is expected."),
        ("\ufeff{}", "1:1 There is a byte-order mark before the JSON."),
        ("{} {}", '1:4 Text follows the end of the JSON: "{}".'),
        ("nul", "1:1 This is not a valid JSON value: nul."),
        ("True", "1:1 This is not a valid JSON value: True."),
        ("NaN", "1:1 This is not a valid JSON value: NaN."),
        ("Infinity", "1:1 This is not a valid JSON value: Infinity."),
        ("-Infinity", '1:1 This is not a valid JSON value: "-Infinity".'),
        ("'a'", "1:1 This is not a valid JSON value: \"'a'\"."),
        ("01", '1:1 This is not a valid JSON number: "01".'),
        ("1.", '1:1 This is not a valid JSON number: "1.".'),
        (".5", '1:1 This is not a valid JSON value: ".5".'),
        ("+1", '1:1 This is not a valid JSON value: "+1".'),
        ("0x1F", '1:1 This is not a valid JSON number: "0x1F".'),
        ("1_000", '1:1 This is not a valid JSON number: "1_000".'),
        ('"a', "1:3 The string is not closed on its line."),
        ('["a\nb"]', "1:4 The string is not closed on its line."),
        ('"a\tb"', "1:3 The control character U+0009 must be escaped in a string."),
        ('"\\x41"', "1:2 JSON has no such escape."),
        ('"\\u12"', "1:2 JSON has no such escape."),
        ("[1, 2,]", "1:7 A comma is followed by nothing."),
        ("[1 2]", '1:4 A comma or ] is expected, not "2]".'),
        ("[1 \n", "1:3 A comma or ] is expected, not the end of the text."),
        ("[1", "1:3 A comma or ] is expected, not the end of the text."),
        ("[}", "1:2 A value is expected before }."),
        ('{"a": 1,}', "1:9 A comma is followed by nothing."),
        ('{"a":}', "1:6 A value is expected before }."),
        ('{"a" 1}', '1:6 A colon is expected after the name "a".'),
        ("{a: 1}", '1:2 A member name in double quotes is expected, not "a: 1}".'),
        ("{1: 1}", '1:2 A member name in double quotes is expected, not "1: 1}".'),
        ('{"a": 1 "b": 2}', '1:9 A comma or } is expected, not "\\"b\\": 2}".'),
        ("// no\n{}", "1:1 JSON has no comments."),
        ("{ /* no */ }", "1:3 JSON has no comments."),
        ("{}\n# no", "2:1 JSON has no comments."),
    ],
)
def test_what_is_no_json_ends_the_reading(text: str, said: str) -> None:
    parsed = parse_json(text)
    assert parsed.broken
    ((position, message, rule, _),) = parsed.faults
    assert f"{position.line}:{position.column} {message}" == said
    assert rule is Rule.JSON_SYNTAX


@pytest.mark.parametrize(
    ("text", "said", "rule"),
    [
        ('{"a": 1,\n "a": 2}', '2:2 The member "a" is there twice.', DUPLICATE),
        (
            '{"a": 1, "\\u0061": 2}',
            '1:10 The member "a" is there twice.',
            DUPLICATE,
        ),
        (
            "9007199254740992",
            "1:1 The integer 9007199254740992 is beyond 2^53 - 1: many readers change it.",
            UNSAFE,
        ),
        (
            "-" + "9" * 5000,
            f"1:1 The integer -{'9' * 79}... is beyond 2^53 - 1: many readers change it.",
            UNSAFE,
        ),
        ("[1e400]", "1:2 The number 1e400 is too large.", UNSAFE),
        *(
            (
                number,
                f"1:1 The number {number} is beyond 2^53 - 1: many readers change it.",
                UNSAFE,
            )
            for number in ("9007199254740993.0", "-9007199254740992.0")
        ),
        (
            "-1e-999",
            "1:1 The number -1e-999 is too small: many readers take it for 0.",
            UNSAFE,
        ),
        (
            "450.00000000000000000001",
            "1:1 The number 450.00000000000000000001 has too many digits: "
            "many readers make it 450.0.",
            UNSAFE,
        ),
        (
            f"0.{'3' * 90_000}",
            f"1:1 The number 0.{'3' * 78}... has too many digits: "
            "many readers make it 0.3333333333333333.",
            UNSAFE,
        ),
        ('"\\ud83d"', "1:1 The string holds half of a surrogate pair.", UNSAFE),
        (
            '{"\\ude00": 1}',
            "1:2 The string holds half of a surrogate pair.",
            UNSAFE,
        ),
    ],
)
def test_what_readers_take_differently_is_named_and_read_on(
    text: str, said: str, rule: Rule
) -> None:
    parsed = parse_json(text)
    assert not parsed.broken
    (fault,) = parsed.faults
    assert f"{fault.position.line}:{fault.position.column} {fault.message}" == said
    assert fault.rule is rule


@pytest.mark.parametrize(
    "number",
    [
        "0.1",
        "-0.0",
        "0e-999",
        "1.50",
        "450.00000000000000000000",
        "9007199254740991.0",
        "9.007199254740991e15",
        "0.30000000000000004",
        "1e-300",
        f"1e{'0' * 5000}2",
        f"0e{'9' * 5000}",
    ],
)
def test_a_number_that_every_reader_keeps(number: str) -> None:
    assert parse_json(number).faults == ()
    assert parse_json(number).value == float(number)


def test_all_faults_are_found_up_to_the_first_of_syntax() -> None:
    parsed = parse_json('{"a": 1e999, "b": 1,\n "b": 2, "c": tru}')
    assert [fault.position for fault in parsed.faults] == [(1, 7), (2, 2), (2, 15)]


def test_of_a_duplicate_member_the_first_counts() -> None:
    parsed = parse_json('{"a": {"x": 1}, "a": {"x": 2, "y": 3}}')
    assert parsed.value == {"a": {"x": 1}}
    assert parsed.position("/a/x") == (1, 13)
    assert parsed.position("/a/y") == parsed.position("/a")
    assert "/a/y" not in parsed.names


def test_every_value_has_its_place_by_its_pointer() -> None:
    parsed = parse_json('{\n  "a/b": [10, {"c~": true}]\n}')
    assert parsed.position("") == (1, 1)
    assert parsed.position("/a~1b") == (2, 10)
    assert parsed.position("/a~1b/0") == (2, 11)
    assert parsed.position("/a~1b/1/c~0") == (2, 22)
    assert parsed.names["/a~1b/1/c~0"] == (2, 16)


def test_what_is_not_there_has_the_place_of_what_would_hold_it() -> None:
    parsed = parse_json('{"a": {"b": 1}}')
    assert parsed.position("/a/x/y") == parsed.position("/a") == (1, 7)


def test_a_pointer_escapes_what_it_needs_itself() -> None:
    assert escape_token("a/b~1") == "a~1b~01"


def test_a_text_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JSON_CHARACTERS", 4)
    assert parse_json("[10]").faults == ()
    (fault,) = parse_json("[100]").faults
    assert fault == ((1, 1), "The text has more than 4 characters.", Rule.TOO_LARGE, "Shorten it.")


def test_what_is_nested_too_deep_is_called_so() -> None:
    (fault,) = parse_json("[" * 65).faults
    assert fault[:3] == ((1, 65), "The JSON is nested more than 64 levels deep.", Rule.TOO_DEEP)


def test_the_time_grows_with_the_length_alone() -> None:
    # On one line, so that columns are large; with duplicates, each of them a fault.
    members = [f'"{number}": 0' for number in range(20_000)]
    start = time.process_time()
    parsed = parse_json("{" + ", ".join(members + ['"0": [1]'] * limits.JSON_FINDINGS) + "}")
    assert len(parsed.faults) == limits.JSON_FINDINGS
    assert not parsed.broken
    assert time.process_time() - start < 10


def test_reading_ends_where_faults_do_not() -> None:
    parsed = parse_json("[" + ", ".join(["1e999"] * (limits.JSON_FINDINGS + 1)) + "]")
    assert parsed.broken
    assert parsed.faults[-1].message == "After 100 faults the rest of the JSON is not read."
    assert parsed.faults[-1].rule is Rule.TOO_LARGE


@pytest.mark.parametrize(
    "number", ["0.10000000000000001", "52.520006599999999", "6.02214076e23", "1e21", "1.5E300"]
)
def test_what_a_double_gives_back_may_be_written(number: str) -> None:
    assert not parse_json(number).faults


PARTS = [
    *'{}[]",:0-1.eE \n\tab\\/u\u00e9\x00',
    '"a":',
    '"a"',
    "\\ud83d",
    "NaN",
    "null",
    "9" * 16,
    "[" * 33,
]


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(PARTS)).map("".join)
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
)
def test_what_the_standard_library_reads_is_read_alike_with_care(text: str) -> None:
    parsed = parse_json(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_reader, "_sound_value", lambda _: json.loads("no"))
        careful = parse_json(text)
    assert (parsed.value, parsed.faults, parsed.broken, parsed.decimals) == (
        careful.value,
        careful.faults,
        careful.broken,
        careful.decimals,
    )
    assert (parsed.values, parsed.names) == (careful.values, careful.names)


def test_places_are_found_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(json_reader, "_Parser", None)
        parsed = parse_json('{"a": [1, {"b": "c"}]}' + " " * 100)
    assert parsed.value == {"a": [1, {"b": "c"}]}
    assert parsed.values["/a/1/b"] == (1, 17)
