from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasonbook.text.json_quick import read_json
from reasonbook.text.json_reader import parse_json

JSON_LIKE = st.text(alphabet='{}[]:,"\\/ud83e.-+01aA \n\ttrueNfls', max_size=24)
LISTS = st.recursive(st.integers() | st.text('aé\u2028😀"\\', max_size=4), st.lists, max_leaves=5)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(JSON_LIKE | LISTS.map(json.dumps))
def test_the_quick_look_and_the_careful_one_agree(text: str) -> None:
    quick, careful = read_json(text), parse_json(text)
    if quick is not None:
        assert careful.faults == ()
        assert quick.value == careful.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff{}",
        "NaN",
        "01",
        "[1,]",
        '{"a": 1, "a": 2}',
        "9007199254740992",
        "1e400",
        '"\\ud83d"',
        '{"\\uDE00": 1}',
        '"\ud83d"',
        "[" * 65 + "]" * 65,
    ],
)
def test_the_quick_look_leaves_every_fault_to_the_careful_one(text: str) -> None:
    assert parse_json(text).faults
    assert read_json(text) is None


def test_the_quick_look_is_enough_for_most_examples() -> None:
    quick = read_json('{"a": [1, 2.5, true, null, "\\u00e9"]}')
    assert quick is not None
    assert quick.value == {"a": [1, 2.5, True, None, "é"]}
