"""What the rules let pass, and what they look at; what they refuse stands in the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reasonbook.checking import verify
from reasonbook.format.operations import REQUEST_LINE
from reasonbook.rules.names import PAGE_NAME
from reasonbook.rules.prose import prose_texts, schema_words


@pytest.mark.parametrize(
    "line",
    ["GET /", "POST /calls", "DELETE /calls/{id}/recordings", "GET /calls?page=2&size=10"],
)
def test_request_lines(line: str) -> None:
    assert REQUEST_LINE.fullmatch(line)


@pytest.mark.parametrize(
    "line",
    ["", "GET", "GET calls", "get /calls", "GET  /calls", "GET /calls HTTP/1.1", "GET /calls#top"],
)
def test_what_is_no_request_line(line: str) -> None:
    assert not REQUEST_LINE.fullmatch(line)


@pytest.mark.parametrize("name", ["CALL_NOT_FOUND", "20003", "card-declined", "a", "a" * 64])
def test_names_of_pages(name: str) -> None:
    assert PAGE_NAME.fullmatch(name)


@pytest.mark.parametrize(
    "name", ["", "a" * 65, "a b", "a.b", "a/b", "_a", "a-", "..", "é", "a\n", "a:b", "a\\b"]
)
def test_what_is_no_name_of_a_page(name: str) -> None:
    assert not PAGE_NAME.fullmatch(name)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"enum": ["A", 1, None], "const": "B"}, {"A", "B"}),
        (
            {"properties": {"x": {"items": {"anyOf": [{"const": "C"}, {"enum": ["D"]}]}}}},
            {"C", "D"},
        ),
        ({"enum": 5, "const": 6}, set()),
        (True, set()),
        (None, set()),
    ],
)
def test_schema_words(schema: Any, words: set[str]) -> None:
    assert schema_words(schema) == words


def problems_with(shop: Path, api_yaml: str = "", reason: str = "") -> list[str]:
    """The names of the rules that are broken after these lines are added."""
    for path, after, lines in [
        (shop / "shop/api.yaml", "schema_version: 1\n", api_yaml),
        (shop / "shop/payments.yaml", "    http: 402\n", reason),
    ]:
        path.write_text(path.read_text().replace(after, after + lines))
    return [problem.rule.label for problem in verify(shop, examples=False).problems]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("CARD_DECLINED", True, id="the reason itself"),
        pytest.param("ORDER_NOT_FOUND", True, id="a reason of another domain"),
        pytest.param("NOT_FOUND", True, id="a canonical status"),
        pytest.param("TOO_LOW", True, id="a value of a details schema"),
        pytest.param("MIN_LENGTH", True, id="a field code"),
        pytest.param("API_KEY", True, id="a term"),
        pytest.param("SHOUTING", True, id="one word alone"),
        pytest.param("card_declined", True, id="not in capitals"),
        pytest.param("X-CARD_ID", True, id="more than a reason"),
        pytest.param("CARD_STOLEN", False, id="unknown"),
        pytest.param("HTTP_402", False, id="unknown with digits"),
    ],
)
def test_words_in_code_spans(shop: Path, word: str, known: bool) -> None:
    reason = (
        "    details: {properties: {why: {enum: [TOO_LOW]}}}\n"
        "    field_codes:\n"
        f"      - {{code: MIN_LENGTH, meaning: See `{word}`.}}\n"
    )
    found = problems_with(shop, "terms: [API_KEY]\n", reason)
    assert found == ([] if known else ["unknown-code-span"])


def test_a_word_without_a_code_span_is_only_a_word(shop: Path) -> None:
    assert problems_with(shop, "ai_context: CARD_STOLEN and **CARD_STOLEN**.\n") == []


def test_a_reason_of_another_form_is_allowed_where_the_api_says_so(shop: Path) -> None:
    path = shop / "shop/payments.yaml"
    path.write_text(path.read_text().replace("CARD_DECLINED", '"20003"', 1))
    assert problems_with(shop) == ["reason-format"]
    assert problems_with(shop, 'reason_pattern: "[A-Z_]+|[0-9]{5}"\n') == []


def test_every_prose_text_of_the_format_is_looked_at(shop: Path) -> None:
    """Each text is its own key here, and nothing else is."""
    (shop / "shop/api.yaml").write_text(
        """
api: shop
title: no prose
summary: api.summary
source: {url: https://shop.example}
envelope: {schema: envelope.schema.json, reason: /code, example: '{"code": "X"}'}
statuses: {GONE: {http: 410, when: status.when}}
http: {410: {title: no prose, meaning: http.meaning, fixes: [http.fixes.0, http.fixes.1]}}
ai_context: api.ai_context
notes: [{kind: tip, text: api.note}]
troubleshooting: [{title: no prose, text: section.text}]
links: [{title: no prose, url: https://shop.example}]
schema_version: 1
domains: [orders]
"""
    )
    (shop / "shop/payments.yaml").unlink()
    (shop / "shop/orders.yaml").write_text(
        """
domain: orders
title: no prose
summary: domain.summary
ai_context: domain.ai_context
notes: [{kind: note, text: domain.note}]
reasons:
  - reason: X
    http: 410
    cause: reason.cause
    fix: [reason.fix.0, reason.fix.1]
    remedy: {actor: caller, retry: never}
    ai_context: reason.ai_context
    field_codes: [{code: C, meaning: code.meaning, fix: code.fix}]
    examples: [{title: no prose, origin: observed, body: '{"code": "X"}'}]
"""
    )
    loaded = verify(shop, examples=False)
    assert list(map(str, loaded.problems)) == []
    (api,) = loaded.catalogue.apis.values()
    texts = {text: record.at(*path) for record, path, text in prose_texts(api)}
    assert sorted(texts) == [
        "api.ai_context",
        "api.note",
        "api.summary",
        "code.fix",
        "code.meaning",
        "domain.ai_context",
        "domain.note",
        "domain.summary",
        "http.fixes.0",
        "http.fixes.1",
        "http.meaning",
        "reason.ai_context",
        "reason.cause",
        "reason.fix.0",
        "reason.fix.1",
        "section.text",
        "status.when",
    ]
    for text, place in texts.items():
        line = Path(place.path).read_text().split("\n")[place.line - 1]
        assert line[place.column - 1 :].startswith(text)
