"""Whole files: what is written without the dumper is what the dumper writes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reasonbook.editing import append_yaml
from reasonbook.editing.append_yaml import written_yaml

LINES = ("no Yes null cause A_B y = 404 1.0 é a:b " + "a" * 130).split()
TEXTS = st.text("ab #:'\n-_", max_size=8) | st.sampled_from(
    [
        *LINES,
        "It is so.",
        "a: b",
        "x #y",
        "",
        "- a",
        "end ",
        "it's 'so'",
        "Two\nlines.\n",
        "  in\n out\n",
    ]
)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=100)
@given(data=st.dictionaries(TEXTS, VALUES, max_size=4))
def test_the_short_way_writes_what_the_dumper_does(data: dict[str, Any]) -> None:
    assert written_yaml(data) == append_yaml._dumped(data)


def test_the_dumper_is_not_asked_for_words_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"reasons": [{"reason": "A_B", "http": 404, "cause": "It is so."}] * 2}
    monkeypatch.setattr(append_yaml, "_dumped", None)
    text = written_yaml(data)
    assert yaml.safe_load(text) == data
