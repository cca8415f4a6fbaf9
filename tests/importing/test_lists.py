"""Codes from CSV, TSV and JSON: columns by name, places, and what does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Write = Callable[..., str]
ROWS = [
    {"Error code": "OUT_OF_STOCK", "HTTP status": "409", "Description": "Too few.", "Level": "1"},
    {"Error code": "CARD_DECLINED", "HTTP status": "", "Description": "No.", "Level": ""},
]
FOUND = {
    "OUT_OF_STOCK": {
        "http": 409,
        "cause": "Too few.",
        "attributes": [{"name": "Level", "value": "1"}],
    },
    "CARD_DECLINED": {"http": "unknown", "cause": "No."},
}


def delimited(delimiter: str) -> str:
    rows = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("errors.csv", delimited(",")),
        ("errors.csv", "\ufeff" + delimited(";")),
        ("errors.csv", delimited("|")),
        ("errors.tsv", delimited("\t")),
        ("errors.json", json.dumps(ROWS)),
        ("errors.json", json.dumps({"release": "1", "errors": ROWS})),
        ("errors.json", json.dumps({row["Error code"]: row for row in ROWS})),
    ],
    ids=["commas", "BOM-semicolons", "bars", "tabs", "array", "array-below", "keys"],
)
def test_a_list_comes_in_whatever_its_form(name: str, text: str, shop: Any, write: Write) -> None:
    options = ["--map", "code=Error code"] if text.startswith('{"OUT') else []
    if options:
        options += ["--map", "ignore=code"]
    assert shop.bring(write(name, text), *options) == 0
    assert shop.reasons() == FOUND
    assert shop.is_clean()


def test_only_what_every_code_has_is_required(shop: Any, write: Write) -> None:
    shop.bring(write("errors.csv", "code,cause,fix\nA_B,One.,Do it.\nC_D,Two.,\n"))
    assert shop.read("api")["requires"] == ["cause"]


def test_a_source_without_causes_requires_nothing(shop: Any, write: Write) -> None:
    shop.bring(write("errors.csv", "code,http\nA_B,404\n"))
    assert shop.read("api")["requires"] == []


def test_numbers_stay_the_digits_that_the_source_writes(shop: Any, write: Write) -> None:
    shop.bring(write("errors.json", '[{"code": 30003, "v": 4.10}, {"code": "0404", "v": 1}]'))
    assert list(shop.reasons()) == ["30003", "0404"]
    assert shop.reasons()["30003"]["attributes"] == [{"name": "v", "value": "4.10"}]
    assert shop.read("api")["reason_pattern"] == "[0-9]+"
    assert shop.is_clean()


def test_what_is_no_text_lands_in_attributes(shop: Any, write: Write) -> None:
    text = json.dumps([{"code": "A_B", "tags": ["x", "y"], "more": {"deep": True}, "none": None}])
    shop.bring(write("errors.json", text))
    assert shop.reasons()["A_B"]["attributes"] == [
        {"name": "tags", "value": "x, y"},
        {"name": "more/deep", "value": "true"},
    ]


@pytest.mark.parametrize(
    ("cell", "http"),
    [
        ("404", 404),
        ("404 Not Found", 404),
        ("HTTP 404", 404),
        ("409 StatusConflict", 409),
        ("400, 404", [400, 404]),
        ("404/410", [404, 410]),
        ("404 or 410", [404, 410]),
        ("4xx", "unknown"),
        ("0", "unknown"),
        ("404 and so on, 12", "unknown"),
    ],
)
def test_http_statuses_are_read_and_not_guessed(
    cell: str, http: Any, shop: Any, write: Write
) -> None:
    shop.bring(write("errors.tsv", f"code\thttp\nA_B\t{cell}\n"))
    reason = shop.reasons()["A_B"]
    assert reason["http"] == http
    is_kept = {"attributes": [{"name": "http", "value": cell}]} if http == "unknown" else {}
    assert reason == {"http": http, **is_kept}


def test_a_value_that_does_not_fit_its_column_is_told_with_its_place(
    shop: Any, write: Write
) -> None:
    shop.bring(write("errors.csv", 'code,note,http\nA_B,"two\nlines",teapot\n'))
    assert "errors.csv:3:8: http of A_B is not an HTTP status; kept as an attribute.\n" in shop.out


def test_html_in_cells_becomes_prose(shop: Any, write: Write) -> None:
    cell = '<b>Not</b> <code>there</code>;<br/>see <a href="https://x.example/">it</a> &amp; <id>'
    steps = "<ul><li>One.</li><li>Two.</li></ul><script>alert(1)</script>"
    rows = [{"code": '<a name="x"></a>A_B', "cause": cell, "fix": steps}]
    shop.bring(write("errors.json", json.dumps(rows)))
    assert shop.reasons()["A_B"] == {
        "http": "unknown",
        "cause": "Not `there`;\nsee [it](https://x.example/) & <id>",
        "fix": ["One.", "Two."],
    }
    assert shop.is_clean()


def test_the_same_code_in_two_rows_is_joined_and_told(shop: Any, write: Write) -> None:
    rows = "A_B,404,One.,First,x\nA_B,410,Two.,Second,y\nA_B,410,Two.,,x\n"
    shop.bring(write("errors.csv", f"code,http,cause,title,level\n{rows}"))
    assert shop.reasons() == {
        "A_B": {
            "http": [404, 410],
            "cause": ["One.", "Two."],
            "attributes": [{"name": "level", "value": "x; y"}],
        }
    }
    assert (
        "errors.csv:3:1: A_B is in 3 rows, first at errors.csv:2:1; they are joined, without "
        "title, on which they differ.\n"
    ) in shop.out


def test_codes_that_differ_in_capitals_are_told_and_have_a_page_each(
    shop: Any, write: Write
) -> None:
    shop.bring(write("errors.csv", "code,cause\nA_B,One.\na_b,Two.\n"))
    assert (
        "errors.csv:3:1: a_b differs from A_B at errors.csv:2:1 in capitals only; both are kept, "
        "each with a page of its own.\n"
    ) in shop.out
    assert shop.reasons()["a_b"]["slug"] == "a_b-2"
    assert shop.is_clean()


def test_a_column_may_be_left_out(shop: Any, write: Write) -> None:
    shop.bring(write("errors.csv", "code,secret\nA_B,x\n"), "--map", "ignore=secret")
    assert shop.reasons() == {"A_B": {"http": "unknown"}}


def test_what_check_refuses_is_left_out_and_told(shop: Any, write: Write) -> None:
    text = "code,cause,docs url\nA_B,An error occurred.,ftp://x\nС_D,Latin it is not.,\n"
    assert shop.bring(write("errors.csv", text)) == 0
    assert shop.reasons() == {
        "A_B": {"http": "unknown", "attributes": [{"name": "docs url", "value": "ftp://x"}]}
    }
    assert (
        "errors.csv:2:1: cause of A_B is left out: The cause of A_B fits any error: "
        "An error occurred. [filler-text]\n"
    ) in shop.out
    assert "errors.csv:3:1: С_D is left out: " in shop.out
    assert shop.is_clean()


def test_words_that_look_like_codes_lose_their_marks_and_stay(shop: Any, write: Write) -> None:
    shop.bring(write("errors.csv", "code,cause\nA_B,The setting `MAX_SIZE` and `C_D`.\nC_D,No.\n"))
    assert shop.reasons()["A_B"]["cause"] == "The setting MAX_SIZE and C_D."
    assert "errors.csv:2:1: cause of A_B names something else as code: MAX_SIZE" in shop.out
    assert shop.is_clean()


def test_a_member_that_is_there_twice_is_told(shop: Any, write: Write) -> None:
    text = '{"A_B": {"http": 400}, "C_D": {"http": 404}, "A_B": {"http": 409}}'
    assert shop.bring(write("errors.json", text)) == 0
    assert 'errors.json:1:46: The member "A_B" is there twice. The first is read.\n' in shop.out
    assert shop.reasons()["A_B"] == {"http": 400}


@pytest.mark.parametrize("code", ["true", '["A_B"]', '{"a": 1}'])
def test_a_code_that_is_no_text_is_told_and_left_out(code: str, shop: Any, write: Write) -> None:
    assert shop.bring(write("errors.json", f'[{{"code": {code}}}, {{"code": "C_D"}}]')) == 0
    assert "errors.json:1:3: The code is neither a text nor a number.\n" in shop.out
    assert list(shop.reasons()) == ["C_D"]


@pytest.mark.parametrize(
    "text", ["1. Wait.\n2. Try again.", "- Wait.\n- Try again.", "• Wait.\r\n• Try again."]
)
def test_lines_with_a_mark_each_are_steps(text: str, shop: Any, write: Write) -> None:
    shop.bring(write("errors.csv", f'code,fix\nA_B,"{text}"\nC_D,"One.\nTwo."\n'))
    assert shop.reasons()["A_B"]["fix"] == ["Wait.", "Try again."]
    assert shop.reasons()["C_D"]["fix"] == "One.\nTwo."
