from __future__ import annotations

import pytest

from reasonbook.render.markdown.pagination import cut, estimate_tokens


def address(name: str) -> str:
    return f"https://x/{name}.md"


def test_what_fits_is_one_page() -> None:
    assert cut("things", "> Index\n\n# Things\n", ["- a", "- b"], 1_000, address) == {
        "things": "> Index\n\n# Things\n\n- a\n- b\n"
    }


def test_a_long_list_goes_on_and_loses_nothing() -> None:
    lines = [f"- line {number} of many, with some words" for number in range(500)]
    by_name = cut("things", "> Index\n\n# Things\n", lines, 2_000, address)
    names, pages = [*by_name], [*by_name.values()]
    assert len(pages) > 5
    assert names[:2] == ["things", "things.2"]
    assert all(len(page) < 2_000 for page in pages)
    found = [line for page in pages for line in page.split("\n") if line.startswith("- ")]
    assert found == lines
    for following, page in zip(names[1:], pages[:-1], strict=True):
        assert page.endswith(f"\n\nContinued: {address(following)}\n")
    assert pages[1].startswith("> Index\n\n# Part 2\n\n- ")


def test_a_line_that_is_too_long_stands_alone() -> None:
    pages = cut("things", "head\n", ["- a", "- " + "x" * 3_000, "- b"], 1_000, address)
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("CALL_NOT_FOUND", 5), ("日本", 2)],
    ids=["none", "ascii", "bytes"],
)
def test_the_estimate(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens
