"""An item is added to a YAML file, and every line that is there stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reasonbook.editing.append_yaml import append_item

CATALOGUE = Path(__file__).parents[2] / "catalogue"
FILES = sorted(path.relative_to(CATALOGUE) for path in CATALOGUE.glob("*/*.yaml"))
REASON = {
    "reason": "404",
    "cause": "Text: with a colon, and # more.",
    "fix": ["- One", "Two"],
    "remedy": {"retry": "never"},
    "body": '{\n  "code": "404"\n}\n',
}


@pytest.mark.parametrize("name", FILES, ids=str)
def test_every_line_of_a_real_file_stays_and_the_new_ones_are_together(name: Path) -> None:
    before = (CATALOGUE / name).read_text()
    key, item = ("domains", "new") if name.name == "api.yaml" else ("reasons", REASON)
    after = append_item(before, key, item)
    assert after is not None
    old, new = before.splitlines(), after.splitlines()
    first = next((i for i, line in enumerate(old) if new[i] != line), len(old))
    added = len(new) - len(old)
    assert old == new[:first] + new[first + added :]
    data = yaml.safe_load(before)
    data[key].append(item)
    assert yaml.safe_load(after) == data


def test_texts_are_quoted_where_a_reader_needs_it() -> None:
    assert append_item("reasons: []\n", "reasons", REASON) == (
        "reasons:\n"
        '  - reason: "404"\n'
        '    cause: "Text: with a colon, and # more."\n'
        "    fix:\n"
        '      - "- One"\n'
        "      - Two\n"
        "    remedy:\n"
        "      retry: never\n"
        "    body: |\n"
        "      {\n"
        '        "code": "404"\n'
        "      }\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n- b\n", 'a:\n- b\n- "no"\n'),
        ("a: [b]\n", 'a: [b, "no"]\n'),
        ("a: []", 'a:\n  - "no"\n'),
    ],
)
def test_words_that_are_no_texts_for_yaml_are_quoted(before: str, after: str) -> None:
    assert append_item(before, "a", "no") == after


@pytest.mark.parametrize("text", ["", "a: b\n", "b: []\n", "- a\n", "a: [\n"])
def test_what_has_no_such_list_is_left_alone(text: str) -> None:
    assert append_item(text, "a", "new") is None
