"""Reading what is right; what is wrong stands in the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.yaml_nodes import MappingNode, ScalarNode, descend, plain
from reasonbook.text.yaml_reader import parse_yaml, read_yaml


def read(text: str) -> MappingNode:
    problems = Problems()
    mapping = parse_yaml(text, "file", problems)
    assert list(map(str, problems)) == []
    assert mapping is not None
    return mapping


def scalar(text: str, key: str = "a") -> ScalarNode:
    node = read(text).entries[key]
    assert isinstance(node, ScalarNode)
    return node


def place(location: Location) -> tuple[int, int]:
    return location.line, location.column


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("404", 404),
        ("-7", -7),
        ("999999999999999", 999999999999999),
        ("0.5", 0.5),
        ("-1.25", -1.25),
        ("text", "text"),
        ("two words", "two words"),
        ("1.2.3", "1.2.3"),
        ("v1.10", "v1.10"),
        ("10 seconds", "10 seconds"),
        ("GET /calls/{id}", "GET /calls/{id}"),
        ("nothing", "nothing"),
        ("yesterday", "yesterday"),
        ("infinity", "infinity"),
        ('"404"', "404"),
        ("'NO'", "NO"),
        ('"0404"', "0404"),
        ('"2026-04-25"', "2026-04-25"),
        ('""', ""),
        ('"null"', "null"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("'it''s'", "it's"),
    ],
)
def test_a_value_is_what_every_reader_takes_it_for(written: str, value: object) -> None:
    found = scalar(f"a: {written}\n").value
    assert (found, type(found)) == (value, type(value))


# fmt: off
DISPUTED = [
    "y", "N", "yes", "No", "ON", "off", "0404", "00", "0o17", "0x1F", "0b11", "4_04",
    "1_000.5", "+1", "1.0", "1.10", "1.", ".5", "-.5", "1e3", "1.5E-7", ".inf", "-.INF",
    ".NaN", "4:04", "4:4", "12:30:45", "1:30.5", "2026-04-25", "2026-4-5",
    "2026-04-25T10:00:00Z", "=", "9007199254740992",
]
# fmt: on


@pytest.mark.parametrize("written", DISPUTED)
def test_what_readers_take_differently_is_refused_without_quotes(written: str) -> None:
    problems = Problems()
    parse_yaml(f"a: {written}\nb: '{written}'\nc: [x, \"{written}\"]\n", "file", problems)
    assert [(problem.rule, place(problem.location)) for problem in problems] == [
        (Rule.AMBIGUOUS_VALUE, (1, 4))
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|\n  one\n  two\n", "one\ntwo\n"),
        ("|-\n  one\n\n  two\n", "one\n\ntwo"),
        (">-\n  one\n  two\n", "one two"),
        ("one\n  two\n", "one two"),
        ("|\n  404\n", "404\n"),
    ],
)
def test_text_over_several_lines(written: str, text: str) -> None:
    assert scalar(f"a: {written}").value == text


def test_data_without_places() -> None:
    text = "a: [1, two, {b: null}]\nc:\n  404: {}\n"
    assert plain(read(text)) == {"a": [1, "two", {"b": None}], "c": {"404": {}}}


def test_places_count_lines_and_characters_from_one() -> None:
    mapping = read("é: [ü, ö]\nb:\n  - c: d\n")
    assert place(descend(mapping, ("é", 1)).location) == (1, 8)
    assert place(descend(mapping, ("b", 0, "c")).location) == (3, 8)
    assert place(mapping.key_location("b")) == (2, 1)


def test_a_place_that_is_left_out_is_that_of_what_would_hold_it() -> None:
    mapping = read("a:\n  b: [c]\n")
    assert place(descend(mapping, ("a", "x", "y")).location) == (2, 3)
    assert place(descend(mapping, ("a", "b", 7)).location) == (2, 6)


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        pytest.param("a: |\n  {\n    1\n  }\n", 2, 3, (3, 5), id="block"),
        pytest.param("a: |  # comment\n\n\n  x\n", 3, 1, (4, 3), id="block after blank lines"),
        pytest.param("a: |2\n     x\n", 1, 4, (2, 6), id="block that begins with spaces"),
        pytest.param("a: |\r\n  x\r\n  y\r\n", 2, 1, (3, 3), id="block with Windows line ends"),
        pytest.param("a: |\n  é\n  東京 x\n", 2, 4, (3, 6), id="block with other scripts"),
        pytest.param("a: [b, cde]\na2: x\n", 1, 3, (1, 4), id="no text at all"),
        pytest.param("a: plain\n", 1, 3, (1, 6), id="plain"),
        pytest.param("a: 'single'\n", 1, 3, (1, 7), id="single quotes"),
        pytest.param('a: "{1}"\n', 1, 2, (1, 6), id="double quotes"),
        pytest.param('a: "\\u0041b"\n', 1, 2, (1, 4), id="escapes: the value as a whole"),
        pytest.param("a: 'it''s'\n", 1, 4, (1, 4), id="doubled quotes: the value as a whole"),
        pytest.param("a: >\n  x\n  y\n", 1, 3, (1, 4), id="folded: the value as a whole"),
        pytest.param("a: x\n  y\n", 1, 3, (1, 4), id="plain over two lines: the value as a whole"),
    ],
)
def test_a_place_within_a_text(
    text: str, line: int, column: int, expected: tuple[int, int]
) -> None:
    node = read(text).entries["a"]
    found = node.locate(line, column) if isinstance(node, ScalarNode) else node.location
    assert place(found) == expected


@pytest.mark.parametrize("text", ["a: b\n", "a: b", "\ufeffa: b\n", "---\na: b\n...\n", "a: b\r"])
def test_the_same_file_in_several_ways(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode())
    problems = Problems()
    mapping = read_yaml(path, problems)
    assert list(map(str, problems)) == []
    assert mapping is not None
    assert plain(mapping) == {"a": "b"}


def test_old_line_ends_count_as_lines() -> None:
    assert place(scalar("a: b\rc: d\r", "c").location) == (2, 4)


def test_a_duplicate_key_still_gives_its_first_value() -> None:
    problems = Problems()
    mapping = parse_yaml("a: 1\nb: 2\na: 3\n", "file", problems)
    assert mapping is not None
    assert plain(mapping) == {"a": 1, "b": 2}
    assert len(problems) == 1


def test_data_may_be_as_deep_as_the_limit() -> None:
    depth = limits.YAML_LEVELS - 1
    read("a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1))


def test_tags_run_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    problems = Problems()
    parse_yaml('a: !!python/object/apply:os.system ["touch ran"]\n', "file", problems)
    assert len(problems) == 1
    assert not Path("ran").exists()
