from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasonbook.format import prose
from reasonbook.format.prose import (
    Block,
    BulletList,
    Code,
    Emphasis,
    Inline,
    Link,
    Paragraph,
    Text,
    code_spans,
    parse_blocks,
    parse_inline,
    plain_text,
)


def show(node: Inline | Block) -> str:
    """The tree as one line, with a letter for each kind of node."""
    match node:
        case Text(text):
            return text
        case Code(text):
            return f"C({text})"
        case Emphasis(children, strong):
            return f"{'S' if strong else 'E'}({show_all(children)})"
        case Link(url, children):
            return f"L({url} {show_all(children)})"
        case Paragraph(children):
            return f"P({show_all(children)})"
        case BulletList(items):
            return f"B({' | '.join(show_all(item) for item in items)})"


def show_all(nodes: tuple[Inline | Block, ...]) -> str:
    return "".join(map(show, nodes))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("plain", "plain"),
        ("`code`", "C(code)"),
        ("`` a ` b ``", "C(a ` b)"),
        ("`a\nb`", "C(a b)"),
        ("*a* and _b_", "E(a) and E(b)"),
        ("**a *b* c**", "S(a E(b) c)"),
        ("**`CALL_NOT_FOUND`** is `X`.", "S(C(CALL_NOT_FOUND)) is C(X)."),
        ("snake_case_word", "snake_case_word"),
        ("two\nlines", "two lines"),
        ("[a `b`](https://x.example/?a=1&b=2)", "L(https://x.example/?a=1&b=2 a C(b))"),
        ("[a](http://x.example)", "L(http://x.example a)"),
        ("[a](mailto:a@x.example)", "L(mailto:a@x.example a)"),
        (r"\*no\* \`no\`", "*no* `no`"),
        ("unclosed `code and *emphasis", "unclosed `code and *emphasis"),
        ("東京 *😀*", "東京 E(😀)"),
    ],
)
def test_inline(text: str, tree: str) -> None:
    assert show_all(parse_inline(text)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> <script>alert(1)</script>",
        "<!-- comment -->",
        "&amp; &lt; &#64;",
        "![image](https://x.example/x.png)",
        "# heading",
        "> quote",
        "---",
        "| a | b |",
        "~~struck~~",
        "https://x.example",
        "<https://x.example>",
        "[a][b]",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](//x.example)",
        "[a](api.yaml)",
        "[a](http://[)",
        "{err:reason}[a]",
        ":doc:[a]",
        "1. one",
        "2) two",
        "one -- two ... 'three'",
    ],
)
def test_all_else_stays_the_text_it_is(text: str) -> None:
    assert show_all(parse_inline(text)) == text
    assert show_all(parse_blocks(text)) == f"P({text})"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", ""),
        ("one\ntwo\n\nthree\n", "P(one two)P(three)"),
        ("- a\n- `b`\n", "B(P(a) | P(C(b)))"),
        ("* a\n* b\n", "B(P(a) | P(b))"),
        ("- a\n\n  b\n- c\n", "B(P(a)P(b) | P(c))"),
        ("- a\n  - b\n    - c\n- d\n", "B(P(a)B(P(b)B(P(c))) | P(d))"),
        ("Before:\n\n- a\n\nAfter.\n", "P(Before:)B(P(a))P(After.)"),
        ("Before:\n- a\n", "P(Before:)B(P(a))"),
        ("Step\n1. one\n2. two\n", "P(Step 1. one 2. two)"),
        ("    indented\n", "P(indented)"),
        ("```\nfenced\n```\n", "P(C(fenced))"),
        ("title\n=====\n", "P(title =====)"),
    ],
)
def test_blocks(text: str, tree: str) -> None:
    assert show_all(parse_blocks(text)) == tree


def test_a_list_marker_within_one_line_is_text() -> None:
    assert show_all(parse_inline("- a")) == "- a"


def test_code_spans_are_found_at_any_depth_in_order() -> None:
    text = "`a` **`b`**\n\n- `c`\n  - [`d`](https://x.example)\n- `e`\n\n`f`\n"
    assert list(code_spans(text)) == ["a", "b", "c", "d", "e", "f"]


def test_plain_text_is_one_line_without_marks() -> None:
    text = "A *good* `reason`.\n\n- See [the\n  page](https://x.example).\n- End.\n"
    assert plain_text(text) == "A good reason. See the page. End."


@pytest.mark.parametrize(
    "text",
    ["- " * 2000 + "a", "[" * 5000, "*a " * 2000, "`" * 5000, "[a](" * 1500, "![" * 3000],
    ids=["lists", "brackets", "stars", "backticks", "links", "images"],
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    start = time.process_time()
    assert parse_blocks(text)
    assert time.process_time() - start < 5


def test_rewriting_reaches_every_part_and_merges_texts() -> None:
    def loud(part: prose.Inline) -> tuple[prose.Inline, ...]:
        if isinstance(part, prose.Code):
            return (prose.Text(part.text.upper()),)
        return (part,)

    found = prose.rewrite_blocks(prose.parse_blocks("- a `b` *c `d`*"), loud)
    inner = prose.Text("a B "), prose.Emphasis((prose.Text("c D"),))
    assert found == (prose.BulletList(((prose.Paragraph(inner),),)),)


def test_rewriting_reaches_both_wordings_of_what_is_shortened() -> None:
    part = prose.Shortened((prose.Code("long"),), (prose.Code("s"),))
    (found,) = prose.rewrite((part,), lambda p: (p,) if isinstance(p, prose.Shortened) else ())
    assert found == prose.Shortened((), ())


@settings(max_examples=600)
@given(
    st.lists(st.sampled_from([*"aB1 -!.()|é*_[]\\\n\t#<&\u00a0", "`", "`", "``", "`A_B`", "1. "]))
)
def test_a_simple_line_is_what_the_parser_makes_of_it(parts: list[str]) -> None:
    text = "".join(parts)
    asked = prose.parse_blocks.__wrapped__(text), prose.parse_inline.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_simple", lambda _: ())
        assert asked == (
            prose.parse_blocks.__wrapped__(text),
            prose.parse_inline.__wrapped__(text),
        )


@pytest.mark.parametrize("text", ["Ask for another card.", "Use `GET /a_b` or `*`, then wait!"])
def test_a_simple_line_needs_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "_parser", None)
    assert prose.parse_inline.__wrapped__(text)
