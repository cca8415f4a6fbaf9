"""What prose may say; what is refused is in the corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.checking import check_catalogue
from reasonbook.format.prose_texts import prose_texts
from reasonbook.rules.prose import schema_words


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
def test_words_in_code_spans(
    word: str, known: bool, problems_with: Callable[..., list[str]]
) -> None:
    reason = (
        "    details: {properties: {why: {enum: [TOO_LOW]}}}\n"
        "    field_codes:\n"
        f"      - {{code: MIN_LENGTH, meaning: See `{word}`.}}\n"
    )
    found = problems_with("terms: [API_KEY]\n", reason)
    assert found == ([] if known else ["unknown-code-span"])


def test_a_word_without_a_code_span_is_only_a_word(
    problems_with: Callable[..., list[str]],
) -> None:
    assert problems_with("ai_context: CARD_STOLEN and **CARD_STOLEN**.\n") == []


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
    loaded = check_catalogue(shop, examples=False)
    assert list(map(str, loaded.problems)) == []
    (api,) = loaded.catalogue.apis.values()
    texts = {
        text: record.at(*path)
        for part in (api, *api.domains)
        for record, path, text in prose_texts(part)
    }
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
