"""What is read as usual YAML is what the reader of all YAML finds, without anything odd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.yaml_nodes import leaves, plain
from reasonbook.text.yaml_reader import parse_yaml
from reasonbook.text.yaml_usual import read_usual

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("catalogue", "tests", "_ext")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if "node_modules" not in path.parts
]

USUAL = """\
---
# A comment of its own.
format: 2
api: shop

http:
  404:
    title: 'It''s gone'
    long: One line
      and a second
    quoted: 'one: line
      and a second'
    double: "one
      line"
$ref: "#/a"
path: /orders/{id}?a=b#c
flow: {actor: client, codes: [404, "500"], none: {}}
escaped: "a\\tb"
nothing:
truth: true
number: -7
fraction: 0.5
folded: >-
  Two lines
  in one.
body: |
  {
    "a": 1
  }

  after a line that is empty
list:
- one
- key: value
  text: |-
    kept
    as it is
- - 5
indented:
  - two: 2
    three:
      - 3
empty: []
"""


def typed(value: Any) -> Any:
    """Return data that is equal only where its types and the order of its keys are."""
    if isinstance(value, dict):
        return [(key, typed(inner)) for key, inner in value.items()]
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value), value)


def compare(text: str) -> bool:
    """Compare the two readers, and tell whether the text is usual."""
    found = read_usual(text)
    if found is None:
        return False
    problems = Problems()
    root = parse_yaml(text, "file", problems)
    assert [*map(str, problems)] == []
    assert root is not None
    assert typed(found) == typed(plain(root))
    assert not any(leaf.comment for leaf in leaves(root))
    return True


def test_every_usual_form() -> None:
    usual = USUAL.replace("- - 5\n", "")
    assert compare(usual)
    assert not compare(USUAL)  # and one that is rare


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_of_this_repository(path: Path) -> None:
    compare(path.read_text(encoding="utf-8"))


def test_most_catalogues_are_usual() -> None:
    catalogues = [path for path in FILES if (path.parent / "envelope.schema.json").exists()]
    usual = [compare(path.read_text(encoding="utf-8")) for path in catalogues]
    assert sum(usual) > 0.8 * len(usual)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a: b",
        "a: b\r\n",
        "a: b\na: c\n",
        "a: NO\n",
        "a: 0404\n",
        "a: b\n1e3: c\n",
        "true: b\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !!str b\n",
        "a: {<<: {}}\n",
        "a: b # c\n",
        "a: # c\n",
        "a: {b: c} # d\n",
        "a: [b, c\n",
        "a:\tb\n",
        "a: b\u00a0c\n",
        "a: b\u202ec\n",
        'a: "b\\u202ec"\n',
        "a: b: c\n",
        "a: b\nc\n",
        "a: b\n  c: d\n",
        "a:\n    b: c\n  d: e\n",
        "a:\n- b\n c: d\n",
        "- a\n",
        "a: |\n  b\n   \n",
        "a: |\n    b\n  c\n",
        "a: >\n  b\n\n  c\n",
        "a: |2\n  b\n",
        "a: b\n---\nc: d\n",
        "%YAML 1.2\n---\na: b\n",
        "? a\n: b\n",
        "'a': b\n",
        'a: "b" c"\n',
        "a: 'b' c'\n",
        "a: b\n  c\nd:\n  e:\n    f: b\n  c\n",  # the same text, which is not indented enough there
    ],
)
def test_what_is_odd_or_rare_is_left_to_the_reader_of_all_yaml(text: str) -> None:
    assert read_usual(text) is None


def test_data_is_no_deeper_and_no_more_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = "".join(f"{'  ' * depth}a:\n" for depth in range(limits.YAML_LEVELS))
    assert not compare(blocks)
    half = limits.YAML_LEVELS // 2
    blocks = "".join(f"{'  ' * depth}a:\n" for depth in range(half))
    compare(f"{blocks}{'  ' * half}a: {'[' * half}{']' * half}\n")
    monkeypatch.setattr(limits, "YAML_VALUES", 8)
    assert not compare("a: [" + "b, " * 8 + "b]\n")


def test_a_value_in_brackets_belongs_to_one_place() -> None:
    found = read_usual("a: [x]\nb: [x]\n")
    assert found is not None
    found["a"].append("y")
    assert found["b"] == ["x"]


# fmt: off
WORDS = st.sampled_from([
    "a", "one two", "it's", "NO", "~", "404", "0404", "-1", "1.50", "2026-04-25", "é", "東京",
    "a: b", "a #b", "#a", "- a", "[a", "{a}", "a:", ":a", "a  b", " a", "a ", "`a`", "@a",
    "\"a\"", "'a'", "a\nb", "a\n\nb\n", " a\nb", "a\n b\n", "x" * 70, "word " * 40, "|", ">",
    "&a", "*a", "=", "<<", "!a", "%a", "?", "? a", "---", "...", "a\tb", "a\\b", "", "null",
    "true",
])
# fmt: on
DATA = st.recursive(
    WORDS | st.integers(-1000, 1000) | st.booleans() | st.none() | st.floats(-9, 9).map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(WORDS, DATA, min_size=1, max_size=5),
    st.sampled_from([None, "|", ">", "'", '"']),
    st.sampled_from([None, True, False]),
    st.integers(20, 120),
)
def test_what_programs_write(
    data: dict[str, Any], style: str | None, flow: bool | None, width: int
) -> None:
    compare(
        yaml.dump(
            data, default_style=style, default_flow_style=flow, width=width, allow_unicode=True
        )
    )


# fmt: off
PIECES = st.sampled_from([
    "a", "b c", "404", "NO", "k:", "k: ", "key: a", "- ", "-", "  ", " ", "\n", "\n  ", "\n    ",
    "\n- ", "\n  - ", "\na: ", "\n  b: ", "\n    c: d", "|", ">", "|-", ">-", "|+", "'", "\"",
    "''", "#", " # c", ": ", ":", "?", "{", "}", "[", "]", ", ", "{a: b}", "[a]", "---\n", "...",
    "&a", "*a", "!t ", "\\", "\\n", "\t", "é", "\u00a0", "\n\n", "\n \n", "\n# c\n", "~", "<<: ",
])
# fmt: on


@given(st.lists(PIECES, min_size=1, max_size=14).map(lambda parts: "".join(["k: a", *parts, "\n"])))
def test_what_people_may_type(text: str) -> None:
    compare(text)


@given(st.data())
def test_usual_lines_with_one_thing_that_is_not(data: st.DataObject) -> None:
    usual = USUAL.replace("- - 5\n", "")
    at = data.draw(st.integers(0, len(usual)))
    cut = data.draw(st.integers(0, 4))
    compare(usual[:at] + data.draw(PIECES) + usual[at + cut :])
