"""Whatever a text holds, a general parser reads it back from the Markdown."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reasonbook.render.markdown import writer as md

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Without control characters, which no catalogue holds; with much of what means something.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("\\`*_{}[]()<>#+-.!|&~:;\"'=1 a\n")),
        st.characters(exclude_categories=["Cc", "Cs"]),
    ),
    min_size=1,
    max_size=40,
)


def seen(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type in ("text", "code_inline", "fence", "html_inline", "html_block", "code_block"):
        return node.content
    inner = "".join(seen(child) for child in node.children)
    return inner if node.type in ("inline", "em", "strong", "link", "s") else f"{inner}\n"


def read(markdown: str) -> str:
    return " ".join(seen(SyntaxTreeNode(GFM.parse(markdown))).split())


def one_line(text: str) -> str:
    return " ".join(text.split())


@given(TEXTS)
def test_plain_text(text: str) -> None:
    line = one_line(text)
    assert read(f"{md.escape(line)}\n\nend") == one_line(f"{line} end")
    assert read(f"- {md.escape(line)}") == line
    assert read(f"# {md.escape(line)}") == line


@given(TEXTS)
def test_code(text: str) -> None:
    line = one_line(text)
    if line:
        (node,) = [
            n for n in SyntaxTreeNode(GFM.parse(md.code(line))).walk() if n.type == "code_inline"
        ]
        assert node.content == line


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_tables(texts: list[str]) -> None:
    cells = [md.escape(one_line(text)) for text in texts]
    codes = [md.code(one_line(text) or "x") for text in texts]
    tree = SyntaxTreeNode(GFM.parse(md.table(cells, [codes])))
    (table,) = tree.children
    assert table.type == "table"
    head, body = (
        [seen(cell).strip() for cell in row.walk() if cell.type in ("th", "td")]
        for row in table.children
    )
    assert [one_line(cell) for cell in head] == [one_line(text) for text in texts]
    assert [one_line(cell) for cell in body] == [one_line(text) or "x" for text in texts]


@given(TEXTS, st.sampled_from(["", "json"]))
def test_fences_are_byte_for_byte(text: str, language: str) -> None:
    (fence,) = SyntaxTreeNode(GFM.parse(md.fenced(text, language))).children
    assert fence.info == language
    assert fence.content.removesuffix("\n") == text.removesuffix("\n")


@given(TEXTS)
def test_prose_keeps_its_text(text: str) -> None:
    from reasonbook.format.prose import plain_text

    if plain_text(text):
        assert read(md.blocks(text)) == plain_text(text)
        assert read("1. " + md.blocks(text, "   ")) == plain_text(text)


@pytest.mark.parametrize(
    ("prose", "markdown"),
    [
        ("Read `a|b` and *wait*.", "Read `a|b` and *wait*."),
        ("**Never** <b>", "**Never** \\<b\\>"),
        ("[Docs](https://example.com/a(b))", "[Docs](<https://example.com/a(b)>)"),
        ("snake_case and _x_", "snake_case and *x*"),
        ("AT&T &amp; co", "AT&T \\&amp; co"),
        ("1. is no list", "1\\. is no list"),
    ],
)
def test_prose_stays_readable(prose: str, markdown: str) -> None:
    assert md.inline(prose) == markdown


def test_marks_that_would_run_together_go() -> None:
    assert md.inline("*a*_b_") == "ab"


@pytest.mark.parametrize("write", [md.autolink, lambda url: md.link("text", url)])
@given(TEXTS)
def test_nothing_in_an_address_ends_it(write: Callable[[str], str], text: str) -> None:
    written = write(f"https://shop.example/{one_line(text)}")
    (paragraph,) = SyntaxTreeNode(GFM.parse(f"{written}"))
    (inline,) = paragraph.children
    assert [node.type for node in inline.children] == ["link"]


@pytest.mark.parametrize("url", ["https://a.example/b_c*d*?e=f&g=%20#h", "http://[::1]:80/(a)"])
def test_an_address_stays_what_it_is(url: str) -> None:
    for written in (md.autolink(url), md.link("text", url)):
        (link,) = [n for n in SyntaxTreeNode(GFM.parse(written)).walk() if n.type == "link"]
        assert unquote(str(link.attrs["href"])) == unquote(url)


@given(TEXTS)
def test_a_text_of_several_lines_stays_one(text: str) -> None:
    """Else a line break could begin a heading."""
    assert "\n" not in md.escape(text)
    assert "\n" not in md.code(text)
    assert read(f"x {md.escape(text, first=False)}") == one_line(f"x {text}")
