"""Whatever a recording holds, the audit goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reasonbook.auditing.audit import audit_recordings
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api

from .conftest import Audit, write_api

NAMES = st.sampled_from(
    """body code content data details encoding entries error errors headers http http_interactions
    interactions log message method name reason request request_id response size status string
    text time uri url value""".split()  # noqa: SIM905
)
LEAVES = st.sampled_from(
    [None, True, 0, 404, 404.0, "404", 10**30, 1e300, "", "GET", "/orders/1", "http://[", "//@:/",
     "ORDER_NOT_FOUND", "\ud800", "\x00", '{"error": {"reason": 5}}', "base64", "{", "[" * 9999]
)  # fmt: skip
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))
WRAPS = {
    "line": lambda data: data,
    "exchange": lambda data: {"status": 404, "body": data, "headers": data, "time": data},
    "error": lambda data: {"status": 404, "body": {"error": data}, "url": "/orders/1"},
    "har": lambda data: {"log": {"entries": [data, {"request": data, "response": data}]}},
    "har-answer": lambda data: {
        "log": {"entries": [{"response": {"status": 404, "headers": data, "content": data}}]}
    },
    "cassette": lambda data: {"interactions": [data, {"request": {}, "response": data}]},
    "cassette-answer": lambda data: {
        "http_interactions": [
            {"request": {"uri": data}, "response": {"status": {"code": 404}, "body": data}}
        ]
    },
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    folder = tmp_path_factory.mktemp("catalogue")
    write_api(folder / "market", "market", "Market")
    return load_catalogue(folder).catalogue.apis["market"]


@pytest.mark.parametrize("wrap", WRAPS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=VALUES)
@example(data={"status": {"code": [404]}})
@example(data={"status": 404, "method": 5, "url": {}, "headers": [], "body": []})
def test_no_recording_stops_it(wrap: str, data: Any, api: Api, tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_text(json.dumps(WRAPS[wrap](data)))
    audited = audit_recordings([path], [api], api)
    assert all(str(problem).isprintable() or "\n" in str(problem) for problem in audited.problems)


@pytest.mark.parametrize(
    "text",
    [
        "interactions:\n- &a [*a, *a]\n- !!python/object/apply:os.system [ls]\n",
        "interactions:\n" + "- " * 5000,
        "interactions: " + "[" * 20_000,
        "interactions:\n- \x00\n",
        "interactions: 5\n",
        "interactions:\n",
        '{"log": {"entries": [{"response": {"status": 404, "content": {"text": ' + "[" * 99_999,
        '{"log": {"entries": ' + "1" * 10_000 + "}}",
        '{"status": ' + "1" * 10_000 + "}\n",
        '{"log": {"entries": 5}}',
        "\ufeff",
        "[]",
        "[5]",
        "null",
    ],
    ids=lambda text: text[:30],
)
def test_no_broken_recording_stops_it(text: str, api: Api, tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_text(text)
    audited = audit_recordings([path], [api], api)
    assert audited.exchanges == 0


@pytest.mark.parametrize(
    "value", ["!!bool x", "!!int ''", "!!timestamp x", "0001-01-01T00:00:00+05:00"]
)
def test_a_value_of_yaml_that_cannot_be_is_no_crash(value: str, audit: Audit) -> None:
    audited = audit(
        "interactions:\n"
        "- request: {method: GET, uri: /orders/1}\n"
        "  response: {status: {code: 404}, body: {string: '{}'}}\n"
        f"  recorded_at: {value}\n"
    )
    assert audited.exchanges or [each.rule.label for each in audited.problems]
