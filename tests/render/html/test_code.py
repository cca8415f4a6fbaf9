"""Code in colours is what Pygments makes of it, whether Pygments or our lexer does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.render.html import code

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)  # fmt: skip
TEXTS = {
    "empty": "",
    "one line": '{"a":1}',
    "no space": '{"a":[[{}],-1.5e+3,true,false,null,"b"]}',
    "blank lines": '\n\n{\n\n  "a": \t1\n}\n\n',
    "special characters": '{"<&>\'": "\\"<&>\' \\u00e9 é \\\\"}',
    "a key before a break": '{"a"\n :\n1}',
    "not JSON": "{a: 'b'}",
    "a comment": '{"a": 1} // no',
    "an escape that JSON lacks": '{"a\\x": 1}',
    "a string that does not end": '{"a',
    "carriage returns": '{\r\n  "a": 1\r\n}',
}


def by_pygments(text: str, language: str) -> str:
    return highlight(text, get_lexer_by_name(language), HtmlFormatter())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_json(text: str) -> None:
    assert code.highlighted(text, "json") == by_pygments(text, "json")


@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_any_json(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert code.highlighted(text, "json") == by_pygments(text, "json")


def test_our_lexer_knows_every_body_of_the_catalogues(project: Path) -> None:
    catalogue = load_catalogue(project / "catalogue").catalogue
    bodies = [
        example.body
        for api in catalogue.apis.values()
        for reason in api.reasons.values()
        for example in reason.examples
    ]
    assert bodies
    for body in bodies:
        spans = code.json_spans(body)
        assert spans is not None
        assert spans in by_pygments(body, "json")


HEADS = {
    "a response": 'HTTP/1.1 404 Not Found\nX-A: "b" & <c>\nRetry-After: 5',
    "a status without a title": "HTTP/1.1 499\nA: b",
    "a request": "GET /a/{id}?b=<c>&d=é HTTP/1.1",
    "a request with a header": "PURGE /a HTTP/1.1\nA_b: c: d",
}
OTHER_HEADS = {
    "a body": "HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{}",
    "a header over two lines": "HTTP/1.1 404 Not Found\nA: b\n  c",
    "more spaces": "HTTP/1.1  404  Not Found\nA:  b",
    "an empty header": "HTTP/1.1 404 Not Found\nA:",
    "no space after a name": "HTTP/1.1 404 Not Found\nA:b",
    "another version": "GET /a HTTP/2",
    "carriage returns": "HTTP/1.1 404 Not Found\r\nA: b\r\n",
    "headers alone": "A: b",
    "nothing": "",
    "no path": "GET HTTP/1.1",
}


@pytest.mark.parametrize("text", (HEADS | OTHER_HEADS).values(), ids=HEADS | OTHER_HEADS)
def test_http(text: str) -> None:
    assert code.highlighted(text, "http") == by_pygments(text, "http")


@pytest.mark.parametrize("text", HEADS.values(), ids=HEADS)
def test_our_lexer_knows_heads(text: str) -> None:
    assert code.http_spans(text) in by_pygments(text, "http")


@given(
    st.sampled_from(["GET /a", "HTTP/1.1 404", "HTTP/1.1 404 A"]),
    st.lists(st.tuples(st.text(), st.sampled_from([": ", ":", " : "]), st.text())),
)
def test_any_head(first: str, headers: list[tuple[str, str, str]]) -> None:
    start = f"{first} HTTP/1.1" if first.startswith("GET") else first
    text = "\n".join([start, *map("".join, headers)])
    assert code.highlighted(text, "http") == by_pygments(text, "http")
